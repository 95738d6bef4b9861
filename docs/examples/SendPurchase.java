import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData.EnumSymbol;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends a purchase that happens now. Arguments: broker, registry, topic, customer, and the amount in
 * cents. Run it from the root of the project: it reads the schema from there.
 */
public final class SendPurchase {

  public static void main(String[] arguments) throws Exception {
    String topic = arguments[2];
    String customer = arguments[3];
    Schema schema =
        new Schema.Parser().parse(Path.of("schemas/src/main/avro/PurchaseEvent.avsc").toFile());
    int id = register(arguments[1], topic + "-value", schema);
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", arguments[0]),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.partitionsFor(topic); // connects, so that the event arrives when it occurs
      GenericRecord event =
          new GenericRecordBuilder(schema)
              .set("eventId", UUID.randomUUID().toString())
              .set("customerId", customer)
              .set("occurredAt", System.currentTimeMillis())
              .set("action", new EnumSymbol(schema.getField("action").schema(), "PURCHASE"))
              .set("amount", Long.parseLong(arguments[4]))
              .set("currency", "USD")
              .build();
      byte[] key = customer.getBytes(StandardCharsets.UTF_8);
      var sent = producer.send(new ProducerRecord<>(topic, key, encoded(id, event))).get();
      System.out.println("sent to " + sent);
    }
  }

  /** Confluent's wire format: a zero byte, the schema's id in four bytes, Avro binary. */
  private static byte[] encoded(int id, GenericRecord event) throws IOException {
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    value.write(0);
    value.writeBytes(ByteBuffer.allocate(4).putInt(id).array());
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(value, null);
    new GenericDatumWriter<GenericRecord>(event.getSchema()).write(event, encoder);
    encoder.flush();
    return value.toByteArray();
  }

  private static int register(String registry, String subject, Schema schema) throws Exception {
    ObjectMapper json = new ObjectMapper();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(registry + "/subjects/" + subject + "/versions"))
            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    json.writeValueAsString(Map.of("schema", schema.toString()))))
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    return json.readTree(answer.body()).path("id").asInt();
  }
}
