package dev.lifesign.core.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.core.contract.Topics;
import dev.lifesign.domain.alert.AlertId;
import dev.lifesign.domain.command.Command;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.time.Instants;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Facts have the attributes of CloudEvents 1.0 as headers, in binary content mode. */
class CloudEventsTest {

  private static final long START = Instants.parse("2024-03-01T10:00:00Z");
  private static final String ALERT = AlertId.of("käufer", "silence", 1);
  private static final Policy POLICY =
      PolicyReader.read(
              """
              version: 1
              lifecycle: { risk: { method: fixed, fixed: P45D } }
              rfm: { cuts: { recencyDays: [7, 30, 90, 180], orders: [1, 2, 4, 8], money: [1, 2, 3, 4] } }
              cases:
                - id: silence
                  owner: crm
                  ladder: [ { id: at-risk, when: { status: { in: [AT_RISK] } } } ]
              """)
          .policy()
          .orElseThrow();

  @TempDir Path dir;

  private PipelineDriver driver;

  @BeforeEach
  void open() {
    driver = new PipelineDriver(POLICY, dir);
  }

  @AfterEach
  void close() {
    driver.close();
  }

  private static Event purchase(String id, long at) {
    return new Purchase(id, "käufer", at, Purchase.Action.PURCHASE, "o", 9, "USD", List.of(), "");
  }

  private Map<String, String> headersOfFirst(String topic) {
    TestRecord<byte[], byte[]> record = driver.records(topic).get(0);
    Map<String, String> headers = new LinkedHashMap<>();
    record
        .headers()
        .forEach(
            header ->
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
    return headers;
  }

  private static Map<String, String> headers(String id, String type, String time, String subject) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("ce_specversion", "1.0");
    headers.put("ce_id", id);
    headers.put("ce_type", "dev.lifesign." + type);
    headers.put("ce_source", "test");
    headers.put("ce_time", time);
    headers.put("ce_subject", subject);
    headers.put("content-type", "application/avro");
    return headers;
  }

  @Test
  void aStatusChangeIsOne() {
    driver.send(purchase("e1", START), START + 500);
    assertThat(headersOfFirst(Topics.STANDARD.statusChanges()))
        .isEqualTo(
            headers("käufer/1/" + START, "status.changed", "2024-03-01T10:00:00Z", "käufer"));
  }

  @Test
  void aSegmentChangeIsOne() {
    driver.send(purchase("e1", START), START + 500);
    assertThat(headersOfFirst(Topics.STANDARD.segmentChanges()))
        .isEqualTo(
            headers(
                "käufer/Newcomers/" + START + "/" + (START + 500),
                "segment.changed",
                "2024-03-01T10:00:00Z",
                "käufer"));
  }

  @Test
  void eachChangeOfAnAlertIsOneOfItsOwnType() {
    driver.send(purchase("e1", START), START);
    long raisedAt = START + 45 * Instants.DAY;
    long tick = raisedAt + Instants.DAY;
    driver.tick(tick);
    assertThat(headersOfFirst(Topics.STANDARD.churnAlerts()))
        .isEqualTo(
            headers(ALERT + "/1/" + raisedAt, "alert.raised", Instants.format(raisedAt), "käufer"));
    driver.send(
        new Command(
            "k1",
            "käufer",
            "ann",
            new Command.OnAlert(ALERT, OptionalInt.empty(), new Command.Acknowledge())),
        tick + 10_000);
    assertThat(headersOfFirst(Topics.STANDARD.churnAlerts()))
        .containsEntry("ce_type", "dev.lifesign.alert.acknowledged")
        .containsEntry("ce_id", ALERT + "/2/" + (tick + 5_000));
  }

  @Test
  void anAnswerIsOne() {
    driver.send(new Command("k1", "käufer", "ann", new Command.Erase()), START);
    assertThat(headersOfFirst(Topics.STANDARD.commandResults()))
        .isEqualTo(
            headers("käufer/k1/" + START, "command.answered", "2024-03-01T10:00:00Z", "käufer"));
  }

  @Test
  void aDeadLetterIsOneWithThePlaceOfTheRejectedRecord() {
    String topic = Topics.STANDARD.commands();
    driver.sendRaw(topic, "c".getBytes(StandardCharsets.UTF_8), new byte[] {1}, START);
    assertThat(headersOfFirst(Topics.STANDARD.deadLetters()))
        .isEqualTo(
            headers(topic + "-0@0", "record.rejected", "2024-03-01T10:00:00Z", topic + "-0@0"));
  }

  @Test
  void profilesAreNone() {
    driver.send(purchase("e1", START), START);
    assertThat(headersOfFirst(Topics.STANDARD.customerProfiles())).isEmpty();
  }
}
