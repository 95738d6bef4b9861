package dev.lifesign.bench.entrant;

import dev.lifesign.bench.job.Job;
import dev.lifesign.bench.job.Ticks;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * The parameters of an entrant's process.
 *
 * @param entrant its name
 * @param job the job in the input topics
 * @param ticks when the log has ticks
 * @param bootstrapServers the broker
 * @param registryUrl the registry
 * @param inputs the prefix of the input topics
 * @param outputs the prefix of its own output topics, and its name for the broker
 * @param warmup the number of events before the measurement begins
 * @param dir its own folder
 * @param commitMillis the commit interval, milliseconds
 */
public record EntrantRun(
    String entrant,
    Job job,
    Ticks ticks,
    String bootstrapServers,
    String registryUrl,
    String inputs,
    String outputs,
    long warmup,
    Path dir,
    int commitMillis) {

  /** Writes the parameters for another process. */
  public Path save(Path file) {
    Properties all = new Properties();
    all.setProperty("entrant", entrant);
    all.setProperty("customers", "" + job.customers());
    all.setProperty("events", "" + job.events());
    all.setProperty("skew", "" + job.skew());
    all.setProperty("partitions", "" + job.partitions());
    all.setProperty("seed", "" + job.seed());
    all.setProperty("hours", "" + job.hours());
    all.setProperty("ticks", ticks.name());
    all.setProperty("bootstrapServers", bootstrapServers);
    all.setProperty("registryUrl", registryUrl);
    all.setProperty("inputs", inputs);
    all.setProperty("outputs", outputs);
    all.setProperty("warmup", "" + warmup);
    all.setProperty("dir", dir.toString());
    all.setProperty("commitMillis", "" + commitMillis);
    try (Writer writer = Files.newBufferedWriter(file)) {
      all.store(writer, null);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads what {@link #save} wrote. */
  public static EntrantRun load(Path file) {
    Properties all = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      all.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new EntrantRun(
        all.getProperty("entrant"),
        new Job(
            Integer.parseInt(all.getProperty("customers")),
            Long.parseLong(all.getProperty("events")),
            Double.parseDouble(all.getProperty("skew")),
            Integer.parseInt(all.getProperty("partitions")),
            Long.parseLong(all.getProperty("seed")),
            Integer.parseInt(all.getProperty("hours"))),
        Ticks.valueOf(all.getProperty("ticks")),
        all.getProperty("bootstrapServers"),
        all.getProperty("registryUrl"),
        all.getProperty("inputs"),
        all.getProperty("outputs"),
        Long.parseLong(all.getProperty("warmup")),
        Path.of(all.getProperty("dir")),
        Integer.parseInt(all.getProperty("commitMillis")));
  }
}
