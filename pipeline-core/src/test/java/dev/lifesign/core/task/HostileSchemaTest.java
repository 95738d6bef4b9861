package dev.lifesign.core.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifesign.core.codec.EventCodec;
import dev.lifesign.core.contract.PipelineObserver;
import dev.lifesign.core.contract.PipelineOptions;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.core.wire.AvroSerde;
import dev.lifesign.core.wire.InMemoryRegistry;
import dev.lifesign.core.wire.RegistryException;
import dev.lifesign.core.wire.RegistryUnavailableException;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.event.RejectionReason;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.schema.PurchaseEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a writer's schema or a deserializer does, a record ends as an event or a rejection. */
@Timeout(60)
class HostileSchemaTest {

  private static final String PURCHASES = Topics.STANDARD.of(Family.PURCHASE);
  private static final long NOW = Instant.parse("2024-05-01T00:00:00Z").toEpochMilli();

  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final AvroSerde serde = new AvroSerde(registry);
  private final EventIntake reader = reader(serde);

  private static EventIntake reader(Deserializer<SpecificRecord> deserializer) {
    return new EventIntake(
        deserializer, PipelineOptions.ofLog(Presets.policy("retail"), 1, PipelineObserver.NONE));
  }

  private Intake.Read<Event> read(byte[] value) {
    return reader.read(PURCHASES, 0, "c1".getBytes(StandardCharsets.UTF_8), value, NOW);
  }

  private byte[] event() {
    return serde.serialize(
        PURCHASES,
        EventCodec.encode(
            new Purchase("e", "c1", NOW, Purchase.Action.PURCHASE, "o", 1, "USD", List.of(), "")));
  }

  /** The event's schema with a field before its own that nobody here knows. */
  private static Schema wider(String type) {
    return new Schema.Parser()
        .parse(
            PurchaseEvent.getClassSchema()
                .toString()
                .replaceFirst(
                    "\"fields\":\\[",
                    "\"fields\":[{\"name\":\"more\",\"type\":" + type.replace('\'', '"') + "},"));
  }

  /** An event with such a field, whose bytes are these. */
  private byte[] widerEvent(String type, byte[] more) {
    int id = registry.register("wider", wider(type));
    byte[] event = event();
    return ByteBuffer.allocate(event.length + more.length)
        .put((byte) 0)
        .putInt(id)
        .put(more)
        .put(event, 5, event.length - 5)
        .array();
  }

  private static byte[] longs(long... numbers) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    for (long number : numbers) {
      encoder.writeLong(number);
    }
    return out.toByteArray();
  }

  private String rejected(byte[] value) {
    Intake.Read<Event> read = read(value);
    assertThat(read.rejection()).isPresent();
    assertThat(read.rejection().get().reason()).isEqualTo(RejectionReason.UNDECODABLE);
    return read.rejection().get().message();
  }

  @Test
  void bytesAfterARecordAreARejection() {
    assertThat(read(event()).accepted()).isPresent();
    byte[] event = event();
    assertThat(rejected(Arrays.copyOf(event, event.length + 1))).contains("bytes follow it");
  }

  @Test
  void trillionsOfElementsWithoutBytesAreARejection() throws IOException {
    for (String element :
        List.of(
            "'null'",
            "{'type':'fixed','name':'F','size':0}",
            "{'type':'record','name':'E','fields':[]}",
            "{'type':'record','name':'E','fields':[{'name':'n','type':'null'}]}")) {
      String type = "{'type':'array','items':" + element + "}";
      assertThat(rejected(widerEvent(type, longs(1L << 60, 0)))).contains("parts");
      assertThat(read(widerEvent(type, longs(3, 0))).accepted()).isPresent();
      assertThat(rejected(widerEvent(type, longs(-3, 0, 0)))).contains("count their items");
    }
  }

  @Test
  void elementsWithoutBytesInAFieldThatIsReadAreARejection() throws IOException {
    Schema emptyItems =
        new Schema.Parser()
            .parse(
                PurchaseEvent.getClassSchema()
                    .toString()
                    .replaceFirst(
                        "\\{\"type\":\"record\",\"name\":\"PurchaseItem\".*?\\]\\}",
                        "{\"type\":\"record\",\"name\":\"PurchaseItem\",\"fields\":[]}"));
    assertThat(emptyItems).isNotEqualTo(PurchaseEvent.getClassSchema());
    int id = registry.register("empty-items", emptyItems);
    byte[] event = event();
    // No items is the last byte but one; instead of it, a trillion.
    byte[] many = longs(1L << 40, 0);
    byte[] bad =
        ByteBuffer.allocate(event.length - 2 + many.length + 1)
            .put((byte) 0)
            .putInt(id)
            .put(event, 5, event.length - 7)
            .put(many)
            .put((byte) 0)
            .array();
    assertThat(rejected(bad)).isNotBlank();
  }

  @Test
  void arraysOfArraysWithoutBytesAreARejection() throws IOException {
    int inner = 10_000;
    long[] numbers = new long[1 + 2 * inner + 1];
    numbers[0] = inner;
    for (int i = 0; i < inner; i++) {
      numbers[1 + 2 * i] = 100_000;
    }
    assertThat(
            rejected(
                widerEvent(
                    "{'type':'array','items':{'type':'array','items':'null'}}", longs(numbers))))
        .contains("parts");
  }

  @Test
  void recordsWithinRecordsThatDoubleWithEachLevelAreARejection() {
    String last = "{'type':'record','name':'R0','fields':[]}";
    for (int level = 1; level <= 40; level++) {
      last =
          "{'type':'record','name':'R%d','fields':[{'name':'a','type':%s},{'name':'b','type':'R%d'}]}"
              .formatted(level, last, level - 1);
    }
    assertThat(rejected(widerEvent(last, new byte[0]))).contains("parts");
  }

  @Test
  void aRecursiveSchemaIsReadAsFarAsItIsNotTooDeep() throws IOException {
    String type = "{'type':'record','name':'N','fields':[{'name':'in','type':['null','N']}]}";
    assertThat(read(widerEvent(type, longs(1, 1, 1, 0))).accepted()).isPresent();
    long[] deep = new long[500_000];
    Arrays.fill(deep, 1);
    deep[deep.length - 1] = 0;
    assertThat(rejected(widerEvent(type, longs(deep)))).contains("nested");
  }

  @Test
  void aRecordThatContainsItselfIsARejection() {
    String type = "{'type':'record','name':'N','fields':[{'name':'in','type':'N'}]}";
    assertThat(rejected(widerEvent(type, new byte[0]))).contains("nested");
  }

  @Test
  void aSchemaThatIsNoRecordIsARejection() {
    for (Schema.Type type : List.of(Schema.Type.INT, Schema.Type.NULL, Schema.Type.STRING)) {
      int id = registry.register("x", Schema.create(type));
      assertThat(rejected(ByteBuffer.allocate(6).put((byte) 0).putInt(id).array()))
          .contains(type.name());
    }
  }

  @Test
  void aNameOfAClassThatIsNoneOfTheSchemasIsNotLoaded() {
    for (String name : List.of("java.lang.Runtime", "dev.lifesign.schema.PurchaseAction")) {
      Schema schema = Schema.createRecord(name, "", "", false, List.of());
      int id = registry.register("x", schema);
      assertThat(rejected(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array())).contains(name);
    }
  }

  private static Stream<Throwable> whatADeserializerMayThrow() {
    return Stream.of(
        new AvroTypeException("no"),
        new NullPointerException(),
        new IllegalStateException("closed"),
        new ArrayIndexOutOfBoundsException(7),
        new StackOverflowError(),
        new OutOfMemoryError("Requested array size exceeds VM limit"),
        new NoClassDefFoundError("dev/lifesign/schema/purchaseevent"),
        new AssertionError("no"),
        new SerializationException("unknown id", new RestClientException(404)),
        new SerializationException((String) null));
  }

  @ParameterizedTest
  @MethodSource("whatADeserializerMayThrow")
  void whateverADeserializerThrowsAboutARecordIsARejection(Throwable thrown) {
    Intake.Read<Event> read = reader(throwing(thrown)).read(PURCHASES, 0, null, new byte[1], NOW);
    assertThat(read.rejection().orElseThrow().message()).isNotBlank();
  }

  private static Stream<RuntimeException> whatARegistrysFaultMayBe() {
    return Stream.of(
        new RegistryUnavailableException("away", null),
        new RegistryException("who are you", 401),
        new RegistryException("no JSON", 500),
        new SerializationException("no", new ConnectException("refused")),
        new SerializationException("no", new RestClientException(503)),
        new SerializationException("no", new RestClientException(429)),
        new SerializationException("no", new RestClientException(401)),
        new TimeoutException("no answer"));
  }

  @ParameterizedTest
  @MethodSource("whatARegistrysFaultMayBe")
  void aRegistrysFaultSaysNothingAboutTheRecord(RuntimeException thrown) {
    EventIntake reader = reader(throwing(thrown));
    assertThatThrownBy(() -> reader.read(PURCHASES, 0, null, new byte[1], NOW))
        .isInstanceOf(RuntimeException.class);
  }

  @Test
  void aHeapThatWasFullForAMomentCostsNoRecord() {
    SpecificRecord event = serde.deserialize(PURCHASES, event());
    Deque<Throwable> thrown = new ArrayDeque<>(List.of(new OutOfMemoryError("Java heap space")));
    EventIntake reader =
        reader(
            (topic, bytes) -> {
              if (!thrown.isEmpty()) {
                sneak(thrown.pop());
              }
              return event;
            });
    assertThat(
            reader
                .read(PURCHASES, 0, "c1".getBytes(StandardCharsets.UTF_8), new byte[1], NOW)
                .accepted())
        .isPresent();
  }

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"})
  void aDeserializerOfSomethingElseIsARejectionThatNamesTheSetting() {
    for (Object other : Arrays.asList("text", null)) {
      Deserializer raw = (topic, bytes) -> other;
      Intake.Read<Event> read = reader(raw).read(PURCHASES, 0, null, new byte[1], NOW);
      assertThat(read.rejection().orElseThrow().message()).contains("serde");
    }
  }

  /** As Confluent's client throws, which is not on this class path. */
  public static final class RestClientException extends Exception {
    private static final long serialVersionUID = 1L;
    private final int status;

    RestClientException(int status) {
      super("status " + status);
      this.status = status;
    }

    public int getStatus() {
      return status;
    }
  }

  private static Deserializer<SpecificRecord> throwing(Throwable thrown) {
    return (topic, bytes) -> {
      sneak(thrown);
      return null;
    };
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
