package dev.lifesign.app.query;

import dev.lifesign.app.config.Settings;
import dev.lifesign.app.query.answer.AnsweredBy;
import dev.lifesign.app.runtime.LivePipeline;
import dev.lifesign.core.contract.Names;
import dev.lifesign.domain.time.Instants;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.errors.StreamsNotStartedException;
import org.apache.kafka.streams.state.HostInfo;

/**
 * Answers questions about customers from the state stores. Any instance can be asked: the owner of
 * the customer's partition answers, other instances forward the question, and if the owner is
 * unavailable, a copy answers and gives its lag. An instance answers {@link Answer.NotThere} only
 * if its state is complete; otherwise it answers {@link Answer.NotNow}.
 */
public final class CustomerQueries {

  /** How long to wait before asking again. */
  public static final Duration SOON = Duration.ofSeconds(1);

  private final KafkaStreams streams;
  private final LocalStores stores;
  private final Peers peers;
  private final HostInfo self;
  private final int partitions;
  private final boolean placedByMurmur2;
  private final Duration maxStale;
  private final LongSupplier clock;

  /**
   * Answers from a running pipeline.
   *
   * @param pipeline the pipeline
   * @param settings the API key, and how stale an answer may be
   * @param server host and port at which other instances reach this one
   * @param clock the wall clock, milliseconds since 1970
   */
  public CustomerQueries(
      LivePipeline pipeline, Settings.Http settings, String server, LongSupplier clock) {
    this.streams = pipeline.runner().streams();
    this.stores = new LocalStores(streams, pipeline.options().firstPolicy(), server);
    this.peers = new Peers(settings.apiKey());
    this.self = HostInfo.buildFromEndpoint(server);
    this.partitions = pipeline.options().partitions();
    this.placedByMurmur2 = pipeline.options().checkPartition();
    this.maxStale = settings.maxStale();
    this.clock = clock;
  }

  /**
   * Answers a question.
   *
   * @param forwarded whether another instance forwarded it; then it is not forwarded again
   */
  public Answer ask(Question question, String customerId, boolean forwarded) {
    if (!placedByMurmur2) {
      return new Answer.NotPossible(
          "Queries are not available with checkPartition: false, because a customer may be in any partition");
    }
    int partition =
        Utils.toPositive(Utils.murmur2(customerId.getBytes(StandardCharsets.UTF_8))) % partitions;
    Local<Object> local = askHere(question, customerId, partition);
    boolean certain =
        local instanceof Local.Known<Object> known
            && known.provenance().role() == AnsweredBy.Role.OWNER;
    if (certain || forwarded) {
      return answer(local, customerId);
    }
    List<HostInfo> hosts = hosts(customerId);
    for (int i = 0; i < hosts.size(); i++) {
      Optional<Answer> answer = peers.ask(hosts.get(i), question, customerId);
      if (answer.isPresent()) {
        return answer.get();
      }
      // The owner was asked first and is unavailable; the copy here is as good as any other.
      if (i == 0 && local instanceof Local.Known<Object>) {
        return answer(local, customerId);
      }
    }
    return answer(local, customerId);
  }

  /** Other instances that may know the customer: the owner first, then those with a copy. */
  private List<HostInfo> hosts(String customerId) {
    try {
      KeyQueryMetadata metadata =
          streams.queryMetadataForKey(Names.CUSTOMERS, customerId, new StringSerializer());
      if (metadata.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
        return List.of();
      }
      List<HostInfo> hosts = new ArrayList<>();
      hosts.add(metadata.activeHost());
      hosts.addAll(metadata.standbyHosts());
      hosts.removeIf(host -> host.equals(self) || host.equals(HostInfo.unavailable()));
      return hosts;
    } catch (StreamsNotStartedException | IllegalStateException e) {
      return List.of();
    }
  }

  private Local<Object> askHere(Question question, String customerId, int partition) {
    return stores
        .ask(partition, lookup -> question.read(lookup, customerId))
        .map((answer, provenance) -> answer.apply(provenance.answeredBy()));
  }

  private Answer answer(Local<Object> local, String customerId) {
    if (local instanceof Local.Unknown<Object> unknown) {
      return new Answer.NotNow(
          "No instance can answer for customer %s now; this instance reports: %s; ask again"
              .formatted(customerId, unknown.why()),
          SOON);
    }
    Local.Known<Object> known = (Local.Known<Object>) local;
    long tick = known.provenance().lastTick();
    if (tick == Instants.NEVER || clock.getAsLong() - tick > maxStale.toMillis()) {
      return new Answer.NotNow(
          "The state of partition %d %s; ask again"
              .formatted(
                  known.provenance().partition(),
                  tick == Instants.NEVER
                      ? "has not seen a tick yet"
                      : "is as of %s, older than http.maxStale (%s)"
                          .formatted(Instant.ofEpochMilli(tick), maxStale)),
          SOON);
    }
    return known
        .value()
        .<Answer>map(Answer.Found::new)
        .orElseGet(() -> new Answer.NotThere(Forwarding.unknownCustomer(customerId)));
  }
}
