package dev.lifesign.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lifesign.core.wire.FakeRegistry.Reference;
import dev.lifesign.schema.PurchaseEvent;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a registry may answer, and what is made of it. */
class SchemaAnswersTest {

  private static final String SHELF =
      "{'type':'record','name':'Shelf','namespace':'x','fields':[{'name':'side','type':'x.Side'}]}"
          .replace('\'', '"');
  private static final String SIDE =
      "{'type':'enum','name':'Side','namespace':'x','symbols':['L','R']}".replace('\'', '"');

  private final FakeRegistry registry = new FakeRegistry();
  private final AtomicLong nanos = new AtomicLong();
  private final HttpSchemaRegistry client = new HttpSchemaRegistry(registry.settings(), nanos::get);

  @AfterEach
  void stop() {
    registry.close();
  }

  /** The event's schema with a field more, whose type is defined elsewhere. */
  private static String purchaseWith(String type) {
    return PurchaseEvent.getClassSchema()
        .toString()
        .replaceFirst(
            "\"fields\":\\[", "\"fields\":[{\"name\":\"shelf\",\"type\":\"" + type + "\"},");
  }

  @Test
  void referencesAreResolvedHoweverDeep() {
    registry.schema(1, purchaseWith("x.Shelf"), "AVRO", new Reference("x.Shelf", "a shelf/1", 3));
    registry.version("a%20shelf%2F1", 3, SHELF, new Reference("x.Side", "side", 1));
    registry.version("side", 1, SIDE);
    Schema schema = client.schema(1);
    assertThat(schema.getField("shelf").schema().getField("side").schema().getEnumSymbols())
        .containsExactly("L", "R");
  }

  @Test
  void whatTwoReferencesReferToIsFetchedOnce() {
    registry.schema(
        1,
        purchaseWith("x.Shelf"),
        "AVRO",
        new Reference("x.Shelf", "shelf", 1),
        new Reference("x.Side", "side", 1));
    registry.version("shelf", 1, SHELF, new Reference("x.Side", "side", 1));
    registry.version("side", 1, SIDE);
    assertThat(client.schema(1).getField("shelf")).isNotNull();
    assertThat(registry.asked).hasValue(3);
  }

  @Test
  void referencesInACircleAreARefusal() {
    registry.schema(1, purchaseWith("x.Shelf"), "AVRO", new Reference("x.Shelf", "shelf", 1));
    registry.version("shelf", 1, SHELF, new Reference("x.Side", "side", 1));
    registry.version("side", 1, SHELF, new Reference("x.Shelf", "shelf", 1));
    expectRefusal(1);
  }

  @Test
  void referencesWithoutEndAreARefusal() {
    registry.schema(1, purchaseWith("x.R0"), "AVRO", new Reference("x.R0", "r0", 1));
    for (int i = 0; i < 1_000; i++) {
      registry.version("r" + i, 1, SIDE, new Reference("x.R" + (i + 1), "r" + (i + 1), 1));
    }
    assertThat(expectRefusal(1)).hasMessageContaining("nested deeper");
    assertThat(registry.asked.get()).isLessThan(100);
  }

  @Test
  void aReferenceThatIsNotThereIsARefusalAndSaysWhich() {
    registry.schema(1, purchaseWith("x.Shelf"), "AVRO", new Reference("x.Shelf", "shelf", 7));
    assertThat(expectRefusal(1)).hasMessageContaining("version 7 of shelf");
  }

  @ParameterizedTest
  @ValueSource(strings = {"JSON", "PROTOBUF", "XML"})
  void anotherTypeOfSchemaIsARefusalThatSaysSo(String type) {
    registry.schema(1, "{\"type\":\"object\"}", type);
    assertThat(expectRefusal(1)).hasMessageContaining(type).hasMessageContaining("as Avro");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "17",
        "{}",
        "{'type':'record'}",
        "{'type':'record','name':null,'fields':[]}",
        "{'type':'record','name':'R'}",
        "{'type':'record','name':'R','fields':[{'name':'a','type':'nothing'}]}",
        "{'type':'record','name':'R','fields':[{'name':'a','type':'int'},{'name':'a','type':'int'}]}",
        "{'type':'record','name':'R','fields':[{'name':'a','type':['int','int']}]}",
        "{'type':'record','name':'R','fields':[{'name':'a','type':['int',['null']]}]}",
        "{'type':'fixed','name':'F','size':1000000000}",
        "{'type':'fixed','name':'F','size':-1}",
        "{'type':'enum','name':'E','symbols':['A','A']}",
        "syntax = \"proto3\";",
      })
  void aTextThatAvroRefusesIsARefusal(String text) {
    registry.schema(1, text.replace('\'', '"'), "AVRO");
    expectRefusal(1);
  }

  @Test
  void aWritersDefaultsPlayNoPart() {
    registry.schema(
        1,
        "{'type':'record','name':'R','fields':[{'name':'a','type':'int','default':'no number'}]}"
            .replace('\'', '"'),
        "AVRO");
    assertThat(client.schema(1).getField("a").schema().getType()).isEqualTo(Schema.Type.INT);
  }

  @Test
  void aSchemaOfThreeMegabytesIsARefusal() {
    registry.schema(1, "\"" + " ".repeat(3 << 20) + "int\"", "AVRO");
    assertThat(expectRefusal(1)).hasMessageContaining("longer than");
  }

  @Test
  void aNestingOfAHundredThousandLevelsIsARefusal() {
    registry.schema(
        1,
        "{\"type\":\"array\",\"items\":".repeat(50_000) + "\"int\"" + "}".repeat(50_000),
        "AVRO");
    expectRefusal(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>log in</html>", "17", "[]", "{\"message\":\"ok\"}", ""})
  void anAnswerThatIsNoneIsTheRegistrysFault(String body) {
    registry.raw(1, 200, body.getBytes(StandardCharsets.UTF_8));
    RegistryException fault = catchThrowableOfType(RegistryException.class, () -> client.schema(1));
    assertThat(fault.isAboutTheRecord()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void aRefusalOfAccessIsTheRegistrysFaultAndNotRemembered(int status) {
    registry.schema(1, PurchaseEvent.getClassSchema());
    registry.always(status, "{}");
    RegistryException fault = catchThrowableOfType(RegistryException.class, () -> client.schema(1));
    assertThat(fault.isAboutTheRecord()).isFalse();
    registry.recover();
    assertThat(client.schema(1)).isEqualTo(PurchaseEvent.getClassSchema());
  }

  @ParameterizedTest
  @ValueSource(strings = {"default backend - 404", "<html></html>", "{}", ""})
  void aNotFoundOfSomethingOtherThanARegistrySaysNothingAboutTheRecord(String body) {
    registry.schema(1, PurchaseEvent.getClassSchema());
    registry.always(404, body);
    RegistryException fault = catchThrowableOfType(RegistryException.class, () -> client.schema(1));
    assertThat(fault.isAboutTheRecord()).isFalse();
    assertThat(fault).hasMessageContaining("not a registry's answer");
    registry.recover();
    assertThat(client.schema(1)).isEqualTo(PurchaseEvent.getClassSchema());
  }

  @Test
  void anUnknownIdIsAskedForOnceUntilThatExpires() {
    expectRefusal(5);
    expectRefusal(5);
    assertThat(registry.asked).hasValue(1);

    registry.schema(5, PurchaseEvent.getClassSchema());
    nanos.addAndGet(HttpSchemaRegistry.REFUSAL_HOLDS.toNanos() - 1);
    expectRefusal(5);
    nanos.addAndGet(1);
    assertThat(client.schema(5)).isEqualTo(PurchaseEvent.getClassSchema());
    assertThat(registry.asked).hasValue(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void anIdThatNoRegistryGivesIsNotAskedFor(int id) {
    expectRefusal(id);
    assertThat(registry.asked).hasValue(0);
  }

  @Test
  void aRegistryThatAnswersWithServerErrorsIsAway() {
    registry.always(503, "");
    assertThatThrownBy(() -> client.schema(1)).isInstanceOf(RegistryUnavailableException.class);
  }

  private RegistryException expectRefusal(int id) {
    RegistryException refusal =
        catchThrowableOfType(RegistryException.class, () -> client.schema(id));
    assertThat(refusal).isNotNull();
    assertThat(refusal.isAboutTheRecord()).isTrue();
    assertThat(refusal.getMessage()).isNotBlank();
    return refusal;
  }
}
