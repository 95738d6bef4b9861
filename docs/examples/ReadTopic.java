import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Prints the last records of a topic as JSON, one per line. Arguments: broker, registry, topic, and
 * how many offsets of each partition to go back (the end of a transaction takes one, too).
 */
public final class ReadTopic {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  public static void main(String[] arguments) throws Exception {
    String registry = arguments[1];
    String topic = arguments[2];
    long last = Long.parseLong(arguments[3]);
    Map<String, Object> settings =
        Map.of("bootstrap.servers", arguments[0], "isolation.level", "read_committed");
    Map<Integer, Schema> schemas = new HashMap<>();
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      ends.forEach((partition, end) -> consumer.seek(partition, Math.max(0, end - last)));
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (var record : consumer.poll(Duration.ofMillis(200))) {
          if (record.offset() >= ends.get(new TopicPartition(topic, record.partition()))) {
            continue; // written since
          }
          // Confluent's wire format: a zero byte, the schema's id in four bytes, Avro binary.
          ByteBuffer value = ByteBuffer.wrap(record.value());
          value.get();
          int id = value.getInt();
          if (!schemas.containsKey(id)) {
            schemas.put(id, schema(registry, id));
          }
          var decoder =
              DecoderFactory.get()
                  .binaryDecoder(value.array(), value.position(), value.remaining(), null);
          System.out.println(new GenericDatumReader<>(schemas.get(id)).read(null, decoder));
        }
      }
    }
  }

  private static Schema schema(String registry, int id) throws Exception {
    URI address = URI.create(registry + "/schemas/ids/" + id);
    HttpResponse<String> answer =
        HTTP.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    return new Schema.Parser().parse(JSON.readTree(answer.body()).path("schema").asText());
  }
}
