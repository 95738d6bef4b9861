package dev.lifesign.core.codec;

import dev.lifesign.domain.customer.Subscription;
import dev.lifesign.domain.event.SubscriptionKind;
import dev.lifesign.domain.status.Reason;
import dev.lifesign.domain.status.Status;
import dev.lifesign.schema.history.HistoryReason;
import dev.lifesign.schema.history.HistoryStatus;
import dev.lifesign.schema.state.Kind;
import dev.lifesign.schema.state.SubscriptionPhase;

/**
 * Maps the constants of an enum to the symbols of a schema by name, so that neither side depends on
 * the other's order.
 */
final class WireEnums<T extends Enum<T>> {

  static final WireEnums<Status> STATUS =
      new WireEnums<>(Status.class, dev.lifesign.schema.state.Status.class);
  static final WireEnums<Reason> REASON =
      new WireEnums<>(Reason.class, dev.lifesign.schema.state.Reason.class);
  static final WireEnums<Status> PAST_STATUS = new WireEnums<>(Status.class, HistoryStatus.class);
  static final WireEnums<Reason> PAST_REASON = new WireEnums<>(Reason.class, HistoryReason.class);
  static final WireEnums<SubscriptionKind> KIND =
      new WireEnums<>(SubscriptionKind.class, Kind.class);
  static final WireEnums<Subscription.State> PHASE =
      new WireEnums<>(Subscription.State.class, SubscriptionPhase.class);

  private final int[] symbols;
  private final T[] constants;

  private WireEnums(Class<T> domain, Class<? extends Enum<?>> wire) {
    Enum<?>[] written = wire.getEnumConstants();
    constants = domain.getEnumConstants().clone();
    symbols = new int[constants.length];
    for (Enum<?> symbol : written) {
      T constant = Enum.valueOf(domain, symbol.name());
      symbols[constant.ordinal()] = symbol.ordinal();
      constants[symbol.ordinal()] = constant;
    }
    if (written.length != symbols.length) {
      throw new IllegalStateException(
          wire
              + " and "
              + domain
              + " have different constants; add the missing ones to the schema");
    }
  }

  int symbol(T constant) {
    return symbols[constant.ordinal()];
  }

  T constant(int symbol) {
    return constants[symbol];
  }
}
