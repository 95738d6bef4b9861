package dev.lifesign.lab.mapping;

import dev.lifesign.domain.event.Family;
import java.util.Arrays;
import java.util.Optional;

/** A field of an event that a column can give. */
public enum Field {
  CUSTOMER("customer"),
  TIME("time"),
  ID("id"),
  STATUS("status"),
  ORDER("order", Family.PURCHASE),
  AMOUNT("amount", Family.PURCHASE, Family.SUBSCRIPTION),
  QUANTITY("quantity", Family.PURCHASE, Family.SUBSCRIPTION),
  PRICE("price", Family.PURCHASE),
  REFUNDED("refunded", Family.PURCHASE),
  REFUNDED_TIME("refundedTime", Family.PURCHASE),
  CURRENCY("currency", Family.PURCHASE, Family.SUBSCRIPTION),
  SKU("sku", Family.PURCHASE),
  CATEGORY("category", Family.PURCHASE, Family.SUPPORT),
  CHANNEL("channel", Family.PURCHASE, Family.SUPPORT, Family.CONTACT),
  SUBSCRIPTION("subscription", Family.SUBSCRIPTION),
  KIND("kind", Family.SUBSCRIPTION),
  PLAN("plan", Family.SUBSCRIPTION),
  PAID_THROUGH("paidThrough", Family.SUBSCRIPTION),
  PERIOD("period", Family.SUBSCRIPTION),
  TRIAL("trial", Family.SUBSCRIPTION),
  CHARGED("charged", Family.SUBSCRIPTION),
  CANCEL_REASON("cancelReason", Family.SUBSCRIPTION),
  TICKET("ticket", Family.SUPPORT),
  NETWORK("network", Family.SOCIAL),
  SENTIMENT("sentiment", Family.SOCIAL),
  RATING("rating", Family.SOCIAL),
  SCORE("score", Family.FEEDBACK),
  SCALE_MAX("scaleMax", Family.FEEDBACK),
  COMMENT("comment", Family.FEEDBACK),
  POINTS("points", Family.LOYALTY),
  TIER("tier", Family.LOYALTY);

  private final String key;
  private final int families;

  Field(String key, Family... families) {
    this.key = key;
    int bits = 0;
    for (Family family : families.length == 0 ? Family.values() : families) {
      bits |= 1 << family.ordinal();
    }
    this.families = bits;
  }

  /** The key in a mapping. */
  public String key() {
    return key;
  }

  /** Whether events of the family have this field. */
  boolean belongsTo(Family family) {
    return (families & 1 << family.ordinal()) != 0;
  }

  /** The field with a key. */
  static Optional<Field> of(String key) {
    return Arrays.stream(values()).filter(field -> field.key.equals(key)).findFirst();
  }
}
