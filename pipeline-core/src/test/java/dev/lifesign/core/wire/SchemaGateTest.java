package dev.lifesign.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.schema.PurchaseEvent;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A record is given out once the registry has said what its schema is, and not before. */
class SchemaGateTest {

  private static final TopicPartition ONE = new TopicPartition("lifesign.purchases", 0);
  private static final TopicPartition TWO = new TopicPartition("lifesign.purchases", 1);
  private static final int KNOWN = 1;

  private final FakeRegistry registry = new FakeRegistry();

  /** With a clock that stands still, so that no answer expires however busy the machine is. */
  private final SchemaFetcher schemas =
      new SchemaFetcher(new HttpSchemaRegistry(registry.settings(), () -> 0L));

  private final Log log = new Log();
  private final AtomicInteger waiting = new AtomicInteger();
  private long exempt = -1;
  private Consumer<byte[], byte[]> gate;

  /** A consumer that fetches again what was given back, as a broker's does. */
  private static final class Log extends MockConsumer<byte[], byte[]> {
    final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();

    Log() {
      super("earliest");
    }

    void append(TopicPartition place, int schemaId) {
      List<ConsumerRecord<byte[], byte[]>> all =
          records.computeIfAbsent(place, any -> new ArrayList<>());
      byte[] value = ByteBuffer.allocate(6).put((byte) 0).putInt(schemaId).array();
      all.add(
          new ConsumerRecord<>(place.topic(), place.partition(), all.size(), new byte[0], value));
    }

    @Override
    public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
      for (TopicPartition place : assignment()) {
        if (!paused().contains(place)) {
          List<ConsumerRecord<byte[], byte[]>> all = records.getOrDefault(place, List.of());
          all.subList((int) position(place), all.size()).forEach(this::addRecord);
        }
      }
      return super.poll(timeout);
    }
  }

  @BeforeEach
  void start() {
    registry.schema(KNOWN, PurchaseEvent.getClassSchema());
    log.assign(List.of(ONE, TWO));
    log.updateBeginningOffsets(Map.of(ONE, 0L, TWO, 0L));
    log.updateEndOffsets(Map.of(ONE, 100L, TWO, 100L));
    log.seek(ONE, 0);
    log.seek(TWO, 0);
    gate =
        SchemaGate.before(
            log, schemas, (topic, partition, offset) -> offset == exempt, waiting::addAndGet);
  }

  @AfterEach
  void stop() {
    schemas.close();
    registry.close();
  }

  private List<Long> polled(TopicPartition place) {
    return gate.poll(Duration.ZERO).records(place).stream().map(ConsumerRecord::offset).toList();
  }

  private List<ConsumerRecord<byte[], byte[]>> pollUntil(TopicPartition place, int count) {
    List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
    while (all.size() < count) {
      all.addAll(gate.poll(Duration.ZERO).records(place));
    }
    return all;
  }

  @Test
  void whatIsKnownPassesUntouched() {
    log.append(ONE, KNOWN);
    log.append(ONE, KNOWN);
    List<ConsumerRecord<byte[], byte[]>> given = pollUntil(ONE, 2);
    assertThat(given).extracting(ConsumerRecord::offset).containsExactly(0L, 1L);
    assertThat(given.get(0).headers()).isEmpty();
    assertThat(SchemaGate.refusal(given.get(0).headers())).isEmpty();
  }

  @Test
  void whileTheRegistryIsAwayAnUnknownIdHoldsItsPartitionAloneAndAtItsPlace() {
    log.append(ONE, KNOWN);
    pollUntil(ONE, 1);
    registry.always(503, "");
    log.append(ONE, KNOWN);
    log.append(ONE, 2);
    log.append(ONE, KNOWN);
    log.append(TWO, KNOWN);

    ConsumerRecords<byte[], byte[]> given = gate.poll(Duration.ZERO);
    assertThat(given.records(ONE)).extracting(ConsumerRecord::offset).containsExactly(1L);
    assertThat(given.records(TWO)).extracting(ConsumerRecord::offset).containsExactly(0L);
    assertThat(given.nextOffsets().get(ONE).offset()).isEqualTo(2);
    assertThat(gate.position(ONE)).isEqualTo(2);
    assertThat(log.paused()).containsExactly(ONE);
    assertThat(waiting).hasValue(1);

    log.append(TWO, KNOWN);
    assertThat(polled(TWO)).containsExactly(1L);
    assertThat(polled(ONE)).isEmpty();

    registry.recover();
    registry.schema(2, PurchaseEvent.getClassSchema());
    assertThat(pollUntil(ONE, 2)).extracting(ConsumerRecord::offset).containsExactly(2L, 3L);
    assertThat(waiting).hasValue(0);
  }

  @Test
  void anIdThatTheRegistryDoesNotKnowPassesWithAMark() {
    log.append(ONE, 404);
    ConsumerRecord<byte[], byte[]> given = pollUntil(ONE, 1).get(0);
    assertThat(SchemaGate.refusal(given.headers()).orElseThrow()).contains("404");
  }

  @Test
  void aForgedMarkIsNone() {
    log.append(ONE, KNOWN);
    log.records.get(ONE).get(0).headers().add("lifesign-schema-refused", new byte[] {'x'});
    assertThat(SchemaGate.refusal(pollUntil(ONE, 1).get(0).headers())).isEmpty();
  }

  @Test
  void thousandsOfUnknownIdsAreAskedForOnceEachAndGivenOutInOrder() {
    for (int i = 0; i < 1_000; i++) {
      log.append(ONE, 1_000 + i);
    }
    List<ConsumerRecord<byte[], byte[]>> given = pollUntil(ONE, 1_000);
    assertThat(given).extracting(ConsumerRecord::offset).isSorted().doesNotHaveDuplicates();
    assertThat(given).allMatch(record -> SchemaGate.refusal(record.headers()).isPresent());
    assertThat(registry.asked).hasValue(1_000);
  }

  @Test
  void accessRefusedHoldsAndSaysWhy() {
    registry.always(401, "");
    log.append(ONE, 2);
    while (schemas.trouble().isEmpty()) {
      assertThat(polled(ONE)).isEmpty();
    }
    assertThat(schemas.trouble().orElseThrow()).contains("401");
    registry.recover();
    assertThat(pollUntil(ONE, 1)).hasSize(1);
  }

  @Test
  void whatItsOwnerPausedStaysPausedAndWhatIsHeldIsNotResumed() {
    registry.always(503, "");
    log.append(ONE, 2);
    assertThat(polled(ONE)).isEmpty();
    gate.resume(List.of(ONE));
    assertThat(log.paused()).containsExactly(ONE);

    gate.pause(List.of(ONE));
    registry.recover();
    registry.schema(2, PurchaseEvent.getClassSchema());
    while (waiting.get() > 0) {
      assertThat(polled(ONE)).isEmpty();
    }
    assertThat(log.paused()).containsExactly(ONE);
    gate.resume(List.of(ONE));
    assertThat(polled(ONE)).containsExactly(0L);
  }

  @Test
  void aRecordThatIsExemptPassesThoughItsSchemaIsNotToBeHad() {
    registry.always(503, "");
    log.append(ONE, 2);
    log.append(ONE, 3);
    assertThat(polled(ONE)).isEmpty();
    exempt = 0;
    assertThat(pollUntil(ONE, 1)).extracting(ConsumerRecord::offset).containsExactly(0L);
    assertThat(gate.position(ONE)).isEqualTo(1);
  }

  @Test
  void whatIsTakenAwayIsNotHeldAnyMore() {
    registry.always(503, "");
    log.append(ONE, 2);
    assertThat(polled(ONE)).isEmpty();
    log.assign(List.of(TWO));
    assertThat(polled(TWO)).isEmpty();
    assertThat(waiting).hasValue(0);
  }
}
