package dev.lifesign.core.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.lifesign.core.codec.EventCodec;
import dev.lifesign.core.contract.HeapBudget;
import dev.lifesign.core.contract.PipelineObserver;
import dev.lifesign.core.contract.PipelineOptions;
import dev.lifesign.core.contract.Skips;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.core.store.CommitNotice;
import dev.lifesign.core.store.IndexedCustomers;
import dev.lifesign.core.topology.PipelineDriver;
import dev.lifesign.core.wire.AvroSerde;
import dev.lifesign.core.wire.InMemoryRegistry;
import dev.lifesign.core.wire.RegistryException;
import dev.lifesign.core.wire.RegistryUnavailableException;
import dev.lifesign.core.wire.SchemaRegistry;
import dev.lifesign.domain.event.Contact;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Feedback;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.event.RejectionReason;
import dev.lifesign.domain.event.Social;
import dev.lifesign.domain.lifecycle.StatusChange;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.schema.DeadLetter;
import dev.lifesign.schema.PurchaseAction;
import dev.lifesign.schema.PurchaseEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** What is not accepted becomes a dead letter with its bytes, and the next good event counts. */
class DeadLetterTest {

  private static final long NOW = Instant.parse("2024-03-01T10:00:00Z").toEpochMilli();
  private static final String PURCHASES =
      Topics.STANDARD.of(dev.lifesign.domain.event.Family.PURCHASE);

  @TempDir Path stateDir;
  private PipelineDriver driver;

  @BeforeEach
  void start() {
    driver = new PipelineDriver(Presets.policy("retail"), stateDir);
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  record Bad(RejectionReason reason, Event event, long arrivedAt) {
    @Override
    public String toString() {
      return reason.name();
    }
  }

  static Stream<Bad> badEvents() {
    return Stream.of(
        new Bad(RejectionReason.MISSING_FIELD, purchase("", "c1", NOW, 1, "USD"), NOW),
        new Bad(RejectionReason.MISSING_FIELD, purchase("e", "c1", NOW, 1, ""), NOW),
        new Bad(RejectionReason.INVALID_FIELD, purchase("e", "c1", NOW, 1, "dollars"), NOW),
        new Bad(
            RejectionReason.INVALID_FIELD,
            new Social(
                "e",
                "c1",
                NOW,
                Social.Action.REVIEWED,
                "n",
                OptionalDouble.of(Double.NaN),
                OptionalInt.empty()),
            NOW),
        new Bad(
            RejectionReason.INVALID_FIELD,
            new Social(
                "e",
                "c1",
                NOW,
                Social.Action.REVIEWED,
                "n",
                OptionalDouble.empty(),
                OptionalInt.of(6)),
            NOW),
        new Bad(
            RejectionReason.INVALID_FIELD,
            new Feedback("e", "c1", NOW, Feedback.Action.NPS, 11, 10, ""),
            NOW),
        new Bad(RejectionReason.INVALID_FIELD, purchase("e", "c1", NOW, 1, "USD"), 1L << 60),
        new Bad(
            RejectionReason.OCCURRED_IN_FUTURE,
            purchase("e", "c1", NOW + Duration.ofMinutes(5).toMillis() + 1, 1, "USD"),
            NOW),
        new Bad(
            RejectionReason.OCCURRED_IN_FUTURE, purchase("e", "c1", Long.MAX_VALUE, 1, "USD"), NOW),
        new Bad(RejectionReason.OCCURRED_TOO_LONG_AGO, purchase("e", "c1", 5, 1, "USD"), NOW),
        new Bad(
            RejectionReason.OCCURRED_TOO_LONG_AGO,
            purchase("e", "c1", Long.MIN_VALUE, 1, "USD"),
            NOW),
        new Bad(RejectionReason.NEGATIVE_AMOUNT, purchase("e", "c1", NOW, -1, "USD"), NOW),
        new Bad(
            RejectionReason.EVENT_ID_TOO_LONG, purchase("é".repeat(65), "c1", NOW, 1, "USD"), NOW),
        new Bad(
            RejectionReason.CUSTOMER_ID_TOO_LONG,
            purchase("e", "c".repeat(257), NOW, 1, "USD"),
            NOW));
  }

  @ParameterizedTest
  @MethodSource("badEvents")
  void aBadEventIsADeadLetterAndTheNextGoodOneCounts(Bad bad) {
    driver.send(bad.event(), bad.arrivedAt());
    expectDeadLetter(bad.reason());
  }

  @Test
  void garbageIsADeadLetter() {
    byte[] key = utf8("c1");
    driver.sendRaw(PURCHASES, key, utf8("not avro"), NOW);
    expectDeadLetter(RejectionReason.UNDECODABLE);
  }

  @Test
  void theMagicByteAloneIsADeadLetter() {
    driver.sendRaw(PURCHASES, utf8("c1"), new byte[] {0}, NOW);
    expectDeadLetter(RejectionReason.UNDECODABLE);
  }

  @Test
  void anUnknownSchemaIsADeadLetter() {
    driver.sendRaw(PURCHASES, utf8("c1"), new byte[] {0, 0, 0, 9, 9, 1, 2, 3}, NOW);
    expectDeadLetter(RejectionReason.UNDECODABLE);
  }

  @Test
  void aTruncatedRecordIsADeadLetter() {
    byte[] whole = driver.bytes(PURCHASES, EventCodec.encode(purchase("e", "c1", NOW, 1, "USD")));
    driver.sendRaw(PURCHASES, utf8("c1"), Arrays.copyOf(whole, whole.length - 4), NOW);
    assertThat(expectDeadLetter(RejectionReason.UNDECODABLE).getMessage())
        .contains("cannot be read with schema");
  }

  @Test
  void noValueIsADeadLetter() {
    driver.sendRaw(PURCHASES, utf8("c1"), null, NOW);
    expectDeadLetter(RejectionReason.UNDECODABLE);
  }

  @Test
  void anEventOfAnotherFamilyIsADeadLetter() {
    Event contact = new Contact("e", "c1", NOW, Contact.Action.CLICKED, Contact.Channel.EMAIL);
    driver.sendRaw(PURCHASES, utf8("c1"), driver.bytes(PURCHASES, EventCodec.encode(contact)), NOW);
    expectDeadLetter(RejectionReason.UNDECODABLE);
  }

  @Test
  void anUnknownActionIsADeadLetter() {
    PurchaseEvent event = (PurchaseEvent) EventCodec.encode(purchase("e", "c1", NOW, 1, "USD"));
    event.setAction(PurchaseAction.UNKNOWN);
    driver.sendRaw(PURCHASES, utf8("c1"), driver.bytes(PURCHASES, event), NOW);
    assertThat(expectDeadLetter(RejectionReason.UNKNOWN_ACTION).getMessage())
        .contains("does not know the action");
  }

  @Test
  void aKeyUnlikeTheCustomerIdIsADeadLetter() {
    byte[] value = driver.bytes(PURCHASES, EventCodec.encode(purchase("e", "c1", NOW, 1, "USD")));
    driver.sendRaw(PURCHASES, utf8("c2"), value, NOW);
    expectDeadLetter(RejectionReason.KEY_MISMATCH);
  }

  @Test
  void noKeyIsADeadLetter() {
    byte[] value = driver.bytes(PURCHASES, EventCodec.encode(purchase("e", "c1", NOW, 1, "USD")));
    driver.sendRaw(PURCHASES, null, value, NOW);
    expectDeadLetter(RejectionReason.KEY_MISMATCH);
  }

  @Test
  void aNegativeTimestampIsRejectedAndPassedOnAsTheTimeOfItsPartition() {
    ConsumerRecord<Object, Object> record =
        new ConsumerRecord<>(
            PURCHASES,
            0,
            7,
            -1,
            TimestampType.CREATE_TIME,
            0,
            0,
            null,
            null,
            new RecordHeaders(),
            Optional.empty());
    assertThat(new ArrivalExtractor().extract(record, NOW)).isEqualTo(NOW);
    assertThat(new ArrivalExtractor().extract(record, -1)).isZero();
    byte[] noted = record.headers().lastHeader(ArrivalExtractor.NEGATIVE).value();
    assertThat(ByteBuffer.wrap(noted).getLong()).isEqualTo(-1);

    // Test drivers take no negative timestamp, so the processor is given what the extractor noted.
    MockProcessorContext<byte[], Object> context = new MockProcessorContext<>();
    KeyValueStore<Bytes, byte[]> customers =
        IndexedCustomers.builder(
                Stores.inMemoryKeyValueStore("customers"),
                new HeapBudget(0, 0, 0),
                PipelineObserver.NONE)
            .withLoggingDisabled()
            .build();
    customers.init(context.getStateStoreContext(), customers);
    for (String store : List.of("control", "population")) {
      KeyValueStore<Bytes, byte[]> made =
          Stores.keyValueStoreBuilder(
                  Stores.inMemoryKeyValueStore(store), Serdes.Bytes(), Serdes.ByteArray())
              .withLoggingDisabled()
              .build();
      made.init(context.getStateStoreContext(), made);
    }
    KeyValueStore<Bytes, byte[]> notice =
        CommitNotice.builder("commit-notice").withCachingDisabled().build();
    notice.init(context.getStateStoreContext(), notice);
    context.setRecordMetadata(PURCHASES, 0, 7);
    ScoringProcessor processor =
        new ScoringProcessor(
            PipelineOptions.ofLog(Presets.policy("retail"), 1, PipelineObserver.NONE),
            new AvroSerde(registryOfOneEvent()),
            new EarlyCommits.LastAsked(),
            new Skips());
    processor.init(context);
    byte[] event = driver.bytes(PURCHASES, EventCodec.encode(purchase("e", "c1", NOW, 1, "USD")));
    processor.process(new Record<>(utf8("c1"), event, NOW, record.headers()));
    processor.process(new Record<>(utf8("c1"), event, NOW, new RecordHeaders()));
    DeadLetter letter = (DeadLetter) context.forwarded().get(0).record().value();
    assertThat(letter.getReason()).isEqualTo("NEGATIVE_TIMESTAMP");
    assertThat(letter.getTimestamp()).isEqualTo(-1);
    assertThat(letter.getHeaders()).isEmpty();
    assertThat(context.forwarded().get(1).record().value()).isInstanceOf(StatusChange.class);
  }

  @Test
  void aNoteOfANegativeTimestampThatIsForgedIsTakenOff() {
    RecordHeaders headers = new RecordHeaders();
    headers.add(ArrivalExtractor.NEGATIVE, new byte[8]);
    ConsumerRecord<Object, Object> record =
        new ConsumerRecord<>(
            PURCHASES,
            0,
            7,
            NOW,
            TimestampType.CREATE_TIME,
            0,
            0,
            null,
            null,
            headers,
            Optional.empty());
    assertThat(new ArrivalExtractor().extract(record, 5)).isEqualTo(NOW);
    assertThat(record.headers()).isEmpty();
  }

  @Test
  void aRecordInAnotherPartitionThanMurmur2SaysIsADeadLetter(@TempDir Path other) {
    try (PipelineDriver first =
        new PipelineDriver(Presets.policy("retail"), other, false, Instant.EPOCH, 2)) {
      String right = idIn(0);
      String wrong = idIn(1);
      first.send(purchase("e", wrong, NOW, 1, "USD"), NOW);
      first.send(purchase("e", right, NOW, 1, "USD"), NOW);
      List<DeadLetter> letters = first.deadLetters();
      assertThat(letters).hasSize(1);
      assertThat(letters.get(0).getReason()).isEqualTo("WRONG_PARTITION");
      assertThat(letters.get(0).getMessage()).contains("partitioner=murmur2_random");
      assertThat(first.profiles()).extracting(p -> p.getCustomerId()).containsExactly(right);
    }
  }

  @Test
  void whatPutsRecordsInOtherPartitionsIsWarnedOfOnceForAllTasks() {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    Logger logger = (Logger) LoggerFactory.getLogger(EventIntake.class);
    logger.addAppender(log);
    try {
      PipelineOptions options =
          PipelineOptions.ofLog(Presets.policy("retail"), 2, PipelineObserver.NONE);
      byte[] event =
          driver.bytes(PURCHASES, EventCodec.encode(purchase("e", idIn(1), NOW, 1, "USD")));
      for (int task = 0; task < 3; task++) {
        EventIntake reader = new EventIntake(new AvroSerde(registryOfOneEvent()), options);
        assertThat(reader.read(PURCHASES, 0, utf8(idIn(1)), event, NOW).rejection()).isPresent();
      }
    } finally {
      logger.detachAppender(log);
    }
    // None where another test of this process was first.
    assertThat(log.list).hasSizeLessThanOrEqualTo(1);
  }

  private static String idIn(int partition) {
    return Stream.iterate(0, i -> i + 1)
        .map(i -> "c" + i)
        .filter(id -> Utils.toPositive(Utils.murmur2(utf8(id))) % 2 == partition)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aRegistryThatIsAwayOrRefusesAccessIsNoFaultOfTheRecord() {
    byte[] event = driver.bytes(PURCHASES, EventCodec.encode(purchase("e", "c1", NOW, 1, "USD")));
    for (RuntimeException trouble :
        List.of(
            new RegistryUnavailableException("away", null),
            new RegistryException("who are you", 401))) {
      EventIntake reader =
          new EventIntake(
              new AvroSerde(brokenRegistry(trouble)),
              PipelineOptions.ofLog(Presets.policy("retail"), 1, PipelineObserver.NONE));
      assertThatThrownBy(() -> reader.read(PURCHASES, 0, utf8("c1"), event, NOW)).isSameAs(trouble);
    }
  }

  private static SchemaRegistry brokenRegistry(RuntimeException trouble) {
    return new SchemaRegistry() {
      @Override
      public int register(String subject, Schema schema) {
        throw trouble;
      }

      @Override
      public Schema schema(int id) {
        throw trouble;
      }
    };
  }

  private static InMemoryRegistry registryOfOneEvent() {
    InMemoryRegistry registry = new InMemoryRegistry();
    registry.register("any", PurchaseEvent.getClassSchema());
    return registry;
  }

  @Test
  void aLargeOneKeepsItsStartItsLengthAndItsHash() {
    byte[] large = new byte[200_000];
    Arrays.fill(large, (byte) 7);
    driver.sendRaw(PURCHASES, utf8("c1"), large, NOW);
    DeadLetter letter = expectDeadLetter(RejectionReason.UNDECODABLE);
    assertThat(letter.getValueLength()).isEqualTo(200_000);
    assertThat(letter.getValue().remaining()).isEqualTo(DeadLetters.LIMIT);
    assertThat(letter.getValueSha256().remaining()).isEqualTo(32);
  }

  @Test
  void aSmallOneKeepsItsBytesAndItsOrigin() {
    driver.sendRaw(PURCHASES, utf8("c1"), utf8("garbage"), NOW);
    DeadLetter letter = expectDeadLetter(RejectionReason.UNDECODABLE);
    assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(utf8("garbage")));
    assertThat(letter.getKey()).isEqualTo(ByteBuffer.wrap(utf8("c1")));
    assertThat(letter.getTopic()).isEqualTo(PURCHASES);
    assertThat(letter.getPartition()).isZero();
    assertThat(letter.getOffset()).isZero();
    assertThat(letter.getTimestamp()).isEqualTo(NOW);
    assertThat(letter.getMessage()).contains("wire format").endsWith("schema registry");
  }

  private DeadLetter expectDeadLetter(RejectionReason reason) {
    driver.send(purchase("good", "c1", NOW, 1, "USD"), NOW);
    List<DeadLetter> letters = driver.deadLetters();
    assertThat(letters).hasSize(1);
    assertThat(letters.get(0).getReason()).isEqualTo(reason.name());
    assertThat(letters.get(0).getMessage()).isNotBlank();
    assertThat(driver.profiles()).hasSize(1);
    assertThat(driver.counts.events).isEqualTo(1);
    return letters.get(0);
  }

  private static Purchase purchase(
      String id, String customer, long at, long amount, String currency) {
    return new Purchase(
        id, customer, at, Purchase.Action.PURCHASE, "o", amount, currency, List.of(), "");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
