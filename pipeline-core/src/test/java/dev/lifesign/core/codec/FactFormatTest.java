package dev.lifesign.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifesign.core.task.FactSerializer;
import dev.lifesign.core.wire.AvroSerde;
import dev.lifesign.core.wire.InMemoryRegistry;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.event.Acceptance;
import dev.lifesign.domain.history.Arrival;
import dev.lifesign.domain.history.Histories;
import dev.lifesign.domain.history.RandomPolicies;
import dev.lifesign.domain.lifecycle.StatusChange;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.timeline.Decision;
import dev.lifesign.domain.timeline.Profile;
import dev.lifesign.domain.timeline.Timeline;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

/** Facts are the same bytes, whoever writes them. */
class FactFormatTest {

  private static final String TOPIC = "facts";

  private final AvroSerde own = new AvroSerde(new InMemoryRegistry());

  /** One that is not known to be Lifesign's, as a serde of the settings is not. */
  private final Serializer<SpecificRecord> others = (topic, record) -> own.serialize(topic, record);

  private final Set<String> seen = new HashSet<>();

  @Test
  void factsWrittenFieldByFieldAreTheBytesOfTheirRecords() {
    for (long seed = 0; seed < 300; seed++) {
      Policy policy = RandomPolicies.of(seed);
      Timeline timeline = new Timeline(Policies.of(policy));
      Optional<Customer> customer = Optional.empty();
      for (Arrival arrival : Histories.of(seed, "käufer", 40)) {
        var event = Acceptance.settle(arrival.event(), arrival.arrivedAt());
        Decision outcome = timeline.apply(customer, event, arrival.arrivedAt());
        customer = Optional.of(outcome.customer());
        outcome.statusChanges().forEach(this::check);
        check(Profile.of(outcome.customer(), policy, outcome.customer().clock()));
      }
    }
    assertThat(seen)
        .containsExactlyInAnyOrder(
            "first change",
            "later change",
            "with a review",
            "without a review",
            "silent",
            "not silent",
            "probability read",
            "probability not read",
            "return read",
            "return not read",
            "profile with scores",
            "profile without scores",
            "profile with a model",
            "profile without a model",
            "profile with types",
            "profile without types");
  }

  @Test
  void aFactThatCannotBeWrittenLeavesNothingInTheNextOne() {
    FactFormat<String> format =
        new FactFormat<>(
            dev.lifesign.schema.StatusChange.getClassSchema(),
            name -> {
              throw new AssertionError("Written by its fields");
            },
            (name, out) -> {
              out.writeString("before");
              out.writeString(Objects.requireNonNull(name));
            });
    byte[] alone = format.serialize(own, TOPIC, "whole");
    assertThatThrownBy(() -> format.serialize(own, TOPIC, null))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("dev.lifesign.schema.StatusChange cannot be written to " + TOPIC);

    assertThat(format.serialize(own, TOPIC, "whole")).isEqualTo(alone);
  }

  private void check(StatusChange change) {
    seen.add(change.from().isPresent() ? "later change" : "first change");
    seen.add(change.nextReview().isPresent() ? "with a review" : "without a review");
    seen.add(change.evidence().silence().since() == Instants.NEVER ? "not silent" : "silent");
    seen.add(change.evidence().alive().isPresent() ? "probability read" : "probability not read");
    seen.add(change.evidence().returning().isPresent() ? "return read" : "return not read");
    check(FactFormat.STATUS_CHANGE, change);
  }

  private void check(Profile profile) {
    seen.add("profile " + (profile.rfm().isPresent() ? "with" : "without") + " scores");
    seen.add("profile " + (profile.prediction().isPresent() ? "with" : "without") + " a model");
    seen.add("profile " + (profile.types().isEmpty() ? "without" : "with") + " types");
    check(FactFormat.PROFILE, profile);
  }

  private <T> void check(FactFormat<T> format, T fact) {
    byte[] bytes = new FactSerializer<>(format, own).serialize(TOPIC, fact);
    assertThat(bytes).isEqualTo(new FactSerializer<>(format, others).serialize(TOPIC, fact));
    assertThat(own.deserialize(TOPIC, bytes)).isEqualTo(format.toRecord().apply(fact));
  }
}
