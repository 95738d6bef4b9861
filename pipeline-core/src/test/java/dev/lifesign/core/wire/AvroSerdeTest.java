package dev.lifesign.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifesign.schema.PopulationSnapshot;
import dev.lifesign.schema.SegmentChange;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class AvroSerdeTest {

  private static final String TOPIC = "lifesign.segment-changes";

  private final AvroSerde serde = new AvroSerde(new InMemoryRegistry());

  @Test
  void aRecordThatCannotBeWrittenLeavesNothingInTheNextOne() {
    SegmentChange whole = change("c2", "CHAMPIONS");
    byte[] alone = new AvroSerde(new InMemoryRegistry()).serialize(TOPIC, whole);
    SegmentChange withoutASegment = change("c1", null);
    assertThatThrownBy(() -> serde.serialize(TOPIC, withoutASegment))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("SegmentChange cannot be written to " + TOPIC);

    assertThat(serde.serialize(TOPIC, whole)).isEqualTo(alone);
    assertThat(serde.deserialize(TOPIC, alone)).isEqualTo(whole);
  }

  @Test
  void twoKindsOfRecordsInOneTopicAreReadAsWhatTheyWere() {
    SegmentChange change = change("c1", "CHAMPIONS");
    PopulationSnapshot snapshot =
        new PopulationSnapshot(0, Instant.EPOCH, Instant.EPOCH, List.of());
    for (int i = 0; i < 2; i++) {
      assertThat(serde.deserialize(TOPIC, serde.serialize(TOPIC, change))).isEqualTo(change);
      assertThat(serde.deserialize(TOPIC, serde.serialize(TOPIC, snapshot))).isEqualTo(snapshot);
    }
  }

  private static SegmentChange change(String customer, String to) {
    return new SegmentChange(customer, "", to, 5, 5, 5, false, Instant.EPOCH, Instant.EPOCH, 1);
  }
}
