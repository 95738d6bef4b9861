package dev.lifesign.core.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lifesign.core.codec.PopulationCodec;
import dev.lifesign.core.contract.Names;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.domain.command.Command;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.schema.ChurnAlert;
import dev.lifesign.schema.CommandResult;
import dev.lifesign.schema.KeptFacts;
import dev.lifesign.schema.StatusChange;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ERASE through the topology (semantics, Commands, identities). */
class EraseTest {

  private static final long START = Instants.parse("2024-03-01T10:00:00Z");
  private static final String ID = "Qz7#unmistakable#xW";
  private static final Policy POLICY =
      PolicyReader.read(
              """
              version: 1
              lifecycle: { risk: { method: fixed, fixed: P45D } }
              rfm: { cuts: population }
              cases:
                - id: silence
                  owner: crm
                  ladder: [ { id: at-risk, when: { status: { in: [AT_RISK] } } } ]
              """)
          .policy()
          .orElseThrow();

  @TempDir Path dir;

  private PipelineDriver driver;
  private long at = START;

  @BeforeEach
  void open() {
    driver = new PipelineDriver(POLICY, dir);
  }

  @AfterEach
  void close() {
    driver.close();
  }

  private static Event purchase(String id, long occurredAt) {
    return new Purchase(
        id, ID, occurredAt, Purchase.Action.PURCHASE, "o", 100, "USD", List.of(), "");
  }

  private void buy(String id, long when) {
    at = when;
    driver.send(purchase(id, at), at);
  }

  private void erase(String commandId) {
    at += 1_000;
    driver.send(new Command(commandId, ID, "dpo", new Command.Erase()), at);
  }

  /** Enough changes of status that some are in blocks of their own, then an alert. */
  private void live() {
    for (int i = 0; i < 12; i++) {
      buy("e" + i, START + i * 60L * Instants.DAY);
    }
    at += 46 * Instants.DAY;
    driver.tick(at);
    assertThat(driver.alerts()).last().extracting(ChurnAlert::getState).isEqualTo("OPEN");
    assertThat(driver.statusChanges()).hasSizeGreaterThan(16);
  }

  private static boolean hasId(byte[] bytes) {
    return bytes != null && new String(bytes, StandardCharsets.ISO_8859_1).contains(ID);
  }

  @Test
  void openAlertsEndErasedAndTheProfileIsRemoved() {
    live();
    driver.records(Topics.STANDARD.customerProfiles());
    erase("k1");
    assertThat(driver.alerts())
        .extracting(ChurnAlert::getChange, ChurnAlert::getResolution, ChurnAlert::getBy)
        .containsExactly(tuple("ERASED", "ERASED", "dpo"));
    List<TestRecord<byte[], byte[]>> profiles = driver.records(Topics.STANDARD.customerProfiles());
    assertThat(profiles).hasSize(1);
    assertThat(new String(profiles.get(0).key(), StandardCharsets.UTF_8)).isEqualTo(ID);
    assertThat(profiles.get(0).value()).isNull();
    assertThat(driver.commandResults())
        .extracting(CommandResult::getAccepted, CommandResult::getVersion)
        .containsExactly(tuple(true, 0));
  }

  @Test
  void noKeyAndNoValueOfAStoreHasTheIdAfterwards() {
    live();
    assertThat(stored()).isNotEmpty();
    erase("k1");
    assertThat(stored()).isEmpty();
  }

  private List<String> stored() {
    List<String> found = new ArrayList<>();
    for (String store : List.of(Names.CUSTOMERS, Names.CONTROL_STATE, Names.POPULATION)) {
      driver.passTime(Duration.ofMillis(20));
      driver
          .entries(store)
          .forEach(
              (key, value) -> {
                if (hasId(key.get()) || hasId(value)) {
                  found.add(store + " " + key);
                }
              });
    }
    return found;
  }

  @Test
  void theCustomerIsCountedNoLonger() {
    live();
    assertThat(counted()).isPositive();
    erase("k1");
    assertThat(counted()).isZero();
  }

  private long counted() {
    return driver.entries(Names.POPULATION).entrySet().stream()
        .filter(entry -> entry.getKey().get().length > 1)
        .mapToLong(entry -> LongStream.of(PopulationCodec.decode(entry.getValue())).sum())
        .sum();
  }

  @Test
  void noDeadlineOfTheCustomerFiresAnyMore() {
    live();
    erase("k1");
    driver.alerts();
    int fired = driver.counts.fired;
    at += 400 * Instants.DAY;
    driver.tick(at);
    driver.workUpTo(at);
    assertThat(driver.counts.fired).isEqualTo(fired);
    assertThat(driver.statusChanges()).isEmpty();
    assertThat(driver.alerts()).isEmpty();
  }

  @Test
  void whatArrivesWithinThirtyDaysIsDroppedAndCounted() {
    live();
    erase("k1");
    long erasedAt = at;
    driver.statusChanges();
    buy("f1", erasedAt);
    buy("f2", erasedAt + 30 * Instants.DAY - 1);
    assertThat(driver.counts.droppedAsErased).isEqualTo(2);
    assertThat(driver.statusChanges()).isEmpty();
    assertThat(driver.deadLetters()).isEmpty();
    assertThat(stored()).isEmpty();
  }

  @Test
  void whatArrivesAfterThatBeginsANewCustomer() {
    live();
    erase("k1");
    driver.statusChanges();
    buy("f1", at + 30 * Instants.DAY);
    assertThat(driver.counts.droppedAsErased).isZero();
    assertThat(driver.statusChanges())
        .extracting(StatusChange::getSequence, StatusChange::getFrom, StatusChange::getTo)
        .containsExactly(tuple(1, null, "NEW"));
  }

  @Test
  void aCustomerWhoIsErasedIsUnknownToFurtherCommands() {
    live();
    erase("k1");
    erase("k2");
    assertThat(driver.commandResults())
        .extracting(CommandResult::getReason)
        .containsExactly("", "UNKNOWN_CUSTOMER");
    assertThat(stored()).isEmpty();
  }

  @Test
  void aRepeatedEraseIsAnsweredAsBeforeAndChangesNothing() {
    live();
    erase("k1");
    long erasedAt = at;
    CommandResult first = driver.commandResults().get(0);
    assertThat(first.getKept())
        .containsExactly(
            new KeptFacts("facts", Instant.ofEpochMilli(erasedAt + Instants.DAY)),
            new KeptFacts("inputs", null));
    driver.alerts();
    driver.records(Topics.STANDARD.customerProfiles());
    driver.changelog(Names.CONTROL_STATE);
    erase("k1");
    CommandResult again = driver.commandResults().get(0);
    assertThat(again.getDetectedAt().toEpochMilli()).isEqualTo(at).isGreaterThan(erasedAt);
    again.setDetectedAt(first.getDetectedAt());
    assertThat(again).isEqualTo(first);
    assertThat(driver.alerts()).isEmpty();
    assertThat(driver.records(Topics.STANDARD.customerProfiles())).isEmpty();
    buy("f1", erasedAt + 30 * Instants.DAY - 1);
    buy("f2", erasedAt + 30 * Instants.DAY);
    assertThat(driver.counts.droppedAsErased).isEqualTo(1);
  }

  @Test
  void aProfilePublishedEarlierIsRemovedThoughProfilesAreNotPublished(@TempDir Path own) {
    driver.close();
    driver = PipelineDriver.withoutProfiles(POLICY, own);
    live();
    assertThat(driver.records(Topics.STANDARD.customerProfiles())).isEmpty();
    erase("k1");
    assertThat(driver.records(Topics.STANDARD.customerProfiles()))
        .singleElement()
        .satisfies(
            profile -> {
              assertThat(new String(profile.key(), StandardCharsets.UTF_8)).isEqualTo(ID);
              assertThat(profile.value()).isNull();
            });
  }

  @Test
  void aRejectedEventThatArrivesWithinThirtyDaysIsDroppedToo() {
    live();
    Event negative =
        new Purchase("f1", ID, at, Purchase.Action.PURCHASE, "o", -1, "USD", List.of(), "");
    driver.send(negative, ++at);
    assertThat(driver.deadLetters()).hasSize(1);
    erase("k1");
    long erasedAt = at;
    driver.send(negative, erasedAt + 30 * Instants.DAY - 1);
    assertThat(driver.deadLetters()).isEmpty();
    assertThat(driver.counts.droppedAsErased).isEqualTo(1);
    assertThat(stored()).isEmpty();
    driver.send(negative, erasedAt + 30 * Instants.DAY);
    assertThat(driver.deadLetters()).hasSize(1);
    assertThat(driver.counts.droppedAsErased).isEqualTo(1);
  }

  @Test
  void aCustomerWhoBeganAnewCanBeErasedAgain() {
    live();
    erase("k1");
    buy("f1", at + 30 * Instants.DAY);
    erase("k2");
    assertThat(driver.commandResults())
        .extracting(CommandResult::getReason)
        .containsExactly("", "");
    buy("f2", at + Instants.DAY);
    assertThat(driver.counts.droppedAsErased).isEqualTo(1);
    assertThat(stored()).isEmpty();
  }
}
