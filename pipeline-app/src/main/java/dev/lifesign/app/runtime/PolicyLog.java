package dev.lifesign.app.runtime;

import dev.lifesign.app.Build;
import dev.lifesign.app.config.Settings;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.core.task.ControlKeys;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PublishedPolicy;
import dev.lifesign.domain.policy.UnreadablePolicyException;
import dev.lifesign.lab.UserError;
import dev.lifesign.lab.file.PolicyFile;
import dev.lifesign.schema.ControlRecord;
import dev.lifesign.schema.PolicyInForce;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;

/** The policies in the control topic: one copy in each partition, written in one transaction. */
public final class PolicyLog {

  private static final int ATTEMPTS = 20;

  private final Connections connections;
  private final String applicationId;
  private final Topics topics;
  private final int partitions;

  /** Of a pipeline with so many partitions. */
  public PolicyLog(Connections connections, Settings settings, int partitions) {
    this.connections = connections;
    this.applicationId = settings.applicationId();
    this.topics = settings.topics().names();
    this.partitions = partitions;
  }

  /**
   * Makes the policy of a file the one in force: published as the first where there is none, from
   * {@code now} on where its version is newer, and left where it is the newest.
   *
   * @return the policy that holds from the beginning of time
   * @throws UserError if its version is older, or the same with another content, or if this build
   *     does not understand one that is in force
   */
  public Policy bringIntoForce(PolicyFile file, Instant now) {
    NavigableMap<Integer, PolicyInForce> known = read();
    for (int attempt = 1; isNews(file, known); attempt++) {
      try {
        publish(file, now);
      } catch (ProducerFencedException
          | InvalidProducerEpochException
          | InvalidTxnStateException e) {
        // Another instance that starts is publishing it; the last to begin gets through. One whose
        // transaction is ended meanwhile, but whose successor is not known yet, has a wrong state.
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
      known = read();
    }
    return known.values().stream()
        .filter(policy -> policy.getFrom() == null)
        .findFirst()
        .map(this::read)
        .orElse(file.policy());
  }

  /** Whether the file's policy is to be published. */
  private boolean isNews(PolicyFile file, NavigableMap<Integer, PolicyInForce> known) {
    if (known.isEmpty()) {
      return true;
    }
    int version = file.policy().version();
    int newest = known.lastKey();
    // Whatever the file's version: the tasks come to this one, and stop there.
    Policy inForce = read(known.get(newest));
    if (version < newest) {
      throw new UserError(
          "Expected a policy of version %d or later, since that is in force, but the file has version %d; use the newer file, or raise its version"
              .formatted(newest, version));
    }
    if (version == newest && !inForce.equals(file.policy())) {
      throw new UserError(
          "Expected the policy of version %d to be the one in force, but the file differs; raise its version to bring it into force"
              .formatted(version));
    }
    return version > newest;
  }

  private Policy read(PolicyInForce policy) {
    try {
      return new PublishedPolicy(
              policy.getVersion(), policy.getPolicy(), policy.getFormat(), policy.getBuild())
          .read();
    } catch (UnreadablePolicyException e) {
      throw new UserError(topics.control() + ": " + e.getMessage(), e);
    }
  }

  private NavigableMap<Integer, PolicyInForce> read() {
    NavigableMap<Integer, PolicyInForce> policies = new TreeMap<>();
    TopicPartition place = new TopicPartition(topics.control(), 0);
    Serde<SpecificRecord> serde = connections.serdes().create();
    try (KafkaConsumer<byte[], byte[]> consumer = connections.consumer()) {
      consumer.assign(List.of(place));
      consumer.seekToBeginning(List.of(place));
      long end = consumer.endOffsets(List.of(place)).get(place);
      while (consumer.position(place) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(500))) {
          policy(serde, record).ifPresent(policy -> policies.put(policy.getVersion(), policy));
        }
      }
    }
    return policies;
  }

  private Optional<PolicyInForce> policy(
      Serde<SpecificRecord> serde, ConsumerRecord<byte[], byte[]> record) {
    if (!ControlKeys.isPolicy(record.key()) || record.value() == null) {
      return Optional.empty();
    }
    try {
      SpecificRecord value = serde.deserializer().deserialize(topics.control(), record.value());
      return value instanceof ControlRecord control
              && control.getBody() instanceof PolicyInForce policy
          ? Optional.of(policy)
          : Optional.empty();
    } catch (SerializationException e) {
      throw new UserError(
          "Expected to read the policy in %s-%d at offset %d, but: %s"
              .formatted(record.topic(), record.partition(), record.offset(), e.getMessage()),
          e);
    }
  }

  /** Publishes it in one transaction, if nobody has by then. */
  private void publish(PolicyFile file, Instant now) {
    Map<String, Object> transactional =
        Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, applicationId + "-policy");
    try (KafkaProducer<byte[], byte[]> producer = connections.producer(transactional)) {
      producer.initTransactions();
      NavigableMap<Integer, PolicyInForce> known = read();
      if (!isNews(file, known)) {
        return;
      }
      int version = file.policy().version();
      PublishedPolicy published = PublishedPolicy.by(Build.name(), version, file.text());
      PolicyInForce news =
          new PolicyInForce(
              version,
              known.isEmpty() ? null : from(known, now),
              published.text(),
              published.format(),
              published.build());
      byte[] key = ControlKeys.policy(version);
      byte[] value =
          connections
              .serdes()
              .create()
              .serializer()
              .serialize(topics.control(), new ControlRecord(news));
      producer.beginTransaction();
      for (int partition = 0; partition < partitions; partition++) {
        producer.send(new ProducerRecord<>(topics.control(), partition, key, value));
      }
      producer.commitTransaction();
    }
  }

  /** Not before the one that it supersedes, whatever this machine's clock says. */
  private static Instant from(NavigableMap<Integer, PolicyInForce> known, Instant now) {
    Instant last = known.lastEntry().getValue().getFrom();
    return last == null || last.isBefore(now) ? now : last;
  }
}
