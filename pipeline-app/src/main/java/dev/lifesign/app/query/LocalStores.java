package dev.lifesign.app.query;

import dev.lifesign.app.query.answer.AnsweredBy;
import dev.lifesign.core.contract.Names;
import dev.lifesign.core.lookup.CustomerLookup;
import dev.lifesign.core.task.ControlRecordException;
import dev.lifesign.domain.policy.Policy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.LagInfo;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Answers from the stores of this instance. The answer of a partition's owner is final. A copy
 * answers with its lag. It says that a customer is unknown only if its lag is 0, because the
 * customer may be in records that it has not read.
 */
final class LocalStores {

  private static final List<String> STORES = List.of(Names.CUSTOMERS, Names.CONTROL_STATE);

  private final KafkaStreams streams;
  private final Policy firstPolicy;
  private final String instance;

  LocalStores(KafkaStreams streams, Policy firstPolicy, String instance) {
    this.streams = streams;
    this.firstPolicy = firstPolicy;
    this.instance = instance;
  }

  <T> Local<T> ask(int partition, Function<CustomerLookup, Optional<T>> question) {
    Local<T> owner = askOwner(partition, question);
    return owner instanceof Local.Known<T> ? owner : askCopy(partition, question);
  }

  private <T> Local<T> askOwner(int partition, Function<CustomerLookup, Optional<T>> question) {
    try {
      CustomerLookup lookup = lookup(partition, false);
      long tick = lookup.lastTick();
      Optional<T> value = question.apply(lookup);
      return new Local.Known<>(
          value, provenance(partition, AnsweredBy.Role.OWNER, tick, OptionalLong.of(0)));
    } catch (InvalidStateStoreException e) {
      return new Local.Unknown<>("it is not scoring partition " + partition);
    } catch (ControlRecordException e) {
      return new Local.Unknown<>("it has stopped: " + e.getMessage());
    }
  }

  private <T> Local<T> askCopy(int partition, Function<CustomerLookup, Optional<T>> question) {
    try {
      CustomerLookup lookup = lookup(partition, true);
      // Before the value: a copy advances meanwhile, and the tick must not be later than the value.
      long tick = lookup.lastTick();
      Optional<T> value = question.apply(lookup);
      OptionalLong lag = lag(partition);
      if (value.isEmpty() && lag.orElse(1) > 0) {
        return new Local.Unknown<>(
            lag.isEmpty()
                ? "it does not know yet how far its copy is behind"
                : "its copy is %d records behind".formatted(lag.getAsLong()));
      }
      return new Local.Known<>(value, provenance(partition, AnsweredBy.Role.STANDBY, tick, lag));
    } catch (InvalidStateStoreException e) {
      return new Local.Unknown<>("it has no copy of partition " + partition);
    } catch (ControlRecordException e) {
      return new Local.Unknown<>("its copy was written by another build: " + e.getMessage());
    } catch (KafkaException e) {
      return new Local.Unknown<>("the lag of its copy is unknown: " + e.getMessage());
    }
  }

  private CustomerLookup lookup(int partition, boolean copy) {
    return new CustomerLookup(
        store(Names.CUSTOMERS, partition, copy),
        store(Names.CONTROL_STATE, partition, copy),
        firstPolicy);
  }

  private ReadOnlyKeyValueStore<Bytes, byte[]> store(String name, int partition, boolean copy) {
    StoreQueryParameters<ReadOnlyKeyValueStore<Bytes, byte[]>> parameters =
        StoreQueryParameters.fromNameAndType(
                name, QueryableStoreTypes.<Bytes, byte[]>keyValueStore())
            .withPartition(partition);
    return streams.store(copy ? parameters.enableStaleStores() : parameters);
  }

  /**
   * The number of changelog records that the copy has not read, the largest of its stores; empty if
   * Kafka Streams does not know it for one of them.
   */
  private OptionalLong lag(int partition) {
    Map<String, Map<Integer, LagInfo>> lags = streams.allLocalStorePartitionLags();
    long worst = 0;
    for (String store : STORES) {
      LagInfo lag = lags.getOrDefault(store, Map.of()).get(partition);
      if (lag == null) {
        return OptionalLong.empty();
      }
      worst = Math.max(worst, lag.offsetLag());
    }
    return OptionalLong.of(worst);
  }

  private Provenance provenance(int partition, AnsweredBy.Role role, long tick, OptionalLong lag) {
    return new Provenance(instance, partition, role, tick, lag);
  }
}
