package dev.lifesign.core.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifesign.core.contract.PipelineObserver;
import dev.lifesign.core.contract.PipelineOptions;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.core.population.CutsProcessor;
import dev.lifesign.core.task.ControlIntake;
import dev.lifesign.core.task.ControlRecordException;
import dev.lifesign.core.wire.AvroSerde;
import dev.lifesign.core.wire.RegistryException;
import dev.lifesign.core.wire.RegistryUnavailableException;
import dev.lifesign.core.wire.SchemaRegistry;
import dev.lifesign.core.wire.TotalDeserializer;
import dev.lifesign.domain.policy.PolicyFormat;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.schema.ControlRecord;
import dev.lifesign.schema.PolicyInForce;
import dev.lifesign.schema.PopulationSnapshot;
import dev.lifesign.schema.Tick;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A policy and cut points are understood, waited for, or stop the task; what is neither is a dead
 * letter.
 */
class ControlRecordsTest {

  private static final String CONTROL = Topics.STANDARD.control();
  private static final long NOW = Instant.parse("2024-03-01T00:00:00Z").toEpochMilli();

  @TempDir Path dir;
  private PipelineDriver driver;

  @BeforeEach
  void open() {
    driver = new PipelineDriver(Presets.policy("retail"), dir);
  }

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void aPolicyOfALaterFormatStopsTheTaskAndNamesTheBuild() {
    PolicyInForce later =
        new PolicyInForce(
            2, Instant.ofEpochMilli(NOW), "version: 2", PolicyFormat.NEWEST + 1, "lifesign 9.9.0");
    assertStops(
        () -> driver.policy(later, NOW),
        "lifesign.control-0, offset 0: Expected to read policy version 2",
        "needs policy format %d".formatted(PolicyFormat.NEWEST + 1),
        "reads formats up to %d".formatted(PolicyFormat.NEWEST),
        "run lifesign 9.9.0, which published it, or a later build");
  }

  @Test
  void aPolicyWithAKeyThatIsNotKnownStopsTheTaskAndNamesTheKey() {
    assertStops(
        () -> driver.policy(2, NOW, "version: 2\nhorizons: { near: P7D }", NOW),
        "policy version 2",
        "horizons: unknown key",
        "run the build of Lifesign that published it, or a later build");
  }

  @Test
  void aPolicyThatChangesTheCalendarStopsTheTaskAndSaysWhatToDo() {
    assertStops(
        () -> driver.policy(2, NOW, "version: 2\ncalendar: { zone: Asia/Tehran }", NOW),
        "lifesign.control-0, offset 0: Policy version 2 changes calendar.zone from UTC to Asia/Tehran",
        "reprocess under another application id");
  }

  @Test
  void bytesUnderTheKeyOfAPolicyOrOfCutPointsStopTheTask() {
    for (String key : List.of("policy/7", "cuts")) {
      assertStops(
          () -> driver.sendRaw(CONTROL, utf8(key), utf8("garbage"), NOW),
          "the record with key " + key + " cannot be read",
          "wire format",
          "run the build of Lifesign that wrote it");
    }
  }

  @Test
  void aRecordOfAnotherKindUnderTheKeyOfCutPointsStopsTheTask() {
    byte[] count =
        driver.bytes(
            CONTROL,
            new PopulationSnapshot(
                0, Instant.ofEpochMilli(NOW), Instant.ofEpochMilli(NOW), List.of()));
    assertStops(
        () -> driver.sendRaw(CONTROL, utf8("cuts"), count, NOW),
        "The record is not a control record");
  }

  @Test
  void strayBytesAreDeadLettersAndTheTaskGoesOn() {
    driver.sendRaw(CONTROL, null, utf8("garbage"), NOW);
    driver.sendRaw(CONTROL, utf8("tick"), utf8("garbage"), NOW);
    driver.sendRaw(CONTROL, utf8("somebody"), utf8("garbage"), NOW);
    driver.sendRaw(CONTROL, utf8("policy/7"), null, NOW);
    driver.tick(NOW);
    assertThat(driver.deadLetters())
        .extracting(letter -> letter.getReason() + " " + letter.getOffset())
        .containsExactly("UNDECODABLE 0", "UNDECODABLE 1", "UNDECODABLE 2");
    assertThat(driver.counts.caughtUpTo).isEqualTo(NOW);
  }

  @Test
  void aRegistryThatIsAwayOrRefusesAccessIsWaitedFor() {
    byte[] policy =
        driver.bytes(
            CONTROL,
            new ControlRecord(
                new PolicyInForce(2, Instant.ofEpochMilli(NOW), "version: 2", 1, "")));
    byte[] tick = driver.bytes(CONTROL, new ControlRecord(new Tick(Instant.ofEpochMilli(NOW))));
    for (RuntimeException trouble :
        List.of(
            new RegistryUnavailableException("away", null),
            new RegistryException("who are you", 401))) {
      ControlIntake reader = new ControlIntake(TotalDeserializer.of(serde(trouble)), CONTROL);
      assertThatThrownBy(() -> reader.read(utf8("policy/2"), policy, place())).isSameAs(trouble);
      assertThatThrownBy(() -> reader.read(utf8("cuts"), policy, place())).isSameAs(trouble);
      assertThatThrownBy(() -> reader.read(utf8("tick"), tick, place())).isSameAs(trouble);
    }
  }

  @Test
  void aSchemaThatTheRegistryDoesNotKnowStopsThePolicyAloneAndNotTheTick() {
    byte[] bytes = driver.bytes(CONTROL, new ControlRecord(new Tick(Instant.ofEpochMilli(NOW))));
    ControlIntake reader =
        new ControlIntake(
            TotalDeserializer.of(serde(new RegistryException("no such schema", 404))), CONTROL);
    assertThatThrownBy(() -> reader.read(utf8("policy/2"), bytes, place()))
        .isInstanceOf(ControlRecordException.class)
        .hasMessageContaining("no such schema");
    assertThat(reader.read(utf8("tick"), bytes, place()).rejection()).isPresent();
  }

  @Test
  void aCountOfAPopulationWhoseSchemaCannotBeFetchedNowIsWaitedFor() {
    byte[] count =
        driver.bytes(
            Topics.STANDARD.population(),
            new PopulationSnapshot(
                0, Instant.ofEpochMilli(NOW), Instant.ofEpochMilli(NOW), List.of()));
    for (RuntimeException trouble :
        List.of(
            new RegistryUnavailableException("away", null),
            new RegistryException("who are you", 401))) {
      CutsProcessor processor =
          new CutsProcessor(
              PipelineOptions.ofLog(Presets.policy("retail"), 1, PipelineObserver.NONE),
              TotalDeserializer.of(serde(trouble)));
      MockProcessorContext<byte[], Object> context = new MockProcessorContext<>();
      context.setRecordMetadata(Topics.STANDARD.population(), 0, 0);
      processor.init(context);
      assertThatThrownBy(
              () -> processor.process(new Record<>(utf8("0"), count, NOW, new RecordHeaders())))
          .isSameAs(trouble);
    }
  }

  private static void assertStops(ThrowingCallable read, String... parts) {
    assertThatThrownBy(read)
        .satisfiesAnyOf(
            thrown -> assertThat(thrown).isInstanceOf(ControlRecordException.class),
            thrown -> assertThat(thrown).hasCauseInstanceOf(ControlRecordException.class))
        .extracting(
            thrown ->
                thrown instanceof ControlRecordException
                    ? thrown.getMessage()
                    : thrown.getCause().getMessage())
        .asString()
        .contains(parts);
  }

  private static Deserializer<SpecificRecord> serde(RuntimeException trouble) {
    return new AvroSerde(
        new SchemaRegistry() {
          @Override
          public int register(String subject, Schema schema) {
            throw trouble;
          }

          @Override
          public Schema schema(int id) {
            throw trouble;
          }
        });
  }

  private record Place(String topic, int partition, long offset) implements RecordMetadata {}

  private static RecordMetadata place() {
    return new Place(CONTROL, 3, 42);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
