package dev.lifesign.domain.cel;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.Optional;

/** The structs that expressions read, with the types of their fields (semantics, CEL). */
final class Structs implements CelTypeProvider {

  static final StructType SUBSCRIPTION =
      StructOf.type(
          "subscription",
          ImmutableMap.of(
              "id", SimpleType.STRING,
              "kind", SimpleType.STRING,
              "plan", SimpleType.STRING,
              "state", SimpleType.STRING,
              "entitled", SimpleType.BOOL,
              "paidThrough", SimpleType.TIMESTAMP,
              "amount", SimpleType.INT));

  static final StructType ALERT =
      StructOf.type("alert", ImmutableMap.of("subject", SimpleType.STRING));

  static final StructType CUSTOMER =
      StructOf.type(
          "customer",
          ImmutableMap.<String, CelType>builder()
              .put("status", SimpleType.STRING)
              .put("reason", SimpleType.STRING)
              .put("since", SimpleType.TIMESTAMP)
              .put("segment", SimpleType.STRING)
              .put("r", SimpleType.INT)
              .put("f", SimpleType.INT)
              .put("m", SimpleType.INT)
              .put("orders", SimpleType.INT)
              .put("netMoney", SimpleType.INT)
              .put("ordersInWindow", SimpleType.INT)
              .put("netMoneyInWindow", SimpleType.INT)
              .put("activityScore", SimpleType.DOUBLE)
              .put("types", ListType.create(SimpleType.STRING))
              .put("tenureDays", SimpleType.INT)
              .put("pAlive", SimpleType.DOUBLE)
              .put("valueAtStake", SimpleType.INT)
              .put("mrr", SimpleType.INT)
              .put("subscriptions", ListType.create(SUBSCRIPTION))
              .buildOrThrow());

  static final StructType EVENT = EventField.event();

  private static final ImmutableList<CelType> ALL =
      ImmutableList.of(CUSTOMER, EVENT, ALERT, SUBSCRIPTION, EventField.item());

  @Override
  public ImmutableCollection<CelType> types() {
    return ALL;
  }

  @Override
  public Optional<CelType> findType(String name) {
    return ALL.stream().filter(type -> type.name().equals(name)).findFirst();
  }
}
