package dev.lifesign.app.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Properties that neither Kafka's clients nor Kafka Streams know are reported. */
class KafkaPropertiesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "security.protocol",
        "sasl.jaas.config",
        "ssl.truststore.location",
        "num.stream.threads",
        "num.standby.replicas",
        "max.poll.records",
        "linger.ms",
        "consumer.max.poll.records",
        "main.consumer.group.instance.id",
        "restore.consumer.fetch.max.bytes",
        "global.consumer.fetch.max.bytes",
        "producer.transaction.timeout.ms",
        "admin.retries",
        "topic.min.insync.replicas",
        "topic.retention.ms"
      })
  void aPropertyThatKafkaKnowsIsNotNamed(String name) {
    assertThat(KafkaProperties.unknown(List.of(name))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "num.stream.thread, num.stream.thread (num.stream.threads?)",
    "consumer.max.pol.records, consumer.max.pol.records (consumer.max.poll.records?)",
    "producer.max.poll.records, producer.max.poll.records",
    "topic.retention.msec, topic.retention.msec (topic.retention.ms?)",
    "my.own.interceptor.setting, my.own.interceptor.setting"
  })
  void anUnknownOneIsNamedWithWhatMayBeMeant(String name, String said) {
    assertThat(KafkaProperties.unknown(List.of("acks", name))).containsExactly(said);
  }

  @Test
  void theyAreNamedInOrder() {
    assertThat(KafkaProperties.unknown(List.of("zzzzzzzzz", "aaaaaaaaa")))
        .containsExactly("aaaaaaaaa", "zzzzzzzzz");
  }
}
