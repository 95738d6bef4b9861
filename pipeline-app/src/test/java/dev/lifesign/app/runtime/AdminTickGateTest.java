package dev.lifesign.app.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lifesign.core.contract.Topics;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.Test;

/** A partition ticks as long as its own brokers answer. */
class AdminTickGateTest {

  private static final long LATENESS = 10_000;

  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void aBrokerThatDoesNotAnswerHoldsBackItsOwnPartitionsOnly() {
    try (AdminTickGate gate = new AdminTickGate(silentAbout(1), Topics.STANDARD, 2)) {
      await().until(() -> gate.isOpen(0, LATENESS));
      // The question that was not answered keeps no later one from being asked.
      int before = asked.get();
      await().until(() -> asked.get() > before + 1);
      assertThat(gate.isOpen(0, LATENESS)).isTrue();
      assertThat(gate.isOpen(1, LATENESS)).isFalse();
    }
  }

  private Admin silentAbout(int partition) {
    return (Admin)
        Proxy.newProxyInstance(
            Admin.class.getClassLoader(),
            new Class<?>[] {Admin.class},
            (self, method, arguments) -> {
              if (!method.getName().equals("listOffsets")) {
                throw new UnsupportedOperationException(method.toString());
              }
              asked.incrementAndGet();
              return new ListOffsetsResult(answers((Map<?, ?>) arguments[0], partition));
            });
  }

  private static Map<TopicPartition, KafkaFuture<ListOffsetsResultInfo>> answers(
      Map<?, ?> asked, int silent) {
    return asked.keySet().stream()
        .map(TopicPartition.class::cast)
        .collect(
            Collectors.toMap(
                place -> place,
                place ->
                    place.partition() == silent
                        ? new KafkaFutureImpl<>()
                        : KafkaFuture.completedFuture(
                            new ListOffsetsResultInfo(0, 0, Optional.empty()))));
  }
}
