package dev.lifesign.bench.entrant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.CompactRangeOptions.BottommostLevelCompaction;
import org.rocksdb.ConfigOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.OptionsUtil;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** The size on disk of all stores of a finished run, after compaction. */
final class StateSize {

  private StateSize() {}

  static void report(EntrantRun run, Progress progress) {
    long all = 0;
    for (Path store : stores(run.dir().resolve("state"))) {
      compact(store);
      long bytes = bytes(store);
      all += bytes;
      progress.figure("bytes-" + store.getFileName(), (double) bytes);
    }
    progress.figure("bytesPerCustomer", (double) all / run.job().customers());
  }

  private static List<Path> stores(Path state) {
    try (Stream<Path> files = Files.walk(state)) {
      return files
          .filter(file -> file.getFileName().toString().equals("CURRENT"))
          .map(Path::getParent)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Compacts a store with the options with which it was written. */
  private static void compact(Path store) {
    List<ColumnFamilyDescriptor> families = new ArrayList<>();
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    try (ConfigOptions config = new ConfigOptions().setIgnoreUnknownOptions(true);
        DBOptions options = new DBOptions();
        CompactRangeOptions whole =
            new CompactRangeOptions()
                .setBottommostLevelCompaction(BottommostLevelCompaction.kForce)) {
      OptionsUtil.loadLatestOptions(config, store.toString(), options, families);
      try (RocksDB db = RocksDB.open(options, store.toString(), families, handles)) {
        for (ColumnFamilyHandle handle : handles) {
          db.compactRange(handle, null, null, whole);
          handle.close();
        }
      }
    } catch (RocksDBException e) {
      throw new IllegalStateException("The store " + store + " cannot be compacted", e);
    }
  }

  private static long bytes(Path store) {
    try (Stream<Path> files = Files.list(store)) {
      return files
          .filter(file -> file.toString().endsWith(".sst"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
