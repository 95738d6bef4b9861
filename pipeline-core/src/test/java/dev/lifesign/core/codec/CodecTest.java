package dev.lifesign.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.lifesign.domain.alert.AlertChange;
import dev.lifesign.domain.alert.AlertId;
import dev.lifesign.domain.customer.AlertState;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.customer.SegmentState;
import dev.lifesign.domain.customer.Subscription;
import dev.lifesign.domain.event.Acceptance;
import dev.lifesign.domain.history.Arrival;
import dev.lifesign.domain.history.Histories;
import dev.lifesign.domain.history.RandomPolicies;
import dev.lifesign.domain.lifecycle.History;
import dev.lifesign.domain.lifecycle.StatusChange;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PublishedPolicy;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.timeline.Decision;
import dev.lifesign.domain.timeline.Timeline;
import dev.lifesign.schema.history.HistoryEntry;
import dev.lifesign.schema.state.CustomerState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.Test;

/** The bytes of stores and topics. */
class CodecTest {

  private final CustomerCodec codec = new CustomerCodec();

  @Property(tries = 1_000)
  void aRestartAfterAnyStepChangesNothing(@ForAll long seed) {
    Policy policy = RandomPolicies.of(seed);
    Timeline timeline = new Timeline(Policies.of(policy));
    Optional<Customer> kept = Optional.empty();
    Optional<Customer> restarted = Optional.empty();
    for (Arrival arrival : Histories.of(seed, "c", 40)) {
      var event = Acceptance.settle(arrival.event(), arrival.arrivedAt());
      Decision outcome = timeline.apply(kept, event, arrival.arrivedAt());
      Decision again = timeline.apply(restarted, event, arrival.arrivedAt());
      assertThat(again).isEqualTo(outcome);
      kept = Optional.of(outcome.customer());
      byte[] bytes = codec.encode(new StoredCustomer(outcome.customer(), Instants.FOREVER));
      restarted = Optional.of(codec.decode("c", bytes).customer());
    }
  }

  @Property(tries = 1_000)
  void everyEventIsTheSameAfterTheWire(@ForAll long seed) {
    for (Arrival arrival : Histories.of(seed, "c", 20)) {
      assertThat(EventCodec.decode(EventCodec.encode(arrival.event()))).isEqualTo(arrival.event());
    }
  }

  @Test
  void aCustomerThatCannotBeWrittenLeavesNothingInTheNextOne() {
    Customer whole = Customer.unknown("c", 1);
    Customer withoutASegment = whole.judged(1, 2, whole.statusState(), whole.cases(), null);
    assertThatThrownBy(() -> codec.encode(new StoredCustomer(withoutASegment, Instants.FOREVER)))
        .isInstanceOf(NullPointerException.class);
    StoredCustomer stored = new StoredCustomer(whole, Instants.FOREVER);
    assertThat(codec.encode(stored)).isEqualTo(new CustomerCodec().encode(stored));
  }

  @Test
  void theBytesOfACustomerAreTheOnesReleased() throws IOException {
    byte[] golden = golden(7);
    StoredCustomer stored = codec.decode("c", golden);
    assertThat(codec.encode(stored)).isEqualTo(golden);
    assertThat(againByAvro(CustomerState.class, CustomerCodec.VERSION, golden)).isEqualTo(golden);
    assertThat(stored.customer().cases()).isEqualTo(SomeCases.BOOK);
  }

  @Test
  void anOpenAlertOfVersionSixIsThatOfACaseWithTheSameId() throws IOException {
    StoredCustomer stored = codec.decode("c", golden(6));
    assertThat(stored.customer().cases().cases())
        .singleElement()
        .satisfies(
            one -> {
              AlertState alert = one.open().orElseThrow();
              assertThat(one.rungs()).isEmpty();
              assertThat(AlertId.of("c", one.caseId(), alert.number()))
                  .isEqualTo("7b62b7fdeb7b7eb89b2eb298532c681b");
            });
    assertThat(codec.decode("c", codec.encode(stored))).isEqualTo(stored);
  }

  @Test
  void anUpgradeRaisesNothingForWhatHeldBeforeIt() throws IOException {
    Customer customer = codec.decode("c", golden(6)).customer();
    String rule = customer.cases().cases().get(0).caseId();
    Policy policy =
        PublishedPolicy.by(
                "the build before",
                1,
                """
                version: 1
                alerts:
                  - { id: %s, trigger: { status: CHURNED } }
                  - { id: other-dormant, trigger: { status: DORMANT } }
                  - { id: other-churned, trigger: { status: CHURNED } }
                """
                    .formatted(rule))
            .read();
    Timeline timeline = new Timeline(Policies.of(policy));
    Decision decision = timeline.advance(customer, customer.clock() + 1, customer.clock() + 1);
    assertThat(decision.deadlines()).isPositive();
    assertThat(decision.alerts()).noneMatch(fact -> fact.change() == AlertChange.RAISED);
    assertThat(decision.customer().policyVersion()).isEqualTo(1);
    assertThat(timeline.nextTouch(decision.customer())).isGreaterThan(customer.clock());
  }

  @Test
  void aCustomerOfVersionSixIsReadAndHasItsQuantities() throws IOException {
    StoredCustomer stored = codec.decode("c", golden(6));
    assertThat(stored.armed()).isEqualTo(1_700_000_000_000L);
    assertThat(stored.customer().subscriptions().list())
        .extracting(Subscription::id, Subscription::quantity)
        .containsExactly(
            tuple("s0", OptionalLong.of(0)),
            tuple("s1", OptionalLong.of(0)),
            tuple("s2", OptionalLong.empty()));
  }

  @Test
  void aCustomerOfVersionFiveIsReadAndHasNoQuantitiesYet() throws IOException {
    StoredCustomer stored = codec.decode("c", golden(5));
    assertThat(stored.customer().subscriptions().list())
        .hasSizeGreaterThan(1)
        .extracting(Subscription::quantity)
        .containsOnly(OptionalLong.empty());
    assertThat(stored.changes()).isNotEqualTo(PastChanges.NONE);
    assertThat(codec.decode("c", codec.encode(stored))).isEqualTo(stored);
  }

  @Test
  void aCustomerOfVersionFourIsReadAndHasNoChangesOfItsOwnYet() throws IOException {
    StoredCustomer stored = codec.decode("c", golden(4));
    assertThat(stored.changes()).isEqualTo(PastChanges.NONE);
    assertThat(stored.customer()).isEqualTo(codec.decode("c", golden(5)).customer());
    assertThat(codec.decode("c", codec.encode(stored))).isEqualTo(stored);
  }

  @Test
  void aCustomerOfVersionThreeIsReadAndHasNoChangesOfItsOwnYet() throws IOException {
    byte[] bytes = golden(3);
    StoredCustomer stored = codec.decode("c", bytes);
    assertThat(CustomerCodec.armed("c", bytes)).isEqualTo(stored.armed());
    assertThat(stored.changes()).isEqualTo(PastChanges.NONE);
    assertThat(codec.decode("c", codec.encode(stored))).isEqualTo(stored);
  }

  @Test
  void aCustomerOfVersionTwoIsReadAndHasNoScoresYet() throws IOException {
    StoredCustomer stored = codec.decode("c", golden(2));
    assertThat(stored.customer().segment().current()).isEqualTo("About to sleep");
    assertThat(stored.customer().segment().isScored()).isFalse();
    assertThat(codec.decode("c", codec.encode(stored))).isEqualTo(stored);
  }

  @Test
  void aCustomerOfVersionOneIsReadAndHasNoSegmentYet() throws IOException {
    StoredCustomer stored = codec.decode("c", golden(1));
    assertThat(stored.armed()).isEqualTo(1_700_000_000_000L);
    assertThat(stored.customer().segment()).isEqualTo(SegmentState.NONE);
    assertThat(codec.decode("c", codec.encode(stored))).isEqualTo(stored);
  }

  private byte[] golden(int version) throws IOException {
    try (InputStream file =
        getClass().getResourceAsStream("/golden/customer-v" + version + ".hex")) {
      return HexFormat.of()
          .parseHex(new String(file.readAllBytes(), StandardCharsets.UTF_8).strip());
    }
  }

  @Property(tries = 1_000)
  void theBytesOfACustomerAreAvroOfItsSchema(@ForAll long seed) throws IOException {
    byte[] bytes = codec.encode(new StoredCustomer(grown(seed), seed));
    assertThat(bytes).isEqualTo(againByAvro(CustomerState.class, CustomerCodec.VERSION, bytes));
    assertThat(CustomerCodec.armed("c", bytes)).isEqualTo(codec.decode("c", bytes).armed());
  }

  @Property(tries = 500)
  void theBytesOfPastChangesAreAvroOfTheirSchemaOneAfterAnother(@ForAll long seed)
      throws IOException {
    Timeline timeline = new Timeline(Policies.of(RandomPolicies.of(seed)));
    Optional<Customer> customer = Optional.empty();
    PastChanges changes = PastChanges.NONE;
    List<History.Change> all = new ArrayList<>();
    ByteArrayOutputStream byAvro = new ByteArrayOutputStream();
    byAvro.write(HistoryCodec.VERSION);
    for (Arrival arrival : Histories.of(seed, "c", 30)) {
      var event = Acceptance.settle(arrival.event(), arrival.arrivedAt());
      Decision outcome = timeline.apply(customer, event, arrival.arrivedAt());
      customer = Optional.of(outcome.customer());
      for (StatusChange told : outcome.statusChanges()) {
        History.Change change = History.Change.of(told);
        all.add(change);
        changes = changes.plus(change);
        byte[] alone = HistoryCodec.encode(PastChanges.NONE.plus(change));
        byte[] again = againByAvro(HistoryEntry.class, HistoryCodec.VERSION, alone);
        byAvro.write(again, 1, again.length - 1);
        // As version 1 wrote it.
        alone[0] = 1;
        assertThat(HistoryCodec.decode("c", change.sequence(), alone)).containsExactly(change);
      }
      int newest = outcome.customer().statusState().sequence();
      assertThat(changes.upTo("c", newest)).isEqualTo(all);
      byte[] bytes = HistoryCodec.encode(changes);
      assertThat(bytes).isEqualTo(byAvro.toByteArray());
      assertThat(HistoryCodec.decode("c", newest, bytes)).isEqualTo(all);
      StoredCustomer stored = new StoredCustomer(outcome.customer(), 1, changes);
      assertThat(codec.decode("c", codec.encode(stored))).isEqualTo(stored);
    }
  }

  private static <T> byte[] againByAvro(Class<T> type, byte version, byte[] bytes)
      throws IOException {
    T read =
        new SpecificDatumReader<>(type)
            .read(null, DecoderFactory.get().binaryDecoder(bytes, 1, bytes.length - 1, null));
    ByteArrayOutputStream again = new ByteArrayOutputStream();
    again.write(version);
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(again, null);
    new SpecificDatumWriter<>(type).write(read, encoder);
    return again.toByteArray();
  }

  private static Customer grown(long seed) {
    Timeline timeline = new Timeline(Policies.of(RandomPolicies.of(7)));
    Optional<Customer> customer = Optional.empty();
    for (Arrival arrival : Histories.of(seed, "c", 30)) {
      var event = Acceptance.settle(arrival.event(), arrival.arrivedAt());
      customer = Optional.of(timeline.apply(customer, event, arrival.arrivedAt()).customer());
    }
    return customer.orElseThrow();
  }

  @Test
  void bytesOfALaterVersionAreRefusedWithASentence() {
    assertThatThrownBy(() -> codec.decode("c9", new byte[] {8, 1, 1}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("c9")
        .hasMessageContaining("version 8");
  }

  @Test
  void corruptBytesNameTheCustomer() {
    assertThatThrownBy(() -> codec.decode("c9", new byte[] {1, 1, 1}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("c9")
        .hasMessageContaining("corrupt");
  }

  @Property(tries = 500)
  void theOrderOfDeadlineKeysIsTheOrderOfTime(
      @ForAll @Size(min = 2, max = 20)
          List<@LongRange(min = Long.MIN_VALUE, max = Long.MAX_VALUE) Long> instants) {
    TreeSet<org.apache.kafka.common.utils.Bytes> keys =
        instants.stream()
            .map(at -> new DeadlineKey(at, "c").toBytes())
            .collect(Collectors.toCollection(TreeSet::new));
    List<Long> inOrder = new ArrayList<>();
    keys.forEach(key -> inOrder.add(DeadlineKey.of(key).due()));
    assertThat(inOrder).isSorted();
    assertThat(new TreeSet<>(inOrder)).isEqualTo(new TreeSet<>(instants));
    assertThat(DeadlineKey.of(keys.first()).customerId()).isEqualTo("c");
  }
}
