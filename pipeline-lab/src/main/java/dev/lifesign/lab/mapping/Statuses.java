package dev.lifesign.lab.mapping;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the texts in a status column mean. Case does not matter, nor whether words are separated by
 * spaces, underscores or dashes; the prefix {@code wc-} is ignored.
 */
public final class Statuses {

  /** The row is a purchase. */
  public static final String PURCHASE = "purchase";

  /** The row itself is a refund. */
  public static final String REFUND = "refund";

  /** The row is a purchase that was refunded: by the refunded amount, or entirely. */
  public static final String REFUNDED = "refunded";

  /** The row is left out: the order was never paid. */
  public static final String NOTHING = "nothing";

  /** What a purchase can be. */
  static final List<String> OF_PURCHASES = List.of(PURCHASE, REFUND, REFUNDED, NOTHING);

  private static final Pattern PARTLY_REFUNDED =
      Pattern.compile("part[a-z]*[\\s_-]+refunded", Pattern.CASE_INSENSITIVE);

  private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s_\\u00A0-]+");

  private static final Map<String, List<String>> USUAL =
      Map.of(
          PURCHASE,
          List.of(
              "purchase",
              "sale",
              "order",
              "payment",
              "charge",
              "invoice",
              "paid",
              "partially paid",
              "partially refunded",
              "complete",
              "completed",
              "processing",
              "shipped",
              "delivered",
              "fulfilled",
              "succeeded",
              "success",
              "successful",
              "approved",
              "captured",
              "settled",
              "closed",
              "bezahlt",
              "abgeschlossen",
              "payé",
              "pagado",
              "تکمیل شده",
              "پرداخت شده",
              "در حال انجام"),
          REFUND,
          List.of(
              "refund",
              "partial refund",
              "return",
              "returned",
              "credit",
              "credit note",
              "cancellation",
              "reversal",
              "chargeback",
              "gutschrift",
              "مرجوعی"),
          REFUNDED,
          List.of(
              "refunded", "fully refunded", "erstattet", "remboursé", "reembolsado", "مسترد شده"),
          NOTHING,
          List.of(
              "void",
              "voided",
              "pending",
              "pending payment",
              "on hold",
              "failed",
              "cancelled",
              "canceled",
              "cancel",
              "expired",
              "draft",
              "checkout draft",
              "trash",
              "authorized",
              "unpaid",
              "uncaptured",
              "declined",
              "blocked",
              "incomplete",
              "requires payment method",
              "requires action",
              "requires capture",
              "requires confirmation",
              "storniert",
              "annulé",
              "cancelado",
              "لغو شده",
              "ناموفق",
              "در انتظار پرداخت"));

  private final Map<String, String> outcomes = new HashMap<>();
  private final Map<String, String> exact = new HashMap<>();
  private final boolean usual;

  private Statuses(Map<String, List<String>> textsByOutcome, boolean usual) {
    this.usual = usual;
    textsByOutcome.forEach(
        (outcome, texts) -> texts.forEach(text -> outcomes.put(folded(text), outcome)));
  }

  /** What the usual words of shops mean, for a mapping that names none. */
  static Statuses usual() {
    return new Statuses(USUAL, true);
  }

  /** Statuses by outcome. */
  static Statuses of(Map<String, List<String>> textsByOutcome) {
    return new Statuses(textsByOutcome, false);
  }

  /** The outcome of a status; empty if it is not known. */
  public Optional<String> outcome(String status) {
    String known = exact.get(status);
    if (known == null) {
      known = outcomes.get(folded(status));
      if (known != null && exact.size() < 1_000) {
        exact.put(status, known);
      }
    }
    return Optional.ofNullable(known);
  }

  /** Whether these are the usual statuses, which no mapping has named. */
  public boolean areUsual() {
    return usual;
  }

  /** Whether a status says that an order was partly refunded. */
  public static boolean isPartlyRefunded(String status) {
    return !status.isEmpty() && PARTLY_REFUNDED.matcher(status).find();
  }

  /** A status in lower case and without {@code wc-}; equal for texts that mean the same. */
  public static String folded(String status) {
    String folded =
        BETWEEN_WORDS.matcher(status.strip().toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    return folded.startsWith("wc ") ? folded.substring(3) : folded;
  }
}
