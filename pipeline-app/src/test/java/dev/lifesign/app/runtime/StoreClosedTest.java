package dev.lifesign.app.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.lifesign.core.codec.CustomerCodec;
import dev.lifesign.core.codec.DeadlineKey;
import dev.lifesign.core.contract.Names;
import dev.lifesign.core.contract.PipelineObserver;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.core.store.CustomerKey;
import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.timeline.Decision;
import dev.lifesign.schema.StatusChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.slf4j.LoggerFactory;

/** The store of customers in RocksDB, for tasks that stop cleanly and tasks that do not. */
class StoreClosedTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int CUSTOMERS = 1_000;
  private static final String POLICY =
      """
      version: 1
      lateness: PT1S
      lifecycle:
        newFor: PT1S
        risk: { fixed: PT4S }
        dormantAfter: P1D
        churnAfter: P2D
      """;

  @TempDir Path dir;

  /** Stops the first task in the middle of its work. */
  private static final class Faulty implements PipelineObserver {
    private final AtomicInteger events = new AtomicInteger();
    private final AtomicInteger opened = new AtomicInteger();

    @Override
    public void opened(int partition, long lastTick) {
      opened.incrementAndGet();
    }

    @Override
    public void event(Family family, Decision outcome, long occurredAt, long arrivedAt) {
      if (events.incrementAndGet() == CUSTOMERS / 2) {
        throw new TimeoutException("meant by the test");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"exactly_once_v2", "at_least_once"})
  void nobodyIsLostWhereATaskEndsInTheMiddleOfItsWorkAndAnotherInOrder(String guarantee)
      throws Exception {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    try (Sandbox sandbox =
        new Sandbox(
            dir, 1, POLICY, Map.of("processing.guarantee", guarantee, "num.stream.threads", "1"))) {
      log.start();
      root.addAppender(log);
      Faulty faulty = new Faulty();
      try (LivePipeline first = LivePipeline.start(sandbox.settings, Optional.empty(), faulty)) {
        first.runner().awaitRunning();
        everybodyBuys(sandbox);
        await().atMost(PATIENCE).until(() -> heardOf(sandbox).size() == CUSTOMERS);
      }
      assertThat(faulty.opened.get()).isGreaterThan(1);
      assertThat(log.list)
          .as("closing a task that ended in the middle of its work is no error of the stores")
          .noneMatch(
              event ->
                  event.getLevel() == Level.ERROR
                      && event.getFormattedMessage().contains("state store"));
      List<DeadlineKey> armed = new ArrayList<>();
      Set<Bytes> entries = new HashSet<>();
      read(armed, entries);
      assertThat(armed).hasSize(CUSTOMERS);
      assertThat(armed).allMatch(deadline -> entries.contains(deadline.toBytes()));

      try (LivePipeline second =
          LivePipeline.start(sandbox.settings, Optional.empty(), PipelineObserver.NONE)) {
        second.runner().awaitRunning();
        await().atMost(PATIENCE).until(() -> silent(sandbox).size() == CUSTOMERS);
      }
    } finally {
      root.detachAppender(log);
    }
  }

  /** Reads the data on disk: customers with a deadline, and entries of the index. */
  private void read(List<DeadlineKey> armed, Set<Bytes> entries)
      throws IOException, RocksDBException {
    Path files;
    try (Stream<Path> all = Files.walk(dir.resolve("state"))) {
      files =
          all.filter(path -> path.endsWith(Path.of("rocksdb", Names.CUSTOMERS)))
              .findFirst()
              .orElseThrow();
    }
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    try (DBOptions options = new DBOptions();
        RocksDB db =
            RocksDB.openReadOnly(
                options,
                files.toString(),
                List.of(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY)),
                handles);
        RocksIterator all = db.newIterator()) {
      for (all.seekToFirst(); all.isValid(); all.next()) {
        Bytes key = Bytes.wrap(all.key());
        if (DeadlineKey.isOne(key)) {
          entries.add(key);
        } else if (key.compareTo(CustomerKey.AFTER_ALL) < 0) {
          String id = new String(key.get(), UTF_8);
          long due = CustomerCodec.armed(id, all.value());
          if (due != Instants.FOREVER) {
            armed.add(new DeadlineKey(due, id));
          }
        }
      }
      handles.forEach(ColumnFamilyHandle::close);
    }
  }

  private static Set<String> heardOf(Sandbox sandbox) {
    return sandbox.read(Topics.STANDARD.statusChanges(), StatusChange.class).stream()
        .map(StatusChange::getCustomerId)
        .collect(Collectors.toSet());
  }

  private static Set<String> silent(Sandbox sandbox) {
    return sandbox.read(Topics.STANDARD.statusChanges(), StatusChange.class).stream()
        .filter(change -> change.getTo().equals("AT_RISK"))
        .map(StatusChange::getCustomerId)
        .collect(Collectors.toSet());
  }

  private static void everybodyBuys(Sandbox sandbox) {
    long now = Instant.now().toEpochMilli();
    for (int i = 0; i < CUSTOMERS; i++) {
      sandbox.send(
          new Purchase(
              "e" + i, "c" + i, now, Purchase.Action.PURCHASE, "o", 100, "USD", List.of(), ""));
    }
    sandbox.producer.flush();
  }
}
