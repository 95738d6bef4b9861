package dev.lifesign.lab.replay;

import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.scoring.Prediction;
import dev.lifesign.domain.scoring.RfmScore;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.timeline.Profile;
import java.io.IOException;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The file of profiles: the columns of the semantics, and after them what the models predict. */
final class ProfilesCsv {

  private static final Object[] COLUMNS = {
    "customer_id",
    "status",
    "since",
    "first_commercial",
    "last_activity",
    "last_transaction",
    "orders",
    "net_money",
    "orders_in_window",
    "net_money_in_window",
    "activity_score",
    "r",
    "f",
    "m",
    "segment",
    "types",
    "p_alive",
    "purchase_within_90_days",
    "next_purchase",
    "predicted_value",
    "value_at_stake"
  };

  private ProfilesCsv() {}

  static void write(ResultCsv csv, Collection<Profile> profiles) throws IOException {
    csv.row(COLUMNS.clone());
    for (Profile profile : profiles) {
      Customer customer = profile.customer();
      Optional<RfmScore> rfm = profile.rfm();
      Optional<Prediction> prediction = profile.prediction();
      csv.row(
          customer.id(),
          customer.statusState().status(),
          Instants.format(customer.statusState().since()),
          Instants.format(customer.milestones().firstCommercial()),
          Instants.format(customer.milestones().lastQualifying()),
          Instants.format(customer.milestones().lastTransaction()),
          customer.commerce().orders(),
          customer.commerce().net(),
          profile.ordersInWindow(),
          profile.netInWindow(),
          decimals(2, profile.activityScore()),
          rfm.map(RfmScore::recency).orElse(null),
          rfm.map(RfmScore::frequency).orElse(null),
          rfm.map(RfmScore::monetary).orElse(null),
          rfm.map(RfmScore::segment).orElse(null),
          profile.types().stream().map(Enum::name).collect(Collectors.joining("+")),
          prediction.map(known -> decimals(4, known.alive())).orElse(null),
          prediction.map(known -> decimals(4, known.within90Days())).orElse(null),
          prediction.map(known -> Instants.format(known.nextPurchaseAt())).orElse(null),
          prediction.map(known -> (long) Math.rint(known.value())).orElse(null),
          profile.valueAtStake());
    }
  }

  private static String decimals(int digits, double value) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
