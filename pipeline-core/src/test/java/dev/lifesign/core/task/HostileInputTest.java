package dev.lifesign.core.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.core.codec.EventCodec;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.core.topology.PipelineDriver;
import dev.lifesign.domain.event.Billing;
import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.event.RejectionReason;
import dev.lifesign.domain.event.SubscriptionChange;
import dev.lifesign.domain.event.SubscriptionKind;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.schema.CustomerProfile;
import dev.lifesign.schema.DeadLetter;
import dev.lifesign.schema.PurchaseEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Input that is meant to break things, or might as well be, breaks nothing. */
class HostileInputTest {

  private static final String PURCHASES = Topics.STANDARD.of(Family.PURCHASE);
  private static final long NOW = Instant.parse("2024-05-01T00:00:00Z").toEpochMilli();

  @TempDir Path stateDir;
  private PipelineDriver driver;

  @BeforeEach
  void start() {
    driver = new PipelineDriver(Presets.policy("retail"), stateDir);
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Purchase purchase(String id, long amount, String currency) {
    return new Purchase(
        id, "c1", NOW, Purchase.Action.PURCHASE, "o", amount, currency, List.of(), "");
  }

  private DeadLetter expectDeadLetter(RejectionReason reason) {
    driver.send(purchase("good", 1, "USD"), NOW);
    List<DeadLetter> letters = driver.deadLetters();
    assertThat(letters).hasSize(1);
    assertThat(letters.get(0).getReason()).isEqualTo(reason.name());
    assertThat(driver.profiles()).hasSize(1);
    return letters.get(0);
  }

  private static byte[] framed(int id, byte[] body) {
    return ByteBuffer.allocate(5 + body.length).put((byte) 0).putInt(id).put(body).array();
  }

  @Test
  void aRecordOfAnotherSchemaOfOursIsADeadLetter() {
    driver.send(purchase("e0", 1, "USD"), NOW);
    CustomerProfile profile = driver.profiles().get(0);
    driver.sendRaw(PURCHASES, utf8("c1"), driver.bytes(PURCHASES, profile), NOW);
    assertThat(expectDeadLetter(RejectionReason.UNDECODABLE).getMessage())
        .contains("CustomerProfile, not an event");
  }

  @Test
  void aRecordOfSomebodyElsesSchemaIsADeadLetter() {
    int id =
        driver
            .registry()
            .register("x", Schema.createRecord("Else", "", "com.example", false, List.of()));
    driver.sendRaw(PURCHASES, utf8("c1"), framed(id, new byte[0]), NOW);
    assertThat(expectDeadLetter(RejectionReason.UNDECODABLE).getMessage())
        .contains("com.example.Else");
  }

  @Test
  void aRecordOfTenMegabytesIsADeadLetterOfItsStart() {
    byte[] event = driver.bytes(PURCHASES, EventCodec.encode(purchase("e", 1, "USD")));
    byte[] large = Arrays.copyOf(event, 10 << 20);
    large[0] = 1;
    driver.sendRaw(PURCHASES, utf8("c1"), large, NOW);
    DeadLetter letter = expectDeadLetter(RejectionReason.UNDECODABLE);
    assertThat(letter.getValueLength()).isEqualTo(10 << 20);
    assertThat(letter.getValue().remaining()).isEqualTo(64 * 1024);
  }

  @Test
  void aNestingWithoutEndIsADeadLetter() throws IOException {
    String self = "{\"name\":\"in\",\"type\":[\"null\",\"Nest\"]}";
    Schema nested =
        new Schema.Parser()
            .parse(
                PurchaseEvent.getClassSchema()
                    .toString()
                    .replaceFirst(
                        "\"fields\":\\[",
                        "\"fields\":[{\"name\":\"nest\",\"type\":{\"type\":\"record\","
                            + "\"name\":\"Nest\",\"namespace\":\"x\",\"fields\":["
                            + self
                            + "]}},"));
    int id = driver.registry().register("nested", nested);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(body, null);
    for (int depth = 0; depth < 500_000; depth++) {
      encoder.writeIndex(1);
    }
    encoder.writeIndex(0);
    driver.sendRaw(PURCHASES, utf8("c1"), framed(id, body.toByteArray()), NOW);
    assertThat(expectDeadLetter(RejectionReason.UNDECODABLE).getMessage())
        .contains("nested more than");
  }

  @Test
  void aCountOfThousandsOfMillionsIsADeadLetter() {
    byte[] event = driver.bytes(PURCHASES, EventCodec.encode(purchase("e", 1, "USD")));
    byte[] huge = {(byte) 0xFE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F};
    for (int at = 5; at < event.length - huge.length; at++) {
      byte[] bad = event.clone();
      System.arraycopy(huge, 0, bad, at, huge.length);
      driver.sendRaw(PURCHASES, utf8("c1"), bad, NOW);
    }
    assertThat(driver.deadLetters()).hasSizeGreaterThan(5);
  }

  @Test
  void aPaidThroughBeyondEveryCalendarIsADeadLetter() {
    driver.send(
        new SubscriptionChange(
            "e",
            "c1",
            NOW,
            SubscriptionChange.Action.STARTED,
            "s",
            SubscriptionKind.SERVICE,
            "",
            Billing.of(0, ""),
            OptionalLong.of(Long.MAX_VALUE / 2),
            ""),
        NOW);
    assertThat(expectDeadLetter(RejectionReason.INVALID_FIELD).getMessage())
        .contains("paidThrough");
  }

  @Test
  void anIdThatIsNoUtf8IsADeadLetter() {
    byte[] event = driver.bytes(PURCHASES, EventCodec.encode(purchase("e", 1, "USD")));
    byte[] key = {(byte) 0xC3, (byte) 0x28};
    for (int i = 5; i < event.length - 1; i++) {
      if (event[i] == 'c' && event[i + 1] == '1') {
        event[i] = key[0];
        event[i + 1] = key[1];
      }
    }
    driver.sendRaw(PURCHASES, key, event, NOW);
    expectDeadLetter(RejectionReason.KEY_MISMATCH);
  }

  @Test
  void moneyBeyondEveryRangeStaysAtItsEnd() {
    for (int i = 0; i < 3; i++) {
      driver.send(purchase("e" + i, Long.MAX_VALUE, i == 0 ? "EUR" : "USD"), NOW + i);
    }
    List<CustomerProfile> profiles = driver.profiles();
    assertThat(driver.deadLetters()).isEmpty();
    assertThat(profiles.get(profiles.size() - 1).getNetMoney()).isEqualTo(Long.MAX_VALUE);
    assertThat(profiles.get(profiles.size() - 1).getOrders()).isEqualTo(3);
  }
}
