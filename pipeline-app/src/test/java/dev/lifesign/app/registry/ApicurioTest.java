package dev.lifesign.app.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.lifesign.app.config.Settings;
import dev.lifesign.app.embedded.Ports;
import dev.lifesign.app.runtime.Sandbox;
import dev.lifesign.app.service.Service;
import dev.lifesign.core.codec.EventCodec;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.core.wire.AvroSerde;
import dev.lifesign.core.wire.HttpSchemaRegistry;
import dev.lifesign.core.wire.RegistryException;
import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.schema.DeadLetter;
import dev.lifesign.schema.PurchaseEvent;
import dev.lifesign.schema.StatusChange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A third-party registry: Apicurio Registry, through its Confluent-compatible API. Needs the Maven
 * profile {@code apicurio}, which downloads it.
 */
class ApicurioTest {

  private static final String HOME = System.getProperty("lifesign.apicurio.home", "");
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String PURCHASES = Topics.STANDARD.of(Family.PURCHASE);

  @TempDir static Path dir;
  private static Process process;
  private static String url;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(Files.isDirectory(Path.of(HOME)), "skipped: run with -Papicurio");
    int port = Ports.free();
    try (Stream<Path> files = Files.list(Path.of(HOME))) {
      Path jar = files.filter(f -> f.toString().endsWith("-runner.jar")).findFirst().orElseThrow();
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx400m",
                  "-Dquarkus.http.port=" + port,
                  "-Dquarkus.http.host=127.0.0.1",
                  "-jar",
                  jar.toString())
              .redirectErrorStream(true)
              .redirectOutput(dir.resolve("apicurio.log").toFile())
              .start();
    }
    url = "http://127.0.0.1:" + port + "/apis/ccompat/v7";
    await().atMost(PATIENCE).ignoreExceptions().until(() -> send("GET", "/subjects", "") == 200);
    assertThat(send("PUT", "/config", "{\"compatibility\":\"FULL\"}")).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  private static int send(String method, String path, String body)
      throws IOException, InterruptedException {
    return response(method, path, body).statusCode();
  }

  private static String answer(String method, String path, String body)
      throws IOException, InterruptedException {
    return response(method, path, body).body();
  }

  private static HttpResponse<String> response(String method, String path, String body)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static HttpSchemaRegistry client(String address, Optional<String> authorization) {
    return new HttpSchemaRegistry(
        new HttpSchemaRegistry.Settings(
            List.of(URI.create(address)),
            authorization,
            Optional.empty(),
            Duration.ofSeconds(2),
            true));
  }

  private static Schema schema(String name, String fields) {
    return new Schema.Parser()
        .parse(
            "{'type':'record','name':'%s','fields':[%s]}"
                .formatted(name, fields)
                .replace('\'', '"'));
  }

  private static final String A = "{'name':'a','type':'int'}";
  private static final String B = "{'name':'b','type':['null','int'],'default':null}";

  @Test
  void schemasAreRegisteredFetchedAndKeepTheirIds() {
    Schema one = schema("Kept", A);
    int id = client(url, Optional.empty()).register("kept-value", one);
    assertThat(client(url, Optional.empty()).register("kept-value", one)).isEqualTo(id);
    assertThat(client(url, Optional.empty()).schema(id)).isEqualTo(one);
    assertThatThrownBy(() -> client(url, Optional.empty()).schema(999_999))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("404");
  }

  @Test
  void aSchemaMayGainAndLoseAnOptionalFieldAndNoOther() {
    HttpSchemaRegistry registry = client(url, Optional.empty());
    int first = registry.register("evolving-value", schema("Evolving", A));
    int second = registry.register("evolving-value", schema("Evolving", A + "," + B));
    assertThat(second).isNotEqualTo(first);
    assertThat(client(url, Optional.empty()).register("evolving-value", schema("Evolving", A)))
        .isEqualTo(first);
    assertThatThrownBy(
            () ->
                registry.register(
                    "evolving-value", schema("Evolving", A + ",{'name':'c','type':'string'}")))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("409")
        .hasMessageContaining("give new fields a default");
  }

  @Test
  void whatWasWrittenWithAnotherVersionIsRead() throws IOException {
    HttpSchemaRegistry registry = client(url, Optional.empty());
    AvroSerde serde = new AvroSerde(registry);
    Schema wider = wider();
    PurchaseEvent read =
        (PurchaseEvent)
            serde.deserialize(PURCHASES, bytes(wider, registry.register("wider-value", wider)));
    assertThat(read.getCustomerId()).isEqualTo("c1");
  }

  @Test
  void aSchemaThatRefersToAnotherIsRead() throws Exception {
    String side =
        "{'type':'enum','name':'Side','namespace':'x','symbols':['L','R']}".replace('\'', '"');
    assertThat(send("POST", "/subjects/side/versions", body(side, ""))).isEqualTo(200);
    String purchase =
        PurchaseEvent.getClassSchema()
            .toString()
            .replaceFirst(
                "\"fields\":\\[",
                "\"fields\":[{\"name\":\"side\",\"type\":\"x.Side\",\"default\":\"L\"},");
    String answer =
        answer(
            "POST",
            "/subjects/referring/versions",
            body(purchase, "{'name':'x.Side','subject':'side','version':1}"));
    int id = new ObjectMapper().readTree(answer).path("id").asInt();

    Schema schema = client(url, Optional.empty()).schema(id);
    assertThat(schema.getField("side").schema().getEnumSymbols()).containsExactly("L", "R");
    PurchaseEvent read =
        (PurchaseEvent)
            new AvroSerde(client(url, Optional.empty())).deserialize(PURCHASES, bytes(schema, id));
    assertThat(read.getCustomerId()).isEqualTo("c1");
  }

  private static String body(String schema, String reference) {
    return new ObjectMapper()
        .createObjectNode()
        .put("schemaType", "AVRO")
        .put("schema", schema)
        .putRawValue("references", new RawValue("[" + reference.replace('\'', '"') + "]"))
        .toString();
  }

  /** A producer's own version of the schema, with a field that is unknown here. */
  private static Schema wider() {
    return new Schema.Parser()
        .parse(
            PurchaseEvent.getClassSchema()
                .toString()
                .replaceFirst(
                    "\"fields\":\\[",
                    "\"fields\":[{\"name\":\"shelf\",\"type\":\"string\",\"default\":\"\"},"));
  }

  private static byte[] bytes(Schema schema, int id) throws IOException {
    GenericRecord record = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      record.put(
          field.pos(),
          switch (field.name()) {
            case "eventId" -> "e-wide";
            case "customerId" -> "c1";
            case "occurredAt" -> System.currentTimeMillis();
            case "action" -> new GenericData.EnumSymbol(field.schema(), "PURCHASE");
            case "amount" -> 1999L;
            case "currency" -> "USD";
            case "shelf" -> "top";
            case "side" -> new GenericData.EnumSymbol(field.schema(), "R");
            default -> GenericData.get().getDefaultValue(field);
          });
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0);
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(id).array());
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
    return out.toByteArray();
  }

  @Test
  void basicAuthenticationAndTlsReachIt() throws Exception {
    Path certificate = Certificates.make(dir, "registry");
    Optional<String> secret = Optional.of(HttpSchemaRegistry.Settings.basic("me:secret"));
    try (RegistryProxy proxy = new RegistryProxy(url, secret, Optional.of(certificate))) {
      Map<String, String> keys =
          Map.of(
              "schema.registry.url",
              proxy.url(),
              "schema.registry.patience.ms",
              "2000",
              "basic.auth.user.info",
              "me:secret",
              "schema.registry.ssl.truststore.location",
              certificate.toString(),
              "schema.registry.ssl.truststore.password",
              Certificates.PASSWORD);
      AvroSerde serde = new AvroSerde();
      serde.configure(keys, false);
      PurchaseEvent event =
          (PurchaseEvent)
              new AvroSerde(client(url, Optional.empty()))
                  .deserialize(
                      PURCHASES,
                      bytes(
                          PurchaseEvent.getClassSchema(),
                          client(url, Optional.empty())
                              .register("secured-value", PurchaseEvent.getClassSchema())));
      assertThat(serde.deserialize(PURCHASES, serde.serialize(PURCHASES, event))).isEqualTo(event);

      Map<String, String> wrong = new HashMap<>(keys);
      wrong.put("basic.auth.user.info", "me:guess");
      AvroSerde stranger = new AvroSerde();
      stranger.configure(wrong, false);
      assertThatThrownBy(() -> stranger.serialize(PURCHASES, event))
          .hasMessageContaining("401")
          .hasMessageContaining("basic.auth.user.info");
    }
  }

  @Test
  void whileTheRegistryIsAwayKnownIdsGoOnAndUnknownOnesWait() throws Exception {
    try (RegistryProxy proxy = new RegistryProxy(url, Optional.empty(), Optional.empty());
        Sandbox sandbox =
            new Sandbox(dir.resolve("sandbox"), 2, Presets.text("retail"), Map.of())) {
      Settings settings = sandbox.withRegistry(proxy.url());
      AvroSerde serde = new AvroSerde(client(url, Optional.empty()));
      try (Service service = Service.start(settings, System::currentTimeMillis)) {
        service.pipeline().runner().awaitRunning();
        String first = keyOf(0, "known");
        String second = keyOf(0, "also-known");
        sandbox.producer.send(known(serde, first)).get();
        await().atMost(PATIENCE).until(() -> changes(sandbox).contains(first));
        Schema wider = wider();
        int unknown = client(url, Optional.empty()).register(PURCHASES + "-value", wider);

        proxy.goAway();
        sandbox
            .producer
            .send(new ProducerRecord<>(PURCHASES, utf8("c1"), bytes(wider, unknown)))
            .get();
        // The record with the unknown schema blocks only its own partition.
        assertThat(partition("c1")).isEqualTo(1);
        sandbox.producer.send(known(serde, second)).get();
        await().atMost(PATIENCE).until(() -> changes(sandbox).contains(second));
        assertThat(changes(sandbox)).doesNotContain("c1");

        proxy.comeBack();
        await().atMost(PATIENCE).until(() -> changes(sandbox).contains("c1"));
        assertThat(deadLetters(sandbox)).isEmpty();
        assertThat(service.pipeline().runner().failure()).isEmpty();
      }
    }
  }

  private static ProducerRecord<byte[], byte[]> known(AvroSerde serde, String customer) {
    return new ProducerRecord<>(
        PURCHASES,
        utf8(customer),
        serde.serialize(
            PURCHASES,
            EventCodec.encode(
                new Purchase(
                    "e-" + customer,
                    customer,
                    System.currentTimeMillis(),
                    Purchase.Action.PURCHASE,
                    "o",
                    100,
                    "USD",
                    List.of(),
                    ""))));
  }

  private static String keyOf(int partition, String prefix) {
    return Stream.iterate(0, i -> i + 1)
        .map(i -> prefix + i)
        .filter(key -> partition(key) == partition)
        .findFirst()
        .orElseThrow();
  }

  private static int partition(String key) {
    return Utils.toPositive(Utils.murmur2(utf8(key))) % 2;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> changes(Sandbox sandbox) {
    return sandbox.readWith(url, Topics.STANDARD.statusChanges(), StatusChange.class).stream()
        .map(StatusChange::getCustomerId)
        .toList();
  }

  private static List<DeadLetter> deadLetters(Sandbox sandbox) {
    return sandbox.readWith(url, Topics.STANDARD.deadLetters(), DeadLetter.class);
  }
}
