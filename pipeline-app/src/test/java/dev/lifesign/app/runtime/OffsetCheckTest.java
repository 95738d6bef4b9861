package dev.lifesign.app.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifesign.app.config.Settings;
import dev.lifesign.app.embedded.EmbeddedBroker;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.lab.UserError;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State without offsets would count history twice; uncommitted records are not state. */
public class OffsetCheckTest {

  @TempDir static Path shared;
  private static EmbeddedBroker broker;
  private static Admin admin;

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.start(shared.resolve("kafka"));
    admin = Admin.create(Map.of("bootstrap.servers", brokers()));
    new TopicAdmin(admin).create(TopicSpec.all(Topics.STANDARD, 2, true), 1);
  }

  @AfterAll
  static void stop() {
    admin.close();
    broker.close();
  }

  /** Creates committed state in partition 1 of an application whose group has no offsets. */
  public static void leaveStateWithoutOffsets(String brokers, String application) throws Exception {
    write(brokers, application, true);
  }

  private static void write(String brokers, String application, boolean commit) throws Exception {
    String changelog = application + "-customers-changelog";
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers));
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers, "transactional.id", application + "-x"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
      admin.createTopics(List.of(new NewTopic(changelog, 2, (short) 1))).all().get();
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(changelog, 1, new byte[] {1}, new byte[] {2})).get();
      if (commit) {
        producer.commitTransaction();
      } else {
        producer.abortTransaction();
      }
    }
  }

  @Test
  void aFirstRunThatWasKilledBeforeItsFirstCommitMayStartAgain() throws Exception {
    write(brokers(), "killed", false);
    assertThatCode(() -> check("killed")).doesNotThrowAnyException();
    assertThatCode(() -> check("killed")).doesNotThrowAnyException();
  }

  @Test
  void stateOfWhichTheGroupKnowsNothingIsRefused() throws Exception {
    leaveStateWithoutOffsets(brokers(), "forgetful");
    assertThatThrownBy(() -> check("forgetful"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("lifesign.purchases [1]")
        .hasMessageContaining("lifesign.control [1]")
        .hasMessageContaining("events that were read before would count twice");
  }

  @Test
  void offsetsOfOneTopicThatWereDeletedAloneAreMissed() throws Exception {
    send("lifesign.purchases", 1);
    check("deleted");
    write(brokers(), "deleted", true);
    assertThatCode(() -> check("deleted")).doesNotThrowAnyException();
    delete("deleted", "lifesign.purchases", "lifesign.support");
    assertThatThrownBy(() -> check("deleted"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no committed offsets for these partitions: lifesign.purchases [1];")
        .hasMessageContaining("--group deleted");
    assertThat(committed("deleted")).doesNotContain(new TopicPartition("lifesign.purchases", 1));
  }

  @Test
  void offsetsOfControlThatWereDeletedAloneAreMissed() throws Exception {
    send("lifesign.control", 1);
    check("timeless");
    write(brokers(), "timeless", true);
    delete("timeless", "lifesign.control");
    assertThatThrownBy(() -> check("timeless"))
        .hasMessageContaining("no committed offsets for these partitions: lifesign.control [1];");
  }

  @Test
  void aTopicWhoseFirstRecordsComeWhileNothingRunsIsNotTakenForALostOne() throws Exception {
    check("patient");
    assertThat(committed("patient")).hasSize(2 * (Topics.STANDARD.inputs().size() + 1));
    write(brokers(), "patient", true);
    send("lifesign.loyalty", 1);
    assertThatCode(() -> check("patient")).doesNotThrowAnyException();
  }

  @Test
  void aTopicThatIsNewAndEmptyBeginsWhereItIs() throws Exception {
    check("upgraded");
    write(brokers(), "upgraded", true);
    delete("upgraded", "lifesign.feedback");
    assertThatCode(() -> check("upgraded")).doesNotThrowAnyException();
    send("lifesign.feedback", 1);
    assertThatCode(() -> check("upgraded")).doesNotThrowAnyException();
  }

  @Test
  void whatAGroupHasReadIsNeverSetBack() throws Exception {
    send("lifesign.contacts", 1);
    TopicPartition read = new TopicPartition("lifesign.contacts", 1);
    admin.alterConsumerGroupOffsets("reader", Map.of(read, new OffsetAndMetadata(1))).all().get();
    check("reader");
    assertThat(
            admin
                .listConsumerGroupOffsets("reader")
                .partitionsToOffsetAndMetadata()
                .get()
                .get(read)
                .offset())
        .isEqualTo(1);
  }

  private static void send(String topic, int partition) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", brokers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic, partition, new byte[] {1}, new byte[] {2})).get();
    }
  }

  private static void delete(String group, String... topics) throws Exception {
    admin
        .deleteConsumerGroupOffsets(
            group,
            Stream.of(topics)
                .flatMap(topic -> Stream.of(0, 1).map(p -> new TopicPartition(topic, p)))
                .collect(Collectors.toSet()))
        .all()
        .get();
  }

  private static Set<TopicPartition> committed(String group) throws Exception {
    return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().keySet();
  }

  private static String brokers() {
    return broker.bootstrapServers();
  }

  private static void check(String application) {
    Settings settings =
        Settings.inProcess(application, brokers(), "http://127.0.0.1:1", shared, shared, 2);
    new OffsetCheck(admin, new Connections(settings), settings).run(2);
  }
}
