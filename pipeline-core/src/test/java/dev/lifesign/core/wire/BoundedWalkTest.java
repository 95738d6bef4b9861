package dev.lifesign.core.wire;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

/** What a walk through a record's bytes refuses. */
class BoundedWalkTest {

  private static final Schema NULLS =
      Schema.createArray(Schema.createArray(Schema.create(Schema.Type.NULL)));

  private static void walk(int... bytes) throws Exception {
    byte[] record = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      record[i] = (byte) bytes[i];
    }
    BoundedWalk.through(NULLS, DecoderFactory.get().binaryDecoder(record, null), record.length);
  }

  @Test
  void aBlockThatGivesItsSizeInBytesHidesNoItems() {
    // A block of one item, its size in bytes, and in it an array that claims a million nulls.
    assertThatThrownBy(() -> walk(1, 8, 0x80, 0x89, 0x7A, 0, 0))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("count their items");
  }

  @Test
  void itemsThatNeedNoBytesAreBounded() {
    assertThatThrownBy(() -> walk(2, 0x80, 0x89, 0x7A, 0, 0))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("account for");
    assertThatCode(() -> walk(2, 6, 0, 0)).doesNotThrowAnyException();
  }
}
