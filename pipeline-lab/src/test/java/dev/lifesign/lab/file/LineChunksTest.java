package dev.lifesign.lab.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Lines are split, numbered and read as by a single reader of the whole file. */
class LineChunksTest {

  private static final String EVENT =
      "{\"family\":\"purchase\",\"action\":\"PURCHASE\",\"eventId\":\"%s\",\"customerId\":\"c\",\"occurredAt\":\"2024-01-01T00:00:00Z\",\"orderId\":\"o\",\"amount\":5,\"currency\":\"EUR\"}";

  private static final List<byte[]> PIECES =
      List.of(
          bytes(EVENT.formatted("e")),
          bytes(EVENT.formatted("ünï 客户 😀")),
          bytes(EVENT.formatted("\\u00fc\\n")),
          bytes("{\"family\":"),
          bytes("no event"),
          bytes("\n"),
          bytes("\n"),
          bytes("\r\n"),
          bytes("\r"),
          bytes(" "),
          bytes("\u2003"),
          new byte[] {0},
          new byte[] {(byte) 0xff},
          new byte[] {(byte) 0xe2, (byte) 0x82});

  @Test
  void anyBytesGiveTheSameLinesAsABufferedReader() throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < 3_000; i++) {
      byte[] file = file(random);
      assertThat(chunked(file, 1 + random.nextInt(400))).isEqualTo(expected(file));
    }
  }

  private static byte[] file(Random random) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    int pieces = random.nextInt(20);
    for (int i = 0; i < pieces; i++) {
      file.writeBytes(PIECES.get(random.nextInt(PIECES.size())));
    }
    return file.toByteArray();
  }

  private static List<Line> chunked(byte[] file, int size) throws IOException {
    LineChunks chunks = new LineChunks(new ByteArrayInputStream(file), size);
    List<Line> lines = new ArrayList<>();
    for (LineChunks.Chunk next = chunks.next(); !next.isEmpty(); next = chunks.next()) {
      lines.addAll(next.lines());
    }
    return lines;
  }

  private static List<Line> expected(byte[] file) throws IOException {
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(new ByteArrayInputStream(file), StandardCharsets.UTF_8));
    List<Line> lines = new ArrayList<>();
    int number = 0;
    for (String text = reader.readLine(); text != null; text = reader.readLine()) {
      number++;
      if (!text.isBlank()) {
        lines.add(JsonEvents.read(number, text));
      }
    }
    return lines;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
