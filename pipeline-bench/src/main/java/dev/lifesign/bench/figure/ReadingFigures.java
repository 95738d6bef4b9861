package dev.lifesign.bench.figure;

import dev.lifesign.lab.file.MappedEventFile;
import dev.lifesign.lab.mapping.MappingReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The time to read a shop's export by a mapping, on one thread. */
public final class ReadingFigures {

  private static final int ROWS = 1_000_000;
  private static final int WARMUPS = 2;
  private static final double NANOS = 1e9;

  /** Processor time, so that others on the machine do not count. */
  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

  private static final String MAPPING =
      """
      customer: [Customer ID, Email]
      time: Created at
      id: Transaction
      amount: Total
      refunded: Refunded Amount
      currency: Currency
      status: Financial Status
      """;

  private ReadingFigures() {}

  /** Measures the figures. */
  public static List<Figure> measure(Bench bench) {
    Path file = bench.site().dir().resolve("export.csv");
    write(file);
    List<Double> rates = new ArrayList<>();
    for (int round = -WARMUPS; round < bench.scale().rounds(); round++) {
      long begin = CLOCK.getCurrentThreadCpuTime();
      long events = read(file);
      double rate = events / ((CLOCK.getCurrentThreadCpuTime() - begin) / NANOS);
      if (round >= 0) {
        rates.add(rate);
      }
    }
    return List.of(
        Figure.atLeast(
            "Reading an export",
            "%,d rows of 8 columns, every fifth with quotes, to events by a mapping; per second of processor time of the one thread, after %d rounds that compile code."
                .formatted(ROWS, WARMUPS),
            "rows/s",
            300_000,
            rates));
  }

  private static long read(Path file) {
    long[] events = {0};
    new MappedEventFile(
            file,
            file.toString(),
            MappingReader.read(MAPPING, ZoneOffset.UTC).mapping().orElseThrow(),
            "USD",
            "")
        .read(line -> events[0] += line.event().isPresent() ? 1 : 0);
    if (events[0] != ROWS) {
      throw new IllegalStateException("Read %d events of %d rows".formatted(events[0], ROWS));
    }
    return events[0];
  }

  private static void write(Path file) {
    LocalDateTime begin = LocalDateTime.of(2024, 1, 1, 0, 0);
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      writer.write(
          "Transaction,Customer ID,Email,Created at,Total,Refunded Amount,Currency,Financial Status\n");
      for (int row = 0; row < ROWS; row++) {
        String email = row % 5 == 0 ? "\"kim, %d@example.org\"" : "kim%d@example.org";
        writer.write(
            "t-%d,%d,%s,%s,%d.%02d,0.00,USD,paid%n"
                .formatted(
                    row,
                    100_000 + row % 50_000,
                    email.formatted(row % 50_000),
                    begin.plusSeconds(20L * row).toString().replace('T', ' '),
                    row % 300,
                    row % 100));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
