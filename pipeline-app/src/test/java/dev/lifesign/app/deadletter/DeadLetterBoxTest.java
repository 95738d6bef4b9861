package dev.lifesign.app.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.app.deadletter.DeadLetterBox.NotSent;
import dev.lifesign.app.deadletter.DeadLetterBox.Result;
import dev.lifesign.app.deadletter.DeadLetterBox.Sent;
import dev.lifesign.app.deadletter.DeadLetterBox.SentBefore;
import dev.lifesign.app.runtime.Sandbox;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.schema.DeadLetter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A resent record arrives unchanged, once; one that cannot be sent is reported and does not block
 * others.
 */
class DeadLetterBoxTest {

  private static final String PURCHASES = Topics.STANDARD.of(Family.PURCHASE);
  private static final String SUPPORT = Topics.STANDARD.of(Family.SUPPORT);
  private static final String LETTERS = Topics.STANDARD.deadLetters();
  private static final int KEPT = 64 * 1024;
  private static final int LARGE = 3 * 1024 * 1024;

  @TempDir Path dir;
  private Sandbox sandbox;
  private KafkaProducer<byte[], byte[]> producer;

  @BeforeEach
  void start() {
    sandbox = new Sandbox(dir, 1, Presets.text("retail"), Map.of());
    producer = sandbox.connections.producer(Map.of("max.request.size", 2 * LARGE));
  }

  @AfterEach
  void stop() {
    producer.close();
    sandbox.close();
  }

  @Test
  void aRecordLargerThanAProducerSendsByDefaultIsSentAgainWhole() throws Exception {
    allow(PURCHASES, 2 * LARGE);
    byte[] large = random(LARGE);
    Origin origin = letterOf(stand(PURCHASES, large), large);
    assertThat(resend()).containsExactly(new Sent(origin, at(PURCHASES, 1)));
    assertThat(values(PURCHASES)).hasSize(2).allMatch(value -> Arrays.equals(value, large));
    assertThat(resend()).containsExactly(new SentBefore(origin));
  }

  @Test
  void aCommandIsSentAgain() throws Exception {
    String commands = Topics.STANDARD.commands();
    byte[] value = random(10);
    Origin origin = letterOf(stand(commands, value), value);
    assertThat(resend()).containsExactly(new Sent(origin, at(commands, 1)));
    assertThat(values(commands)).hasSize(2).allMatch(sent -> Arrays.equals(sent, value));
  }

  @Test
  void aRecordOfTheControlTopicIsNotSentAgainAndTheReasonIsTrue() throws Exception {
    String control = Topics.STANDARD.control();
    Origin origin = letterOf(stand(control, random(10)), random(10));
    assertThat(resend())
        .containsExactly(
            new NotSent(origin, "it is a record of the pipeline's own, not of an input topic"));
  }

  @Test
  void oneThatABrokerRefusesIsNamedAndTheOthersAreSent() throws Exception {
    allow(PURCHASES, 2 * LARGE);
    byte[] large = random(LARGE);
    Origin first = letterOf(stand(SUPPORT, random(10)), random(10));
    Origin refused = letterOf(stand(PURCHASES, large), large);
    Origin last = letterOf(stand(SUPPORT, random(20)), random(20));
    allow(PURCHASES, LARGE / 3);
    List<Result> results = resend();
    assertThat(results).extracting(Result::origin).containsExactlyInAnyOrder(first, refused, last);
    assertThat(results).filteredOn(Sent.class::isInstance).hasSize(2);
    assertThat(results)
        .filteredOn(NotSent.class::isInstance)
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.origin()).isEqualTo(refused);
              assertThat(((NotSent) result).why()).contains("larger than");
            });
    assertThat(values(PURCHASES)).hasSize(1);
    assertThat(values(SUPPORT)).hasSize(4);

    allow(PURCHASES, 2 * LARGE);
    List<Result> again = resend();
    assertThat(again).contains(new SentBefore(first), new SentBefore(last)).hasSize(3);
    assertThat(again)
        .filteredOn(Sent.class::isInstance)
        .extracting(Result::origin)
        .containsExactly(refused);
    assertThat(values(PURCHASES)).hasSize(2).allMatch(value -> Arrays.equals(value, large));
  }

  @Test
  void whatWasCutAndIsGoneFromItsTopicCannotBeSentAndSaysSo() throws Exception {
    byte[] value = random(100_000);
    stand(PURCHASES, value);
    Origin cut = letterOf(gone(), value);
    Origin whole = letterOf(stand(SUPPORT, random(10)), random(10));
    assertThat(resend())
        .containsExactly(
            new NotSent(
                cut,
                "it had 100,003 bytes, of which its dead letter keeps the first 65,539, and its"
                    + " topic no longer has it"),
            new Sent(whole, at(SUPPORT, 1)));
  }

  @Test
  void anotherRecordThatStandsInItsPlaceIsNotSentInstead() throws Exception {
    byte[] other = random(100_000);
    Origin origin = letterOf(stand(PURCHASES, other), reversed(other));
    assertThat(resend())
        .singleElement()
        .isInstanceOfSatisfying(
            NotSent.class,
            result -> {
              assertThat(result.origin()).isEqualTo(origin);
              assertThat(result.why()).endsWith("its place now holds another record");
            });
    assertThat(values(PURCHASES)).hasSize(1);
  }

  @Test
  void oneThatBecameADeadLetterAgainAfterAResetIsSentOnce() throws Exception {
    RecordMetadata place = stand(PURCHASES, random(10));
    Origin origin = letterOf(place, random(10));
    letterOf(place, random(10));
    assertThat(resend()).containsExactly(new Sent(origin, at(PURCHASES, 1)));
    assertThat(resend()).containsExactly(new SentBefore(origin));
    assertThat(values(PURCHASES)).hasSize(2);
  }

  @Test
  void aDryRunSaysTheSameAndSendsNothing() throws Exception {
    byte[] value = random(100_000);
    stand(PURCHASES, value);
    Origin cut = letterOf(gone(), value);
    Origin whole = letterOf(stand(SUPPORT, random(10)), random(10));
    List<Result> results = new ArrayList<>();
    box().resend(Selection.ALL, true, results::add);
    assertThat(results).extracting(Result::origin).containsExactlyInAnyOrder(cut, whole);
    assertThat(results).filteredOn(NotSent.class::isInstance).hasSize(1);
    assertThat(values(SUPPORT)).hasSize(1);
  }

  private List<Result> resend() {
    List<Result> results = new ArrayList<>();
    box().resend(Selection.ALL, false, results::add);
    return results;
  }

  private DeadLetterBox box() {
    return new DeadLetterBox(sandbox.connections, sandbox.settings);
  }

  private static Optional<Origin> at(String topic, long offset) {
    return Optional.of(new Origin(topic, 0, offset));
  }

  private RecordMetadata stand(String topic, byte[] value) throws Exception {
    return producer.send(new ProducerRecord<>(topic, 0, key(), value)).get();
  }

  /** Returns a position at which the topic no longer has a record. */
  private static RecordMetadata gone() {
    return new RecordMetadata(new TopicPartition(PURCHASES, 0), 7, 0, 0, 0, 0);
  }

  /** Writes the dead letter of a record, as the pipeline does. */
  private Origin letterOf(RecordMetadata place, byte[] value) throws Exception {
    boolean cut = value.length > KEPT;
    DeadLetter letter =
        DeadLetter.newBuilder()
            .setTopic(place.topic())
            .setPartition(place.partition())
            .setOffset(place.offset())
            .setTimestamp(1)
            .setReason("UNDECODABLE")
            .setMessage("m")
            .setKey(ByteBuffer.wrap(key()))
            .setKeyLength(key().length)
            .setValue(ByteBuffer.wrap(cut ? Arrays.copyOf(value, KEPT) : value))
            .setValueLength(value.length)
            .setValueSha256(
                cut ? ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(value)) : null)
            .setHeaders(Map.of())
            .build();
    byte[] bytes = sandbox.connections.serdes().create().serializer().serialize(LETTERS, letter);
    producer.send(new ProducerRecord<>(LETTERS, key(), bytes)).get();
    return Origin.of(letter);
  }

  /**
   * The committed records of a topic, to the end of its log. A commit returns before its markers
   * are written, and until then a reader of committed records would stop before them.
   */
  private List<byte[]> values(String topic) throws Exception {
    List<byte[]> values = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = sandbox.connections.consumer();
        Admin admin = sandbox.connections.admin()) {
      List<TopicPartition> places =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(places);
      consumer.seekToBeginning(places);
      for (TopicPartition place : places) {
        long end =
            admin
                .listOffsets(
                    Map.of(place, OffsetSpec.latest()),
                    new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                .partitionResult(place)
                .get()
                .offset();
        while (consumer.position(place) < end) {
          consumer.poll(Duration.ofSeconds(1)).forEach(record -> values.add(record.value()));
        }
      }
    }
    return values;
  }

  private void allow(String topic, int bytes) throws Exception {
    try (Admin admin = sandbox.connections.admin()) {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  new ConfigResource(ConfigResource.Type.TOPIC, topic),
                  List.of(
                      new AlterConfigOp(
                          new ConfigEntry("max.message.bytes", String.valueOf(bytes)),
                          AlterConfigOp.OpType.SET))))
          .all()
          .get();
    }
  }

  private static byte[] key() {
    return "key".getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
