package dev.lifesign.lab.file;

import dev.lifesign.domain.event.Billing;
import dev.lifesign.domain.event.Contact;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Feedback;
import dev.lifesign.domain.event.Loyalty;
import dev.lifesign.domain.event.RejectionReason;
import dev.lifesign.domain.event.Social;
import dev.lifesign.domain.event.SubscriptionChange;
import dev.lifesign.domain.event.SubscriptionKind;
import dev.lifesign.domain.event.Support;
import dev.lifesign.lab.mapping.ExtraEvent;
import dev.lifesign.lab.mapping.Field;
import dev.lifesign.lab.mapping.Mapping;
import dev.lifesign.lab.mapping.Statuses;
import dev.lifesign.lab.table.Row;
import dev.lifesign.lab.value.Periods;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Turns rows into events of the families other than purchases. */
final class FamilyRows implements EventRows {

  /** What says in a column that a subscription is being tried. */
  private static final Set<String> TRIALS =
      Set.of("true", "yes", "y", "1", "trial", "trialing", "on_trial");

  private final Mapping mapping;
  private final Cells cells;
  private final ExtraTimes extraTimes;
  private final RowOutput output;

  /** The times of extra events in a row. */
  interface ExtraTimes {
    String of(Row row, int event);
  }

  FamilyRows(Mapping mapping, Cells cells, ExtraTimes extraTimes, RowOutput output) {
    this.mapping = mapping;
    this.cells = cells;
    this.extraTimes = extraTimes;
    this.output = output;
  }

  @Override
  public void accept(Row row) {
    try {
      String status = cells.text(row, Field.STATUS);
      String outcome = cells.outcome(status).orElse("");
      if (outcome.equals(Statuses.NOTHING)) {
        output.leftOut(row, "with the status " + status);
        return;
      }
      String customer = cells.customer(row);
      if (customer.isEmpty()) {
        throw cells.noCustomer(row);
      }
      if (outcome.isEmpty()) {
        throw cells.missing(Field.STATUS);
      }
      String given = cells.text(row, Field.ID);
      String id = given.isEmpty() ? output.id(row.number()) : given;
      String time = cells.text(row, Field.TIME);
      emit(row, event(row, id, customer, cells.time(time, Field.TIME), action(outcome)));
      List<ExtraEvent> extra = mapping.extraEvents();
      for (int i = 0; i < extra.size(); i++) {
        String at = extraTimes.of(row, i);
        if (!at.isEmpty() && extra.get(i).mayFollow(status)) {
          Enum<?> action = extra.get(i).action();
          emit(
              row,
              event(row, id + "-" + action.name(), customer, cells.time(at, Field.TIME), action));
        }
      }
    } catch (RowFault e) {
      output.fault(row, e);
    }
  }

  private void emit(Row row, Event event) {
    output.lines().accept(Line.of(row.number(), event.occurredAt(), event, row.text()));
  }

  private Enum<?> action(String name) {
    return Arrays.stream(mapping.family().actions())
        .filter(action -> action.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private Event event(Row row, String id, String customer, long at, Enum<?> action)
      throws RowFault {
    return switch (mapping.family()) {
      case PURCHASE -> throw new IllegalStateException("Purchases are read as orders");
      case SUBSCRIPTION -> subscription(row, id, customer, at, (SubscriptionChange.Action) action);
      case SUPPORT ->
          new Support(
              id,
              customer,
              at,
              (Support.Action) action,
              cells.text(row, Field.TICKET),
              choice(row, Field.CATEGORY, Support.Category.class, Support.Category.OTHER),
              cells.text(row, Field.CHANNEL));
      case SOCIAL ->
          new Social(
              id,
              customer,
              at,
              (Social.Action) action,
              cells.text(row, Field.NETWORK),
              number(row, Field.SENTIMENT)
                  .map(value -> OptionalDouble.of(value.doubleValue()))
                  .orElse(OptionalDouble.empty()),
              has(row, Field.RATING)
                  ? OptionalInt.of(whole(row, Field.RATING))
                  : OptionalInt.empty());
      case CONTACT ->
          new Contact(
              id,
              customer,
              at,
              (Contact.Action) action,
              choice(row, Field.CHANNEL, Contact.Channel.class, Contact.Channel.UNKNOWN));
      case FEEDBACK ->
          new Feedback(
              id,
              customer,
              at,
              (Feedback.Action) action,
              whole(row, Field.SCORE),
              whole(row, Field.SCALE_MAX),
              cells.text(row, Field.COMMENT));
      case LOYALTY ->
          new Loyalty(
              id,
              customer,
              at,
              (Loyalty.Action) action,
              has(row, Field.POINTS) ? whole(row, Field.POINTS) : 0,
              cells.text(row, Field.TIER));
    };
  }

  private Event subscription(
      Row row, String id, String customer, long at, SubscriptionChange.Action action)
      throws RowFault {
    String subscription = cells.text(row, Field.SUBSCRIPTION);
    if (subscription.isEmpty()) {
      throw cells.missing(Field.SUBSCRIPTION);
    }
    boolean paid =
        switch (action) {
          case STARTED, RENEWED, UPGRADED, DOWNGRADED -> has(row, Field.AMOUNT);
          default -> false;
        };
    Money money = paid ? money(row, Field.AMOUNT) : new Money(0, "");
    return new SubscriptionChange(
        id,
        customer,
        at,
        action,
        subscription,
        choice(row, Field.KIND, SubscriptionKind.class, SubscriptionKind.SERVICE),
        cells.text(row, Field.PLAN),
        new Billing(
            money.minorUnits(),
            money.currency(),
            Periods.iso(cells.text(row, Field.PERIOD)),
            has(row, Field.QUANTITY)
                ? OptionalLong.of(whole(row, Field.QUANTITY))
                : OptionalLong.empty(),
            paid && has(row, Field.CHARGED)
                ? OptionalLong.of(money(row, Field.CHARGED).minorUnits())
                : OptionalLong.empty(),
            TRIALS.contains(cells.text(row, Field.TRIAL).toLowerCase(Locale.ROOT))),
        paidThrough(row, at, action),
        cells.text(row, Field.CANCEL_REASON));
  }

  /**
   * Until when a subscription was paid at an event. If the row also has a payment that failed, that
   * is when it failed at the latest: what the row says is the end of the unpaid period.
   */
  private OptionalLong paidThrough(Row row, long at, SubscriptionChange.Action action)
      throws RowFault {
    String text = cells.text(row, Field.PAID_THROUGH);
    boolean ends =
        action == SubscriptionChange.Action.CANCELLED
            || action == SubscriptionChange.Action.EXPIRED;
    if (text.isEmpty() || ends) {
      return OptionalLong.empty();
    }
    long through = cells.time(text, Field.PAID_THROUGH);
    OptionalLong failed = failedPayment(row);
    if (failed.isEmpty()) {
      return OptionalLong.of(through);
    }
    // To end a subscription that is past due is no reason to end it before its time of grace.
    return action == SubscriptionChange.Action.CANCEL_SCHEDULED && at > failed.getAsLong()
        ? OptionalLong.empty()
        : OptionalLong.of(Math.min(through, failed.getAsLong()));
  }

  private OptionalLong failedPayment(Row row) throws RowFault {
    List<ExtraEvent> extra = mapping.extraEvents();
    for (int i = 0; i < extra.size(); i++) {
      if (extra.get(i).action() == SubscriptionChange.Action.PAYMENT_FAILED) {
        String time = extraTimes.of(row, i);
        if (!time.isEmpty() && extra.get(i).mayFollow(cells.text(row, Field.STATUS))) {
          return OptionalLong.of(cells.time(time, Field.TIME));
        }
      }
    }
    return OptionalLong.empty();
  }

  private Money money(Row row, Field field) throws RowFault {
    return cells.money(cells.text(row, field), cells.currency(row), field);
  }

  private boolean has(Row row, Field field) {
    return !cells.text(row, field).isEmpty();
  }

  private Optional<BigDecimal> number(Row row, Field field) throws RowFault {
    return has(row, field)
        ? Optional.of(cells.number(cells.text(row, field), field))
        : Optional.empty();
  }

  private int whole(Row row, Field field) throws RowFault {
    BigDecimal number = number(row, field).orElseThrow(() -> cells.missing(field));
    try {
      return number.intValueExact();
    } catch (ArithmeticException e) {
      throw new RowFault(
          RejectionReason.INVALID_FIELD,
          "values of " + field.key() + " that are not whole numbers",
          "Expected %s to be a whole number, but it is %s; correct it at the source"
              .formatted(field.key(), number));
    }
  }

  private <T extends Enum<T>> T choice(Row row, Field field, Class<T> type, T otherwise)
      throws RowFault {
    String text = cells.text(row, field);
    if (text.isEmpty()) {
      return otherwise;
    }
    for (T constant : type.getEnumConstants()) {
      if (constant.name().equals(text.toUpperCase(Locale.ROOT).replace(' ', '_'))) {
        return constant;
      }
    }
    throw new RowFault(
        RejectionReason.INVALID_FIELD,
        "values of " + field.key() + " that are not known",
        "Expected %s to be one of %s, but it is %s; correct it at the source"
            .formatted(field.key(), List.of(type.getEnumConstants()), text));
  }
}
