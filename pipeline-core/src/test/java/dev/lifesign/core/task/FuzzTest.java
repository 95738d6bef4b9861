package dev.lifesign.core.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.core.codec.EventCodec;
import dev.lifesign.core.contract.PipelineObserver;
import dev.lifesign.core.contract.PipelineOptions;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.core.wire.AvroSerde;
import dev.lifesign.core.wire.InMemoryRegistry;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.history.Histories;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.domain.timeline.Timeline;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * Whatever bytes come, they end as an accepted event that the timeline takes, or as a rejection
 * with a sentence; never in an exception.
 */
class FuzzTest {

  private final Topics topics = Topics.STANDARD;
  private final AvroSerde serde = new AvroSerde(new InMemoryRegistry());
  private final EventIntake reader =
      new EventIntake(
          serde, PipelineOptions.ofLog(Presets.policy("retail"), 1, PipelineObserver.NONE));
  private final Timeline timeline = new Timeline(Policies.of(Presets.policy("retail")));

  @Property(tries = 30_000, shrinking = ShrinkingMode.OFF)
  void anyBytesAreAnEventOrARejection(@ForAll long seed) {
    Random random = new Random(seed);
    Event event = Histories.of(seed, "c1", 1).get(0).event();
    String topic = topics.of(event.family());
    byte[] value = mangled(serde.serialize(topic, EventCodec.encode(event)), random);
    byte[] key =
        random.nextInt(4) == 0
            ? mangled("c1".getBytes(StandardCharsets.UTF_8), random)
            : "c1".getBytes(StandardCharsets.UTF_8);
    String any =
        random.nextInt(8) == 0
            ? topics.of(Family.values()[random.nextInt(Family.values().length)])
            : topic;
    long arrivedAt =
        switch (random.nextInt(8)) {
          case 0 -> random.nextLong();
          case 1 -> -1;
          case 2 -> Long.MAX_VALUE;
          default -> Histories.START + random.nextInt();
        };
    Intake.Read<Event> read = reader.read(any, 0, key, value, arrivedAt);
    assertThat(read.accepted().isPresent()).isNotEqualTo(read.rejection().isPresent());
    read.rejection().ifPresent(why -> assertThat(why.message()).isNotBlank());
    read.accepted()
        .ifPresent(
            accepted ->
                assertThat(timeline.apply(Optional.empty(), accepted, arrivedAt).customer().id())
                    .isEqualTo(new String(key, StandardCharsets.UTF_8)));
  }

  /** What networks, disks and other people's programs do to bytes; often only a little. */
  private static byte[] mangled(byte[] bytes, Random random) {
    byte[] mangled = bytes.clone();
    for (int times = random.nextInt(4); times > 0 && mangled.length > 0; times--) {
      int at = random.nextInt(mangled.length);
      switch (random.nextInt(7)) {
        case 0 -> mangled[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> mangled[at] = (byte) random.nextInt();
        case 2 -> mangled = Arrays.copyOf(mangled, at);
        case 3 -> mangled = Arrays.copyOf(mangled, mangled.length + random.nextInt(20));
        case 4 ->
            Arrays.fill(mangled, at, Math.min(mangled.length, at + random.nextInt(12)), (byte) -1);
        case 5 -> {
          // A length or a count of nearly two thousand millions.
          byte[] huge = {(byte) 0xFE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F};
          System.arraycopy(huge, 0, mangled, at, Math.min(huge.length, mangled.length - at));
        }
        default -> {
          byte[] noise = new byte[random.nextInt(Math.min(8, mangled.length - at + 1))];
          random.nextBytes(noise);
          System.arraycopy(noise, 0, mangled, at, Math.min(noise.length, mangled.length - at));
        }
      }
    }
    return mangled;
  }
}
