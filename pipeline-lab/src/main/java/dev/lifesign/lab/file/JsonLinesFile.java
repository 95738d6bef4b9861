package dev.lifesign.lab.file;

import dev.lifesign.lab.UserError;
import dev.lifesign.lab.table.Compressed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A file of JSON lines, one event per line. Batches of lines are parsed ahead in parallel, and
 * their results are passed on in order.
 */
public final class JsonLinesFile implements EventFile {

  /** More threads would wait for the reading thread. */
  private static final int MOST_THREADS = 8;

  /** Chunks that are being parsed, or waiting for it, per thread. */
  private static final int AHEAD = 3;

  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final Path file;
  private final String name;

  /** A file of JSON lines. */
  public JsonLinesFile(Path file) {
    this(file, file.toString());
  }

  /** A file of JSON lines with another name in messages. */
  public JsonLinesFile(Path file, String name) {
    this.file = file;
    this.name = name;
  }

  @Override
  public void read(Consumer<Line> lines) {
    readMany(Function.identity(), batch -> batch.forEach(lines));
  }

  @Override
  public <T> void readMany(Function<List<Line>, T> make, Consumer<T> take) {
    int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
    ExecutorService parsers = Executors.newFixedThreadPool(threads);
    try (InputStream in = unmarked(Compressed.open(file))) {
      Deque<Future<T>> parsing = new ArrayDeque<>();
      LineChunks chunks = new LineChunks(in);
      for (LineChunks.Chunk next = chunks.next(); !next.isEmpty(); next = chunks.next()) {
        LineChunks.Chunk chunk = next;
        parsing.add(parsers.submit(() -> make.apply(chunk.lines())));
        if (parsing.size() > AHEAD * threads) {
          take.accept(result(parsing.remove()));
        }
      }
      while (!parsing.isEmpty()) {
        take.accept(result(parsing.remove()));
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    } finally {
      parsers.shutdownNow();
    }
  }

  /** Without a byte order mark. */
  private static InputStream unmarked(InputStream in) throws IOException {
    in.mark(MARK.length);
    if (!Arrays.equals(in.readNBytes(MARK.length), MARK)) {
      in.reset();
    }
    return in;
  }

  private static <T> T result(Future<T> parsing) {
    try {
      return parsing.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException("A line could not be parsed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  @Override
  public long size() {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  @Override
  public String name() {
    return name;
  }

  static UserError unreadable(Path file, IOException e) {
    return new UserError(
        "Expected events in %s, but the file cannot be read; check --events".formatted(file), e);
  }
}
