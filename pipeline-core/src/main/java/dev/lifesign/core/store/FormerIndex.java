package dev.lifesign.core.store;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place in a task's folder where earlier builds had the index of deadlines as a RocksDB of its
 * own. A file lies there now, so that such a build stops when it opens the index, where it would
 * find an empty one otherwise and never fire a deadline again.
 */
final class FormerIndex {

  private static final Logger LOG = LoggerFactory.getLogger(FormerIndex.class);

  /** Where Kafka Streams has the files of stores, and the former store's name. */
  static final Path PLACE = Path.of("rocksdb", "deadlines");

  private static final String WHY =
      "The index of deadlines is in the store customers. To go back to an earlier build of Lifesign, "
          + "delete the folder of this task: its state is restored from the changelogs.\n";

  private FormerIndex() {}

  /** Removes it from the folder of a task, and has the file stand there. */
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
          "{} could not be replaced by a file, so that an earlier build of Lifesign must not be started with this state: {}",
          place,
          e.toString());
    }
  }
}
