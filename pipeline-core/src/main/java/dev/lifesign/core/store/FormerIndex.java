package dev.lifesign.core.store;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder where earlier builds had the deadline index as a separate RocksDB. A file now takes
 * its place, so that such a build stops when it opens the index. Otherwise it would find an empty
 * index and never fire a deadline again.
 */
final class FormerIndex {

  private static final Logger LOG = LoggerFactory.getLogger(FormerIndex.class);

  /** The folder of stores in Kafka Streams, and the name of the former store. */
  static final Path PLACE = Path.of("rocksdb", "deadlines");

  private static final String WHY =
      "The deadline index is now part of the store customers. To go back to an earlier build of Lifesign, "
          + "delete the folder of this task: its state is restored from the changelogs.\n";

  private FormerIndex() {}

  /** Replaces the former index in the folder of a task by the file. */
  static void replace(File taskFolder) {
    Path place = taskFolder.toPath().resolve(PLACE);
    try {
      if (Files.isDirectory(place)) {
        Utils.delete(place.toFile());
      }
      if (!Files.exists(place)) {
        Files.writeString(place, WHY);
      }
    } catch (IOException e) {
      LOG.warn(
          "{} could not be replaced by a file; do not start an earlier build of Lifesign with this state: {}",
          place,
          e.toString());
    }
  }
}
