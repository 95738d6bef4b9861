package dev.lifesign.core.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

/** Names are read as they were written, however many there are. */
class NameCacheTest {

  private final NameCache names = new NameCache();

  @Test
  void everyNameIsReadAsItWasWritten() throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      String name = "é".repeat(random.nextInt(3)) + random.nextInt(3_000);
      assertThat(read(name)).isEqualTo(name);
    }
    assertThat(read("")).isEmpty();
  }

  @Test
  void aNameThatComesAgainIsNotMadeAgain() throws IOException {
    String first = read("Champions");
    assertThat(read("Loyal customers")).isEqualTo("Loyal customers");
    assertThat(read("Champions")).isSameAs(first);
  }

  private String read(String name) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder out = EncoderFactory.get().binaryEncoder(bytes, null);
    names.write(out, name);
    out.flush();
    Decoder in = DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null);
    return names.read(in);
  }
}
