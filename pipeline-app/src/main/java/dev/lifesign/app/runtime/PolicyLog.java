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

/** The policies in the control topic: one copy per partition, written in one transaction. */
public final class PolicyLog {

  private static final int ATTEMPTS = 20;

  private final Connections connections;
  private final String applicationId;
  private final Topics topics;
  private final int partitions;

  /** Creates the log for a pipeline with the given number of partitions. */
  public PolicyLog(Connections connections, Settings settings, int partitions) {
    this.connections = connections;
    this.applicationId = settings.applicationId();
    this.topics = settings.topics().names();
    this.partitions = partitions;
  }

  /**
   * Brings the policy of a file into force. It is published as the first policy if there is none,
   * and with effect from {@code now} if its version is newer. Nothing is published if it is already
   * the newest.
   *
   * @return the policy in force from the beginning of time
   * @throws UserError if its version is older, if its version is the same but its content differs,
   *     if it changes the calendar by which days are stored, or if this build does not understand
   *     the policy in force
   */
  public Policy bringIntoForce(PolicyFile file, Instant now) {
    NavigableMap<Integer, PolicyInForce> known = read();
    for (int attempt = 1; isNews(file, known); attempt++) {
      try {
        publish(file, now);
      } catch (ProducerFencedException
          | InvalidProducerEpochException
          | InvalidTxnStateException e) {
        // Another instance is publishing the policy while it starts; the last one to begin
        // succeeds.
        // If its transaction is ended before the new producer is known, the state is invalid.
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

  /** Whether to publish the policy of the file. */
  private boolean isNews(PolicyFile file, NavigableMap<Integer, PolicyInForce> known) {
    if (known.isEmpty()) {
      return true;
    }
    int version = file.policy().version();
    int newest = known.lastKey();
    // Read it whatever the version of the file is, since the tasks stop if they cannot read it.
    Policy inForce = read(known.get(newest));
    if (version < newest) {
      throw new UserError(
          "The policy file has version %2$d, but version %1$d is in force; use the newer file, or raise its version"
              .formatted(newest, version));
    }
    if (version == newest && !inForce.equals(file.policy())) {
      throw new UserError(
          "The policy file differs from the policy in force, but both have version %d; raise the version in the file to bring it into force"
              .formatted(version));
    }
    requireSameCalendar(file.policy(), inForce);
    return version > newest;
  }

  private static void requireSameCalendar(Policy file, Policy inForce) {
    Optional<String> conflict = inForce.calendar().conflictWith(file.calendar());
    if (conflict.isPresent()) {
      throw new UserError(
          "The policy file changes %s, but stored days are numbered by the calendar in force; restore the calendar in the file, or reprocess under another application id (docs/how-to/reprocess.md)"
              .formatted(conflict.get()));
    }
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
          "Could not read the policy in %s-%d at offset %d: %s"
              .formatted(record.topic(), record.partition(), record.offset(), e.getMessage()),
          e);
    }
  }

  /** Publishes the policy in one transaction, unless another instance has done so by then. */
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

  /** Not before the policy that it supersedes, whatever the clock of this machine says. */
  private static Instant from(NavigableMap<Integer, PolicyInForce> known, Instant now) {
    Instant last = known.lastEntry().getValue().getFrom();
    return last == null || last.isBefore(now) ? now : last;
  }
}
