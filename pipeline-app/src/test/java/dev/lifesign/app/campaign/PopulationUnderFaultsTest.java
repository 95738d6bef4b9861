package dev.lifesign.app.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.app.runtime.Connections;
import dev.lifesign.core.codec.PopulationCodec;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.domain.scoring.Population;
import dev.lifesign.domain.scoring.PopulationBlock;
import dev.lifesign.domain.scoring.PopulationMember;
import dev.lifesign.schema.PopulationSnapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * After kills of the pipeline and the broker, the population counted by the tasks equals that of an
 * undisturbed timeline: no customer is missing or counted twice.
 */
class PopulationUnderFaultsTest {

  private static final int CUSTOMERS = 400;
  private static final int PARTITIONS = 4;
  private static final long UNTIL = Instant.parse("2025-03-01T00:00:00Z").toEpochMilli();

  @TempDir Path dir;

  @Test
  void everyCustomerIsCountedOnceWhateverIsDoneToThePipeline() throws IOException {
    String text =
        Presets.text("marketplace")
            .replace("rates: {}", "rates: { EUR: 1.08 }")
            .replaceAll("cuts: \\{.*}", "cuts: population")
            .replaceAll("(?s)(rfm:.*?)window: P\\d+D", "$1window: P2000D");
    Policy policy = PolicyReader.read(text).policy().orElseThrow();
    assertThat(policy.rfm().cutsEvery()).isPresent();
    assertThat(policy.rfm().windowDays()).isEqualTo(2_000);
    Files.writeString(dir.resolve("policy.yaml"), text);
    WrittenHistory history = new WrittenHistory(3, CUSTOMERS, 12, 1, UNTIL);
    try (Cluster cluster = new Cluster(dir)) {
      Topics topics = new Topics("p.", CrashRound.outputPrefix("population"));
      Inputs inputs = history.write(cluster.connections(), topics, PARTITIONS);
      CrashRound round =
          new CrashRound(cluster, dir, "population", inputs, 3)
              // A partition publishes its count once it has done all due work.
              .endingOnceAlso((connections, own) -> counts(connections, own).size() == PARTITIONS);
      round.run(
          List.of(Fault.KILL_PIPELINE, Fault.KILL_BROKER, Fault.KILL_PIPELINE),
          UNTIL,
          (connections, own) -> look(connections, own, history, policy));
    }
  }

  /** The last count of a partition, and its tick. */
  private record Count(long tick, PopulationSnapshot snapshot) {}

  private static void look(
      Connections connections, Topics own, WrittenHistory history, Policy policy) {
    Map<Integer, Count> counts = counts(connections, own);
    assertThat(counts.keySet()).hasSize(PARTITIONS);
    // Each at the tick of its own count, since partitions catch up one after the other.
    counts.forEach(
        (partition, count) -> {
          Population counted = new Population();
          PopulationCodec.addTo(counted, count.snapshot());
          Population expected = new Population();
          for (Customer customer :
              history.customers(policy, count.tick() - policy.lateness() - 1).values()) {
            if (partition(customer.id()) == partition) {
              Optional<PopulationMember> member =
                  PopulationMember.of(customer, policy, customer.clock());
              expected.replace(Optional.empty(), member);
            }
          }
          expected.coarsen(count.tick());
          assertThat(expected.customers()).isGreaterThan(25);
          assertThat(differences(blocks(counted), blocks(expected))).isEmpty();
        });
  }

  private static int partition(String customer) {
    byte[] key = customer.getBytes(StandardCharsets.UTF_8);
    return Utils.toPositive(Utils.murmur2(key)) % PARTITIONS;
  }

  private static List<String> differences(
      Map<PopulationBlock, List<Long>> counted, Map<PopulationBlock, List<Long>> expected) {
    Set<PopulationBlock> all = new HashSet<>(counted.keySet());
    all.addAll(expected.keySet());
    return all.stream()
        .filter(block -> !Objects.equals(counted.get(block), expected.get(block)))
        .map(
            block ->
                "%s: %s instead of %s".formatted(block, counted.get(block), expected.get(block)))
        .toList();
  }

  private static Map<PopulationBlock, List<Long>> blocks(Population population) {
    Map<PopulationBlock, List<Long>> blocks = new HashMap<>();
    population.forEachBlock(
        (block, counts) -> blocks.put(block, Arrays.stream(counts).boxed().toList()));
    return blocks;
  }

  private static Map<Integer, Count> counts(Connections connections, Topics own) {
    Map<Integer, Count> counts = new HashMap<>();
    Serde<SpecificRecord> serde = connections.serdes().create();
    List<TopicPartition> place = List.of(new TopicPartition(own.population(), 0));
    try (KafkaConsumer<byte[], byte[]> consumer = connections.consumer()) {
      consumer.assign(place);
      consumer.seekToBeginning(place);
      long end = consumer.endOffsets(place).get(place.get(0));
      while (consumer.position(place.get(0)) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          PopulationSnapshot snapshot =
              (PopulationSnapshot) serde.deserializer().deserialize(record.topic(), record.value());
          counts.put(snapshot.getPartition(), new Count(record.timestamp(), snapshot));
        }
      }
    }
    return counts;
  }
}
