package dev.lifesign.core.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.core.codec.EventCodec;
import dev.lifesign.core.contract.PipelineObserver;
import dev.lifesign.core.contract.PipelineOptions;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.core.wire.AnsweringRegistry;
import dev.lifesign.core.wire.AvroSerde;
import dev.lifesign.core.wire.InMemoryRegistry;
import dev.lifesign.core.wire.RandomSchemas;
import dev.lifesign.core.wire.RegistryException;
import dev.lifesign.core.wire.SchemaRegistry;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.history.Histories;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.domain.timeline.Timeline;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whatever a registry answers, whatever schema a record was written with and whatever its bytes
 * are, it ends as an accepted event, as a rejection with a sentence, or, where the answer is none,
 * as the registry's fault; and that within a second of computing. A round can be repeated by its
 * seed: {@code -Dlifesign.fuzz.seed=S -Dlifesign.fuzz.first=ROUND -Dlifesign.fuzz.rounds=1}.
 */
class DecoderFuzzTest {

  private static final Logger LOG = LoggerFactory.getLogger(DecoderFuzzTest.class);

  private static final long ROUNDS = Long.getLong("lifesign.fuzz.rounds", 7_000);
  private static final long FIRST = Long.getLong("lifesign.fuzz.first", 0);
  private static final long SEED = Long.getLong("lifesign.fuzz.seed", System.nanoTime());
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final byte[] KEY = "c1".getBytes(StandardCharsets.UTF_8);

  private final Timeline timeline = new Timeline(Policies.of(Presets.policy("retail")));
  private final Map<Family, List<Event>> events = events();
  private final AvroSerde whole = new AvroSerde(new InMemoryRegistry());
  private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
  private volatile long round;

  /** The record that is being decoded, counted from 1; 0 while none is. */
  private volatile long decoding;

  /** The worker's processor time when the decoder got the record, nanoseconds. */
  private volatile long decodingBegan;

  private final ThreadMXBean cpu = ManagementFactory.getThreadMXBean();
  private long decoded;

  private enum Outcome {
    EVENT,
    REJECTION,
    REGISTRY_FAULT
  }

  @Test
  void anyAnswerAnySchemaAndAnyBytesEndWithinASecond() throws Exception {
    LOG.warn("Seed {}, {} rounds from {}", SEED, ROUNDS, FIRST);
    CompletableFuture<Void> end = new CompletableFuture<>();
    Thread worker =
        new Thread(
            () -> {
              try {
                for (long next = FIRST; next < FIRST + ROUNDS; next++) {
                  round = next;
                  outcomes.merge(play(new Random(SEED * 31 + next)), 1L, Long::sum);
                }
                end.complete(null);
              } catch (Throwable e) {
                end.completeExceptionally(e);
              }
            },
            "fuzz");
    worker.setDaemon(true);
    worker.start();
    while (true) {
      try {
        end.get(100, TimeUnit.MILLISECONDS);
        break;
      } catch (ExecutionException e) {
        throw new AssertionError("Seed " + SEED + ", round " + round, e.getCause());
      } catch (TimeoutException e) {
        watch(worker);
      }
    }
    LOG.warn("Rounds that ended as {}", outcomes);
    if (ROUNDS >= 5_000) {
      assertThat(outcomes).containsKeys(Outcome.values());
    }
  }

  private void watch(Thread worker) {
    long before = decoding;
    long spent = cpu.getThreadCpuTime(worker.getId()) - decodingBegan;
    if (before > 0 && spent > MOST_NANOS && decoding == before) {
      AssertionError tooLong =
          new AssertionError("Seed %d, round %d: %d ms".formatted(SEED, round, spent / 1_000_000));
      tooLong.setStackTrace(worker.getStackTrace());
      throw tooLong;
    }
  }

  private Outcome play(Random random) {
    Family family = Family.values()[random.nextInt(Family.values().length)];
    List<Event> ofFamily = events.get(family);
    Event event = ofFamily.get(random.nextInt(ofFamily.size()));
    Schema ours = EventCodec.encode(event).getSchema();
    RandomSchemas schemas = new RandomSchemas(random);
    String answer = schemas.answer(ours);
    AnsweringRegistry registry = new AnsweringRegistry(id -> answer, version -> schemas.version());
    EventIntake reader =
        new EventIntake(
            new AvroSerde(registry),
            PipelineOptions.ofLog(Presets.policy("retail"), 1, PipelineObserver.NONE));
    Outcome outcome = Outcome.REJECTION;
    for (int i = 0; i < 3; i++) {
      byte[] bytes = bytes(random, schemas, registry, event);
      decodingBegan = cpu.getCurrentThreadCpuTime();
      decoding = ++decoded;
      try {
        outcome = read(reader, Topics.STANDARD.of(family), bytes);
      } finally {
        decoding = 0;
      }
    }
    return outcome;
  }

  /** Some events of each family; made once, since they take longer than a round. */
  private static Map<Family, List<Event>> events() {
    Map<Family, List<Event>> events = new EnumMap<>(Family.class);
    for (long seed = 0; seed < 1_000; seed++) {
      Event event = Histories.of(seed, "c1", 1).get(0).event();
      events.computeIfAbsent(event.family(), family -> new ArrayList<>()).add(event);
    }
    assertThat(events).containsOnlyKeys(Family.values());
    return events;
  }

  private byte[] bytes(Random random, RandomSchemas schemas, SchemaRegistry registry, Event event) {
    byte[] body = new byte[0];
    switch (random.nextInt(4)) {
      case 0 -> {
        body = new byte[random.nextInt(60)];
        random.nextBytes(body);
      }
      case 1 -> body = own(event);
      default -> {
        try {
          body = schemas.bytes(registry.schema(1));
        } catch (RegistryException e) {
          body = own(event);
        }
      }
    }
    if (random.nextInt(3) == 0 && body.length > 0) {
      body[random.nextInt(body.length)] = (byte) random.nextInt();
    }
    return ByteBuffer.allocate(5 + body.length).put((byte) 0).putInt(1).put(body).array();
  }

  private byte[] own(Event event) {
    byte[] framed = whole.serialize(Topics.STANDARD.of(event.family()), EventCodec.encode(event));
    return Arrays.copyOfRange(framed, 5, framed.length);
  }

  private Outcome read(EventIntake reader, String topic, byte[] value) {
    Intake.Read<Event> read;
    try {
      read = reader.read(topic, 0, KEY, value, Histories.START);
    } catch (RegistryException e) {
      assertThat(e.isAboutTheRecord()).isFalse();
      return Outcome.REGISTRY_FAULT;
    }
    assertThat(read.accepted().isPresent()).isNotEqualTo(read.rejection().isPresent());
    if (read.rejection().isPresent()) {
      assertThat(read.rejection().get().message()).isNotBlank();
      return Outcome.REJECTION;
    }
    timeline.apply(Optional.empty(), read.accepted().orElseThrow(), Histories.START);
    return Outcome.EVENT;
  }
}
