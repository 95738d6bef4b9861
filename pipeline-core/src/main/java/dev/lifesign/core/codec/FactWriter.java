package dev.lifesign.core.codec;

import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.lifecycle.ActivityType;
import dev.lifesign.domain.lifecycle.Assessment;
import dev.lifesign.domain.lifecycle.Evidence;
import dev.lifesign.domain.lifecycle.NextReview;
import dev.lifesign.domain.lifecycle.StatusChange;
import dev.lifesign.domain.scoring.Prediction;
import dev.lifesign.domain.scoring.RfmScore;
import dev.lifesign.domain.status.Reason;
import dev.lifesign.domain.status.Status;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.timeline.Profile;
import java.io.IOException;
import java.util.Optional;
import org.apache.avro.io.Encoder;

/**
 * Writes facts as the Avro binary of their schemas: the fields that {@link FactCodec} puts into
 * records, in the same order.
 */
final class FactWriter {

  private static final EnumNames<Status> STATUS = EnumNames.of(Status.class, Status::name);
  private static final EnumNames<Reason> REASON = EnumNames.of(Reason.class, Reason::label);
  private static final EnumNames<ActivityType> TYPE =
      EnumNames.of(ActivityType.class, ActivityType::name);

  /** The names of segments and currencies; per thread, since several threads write facts. */
  private static final ThreadLocal<NameCache> NAMES = ThreadLocal.withInitial(NameCache::new);

  private final Encoder out;
  private final NameCache names = NAMES.get();

  private FactWriter(Encoder out) {
    this.out = out;
  }

  static void write(StatusChange change, Encoder out) throws IOException {
    new FactWriter(out).statusChange(change);
  }

  static void write(Profile profile, Encoder out) throws IOException {
    new FactWriter(out).profile(profile);
  }

  private void statusChange(StatusChange change) throws IOException {
    out.writeString(change.customerId());
    out.writeInt(change.sequence());
    Optional<Status> from = change.from();
    if (from.isPresent()) {
      Unions.present(out);
      STATUS.write(out, from.get());
    } else {
      Unions.nothing(out);
    }
    assessment(change.to());
    out.writeBoolean(change.late());
    out.writeLong(change.effectiveAt());
    out.writeLong(change.detectedAt());
    out.writeInt(change.policyVersion());
    evidence(change.evidence());
    Optional<NextReview> next = change.nextReview();
    if (next.isPresent()) {
      Unions.present(out);
      out.writeLong(next.get().at());
      assessment(next.get().assessment());
    } else {
      Unions.nothing(out);
    }
  }

  private void evidence(Evidence evidence) throws IOException {
    Unions.instant(out, evidence.silence().since());
    Unions.instant(out, evidence.silence().riskAt());
    Unions.instant(out, evidence.silence().dormantAt());
    Unions.instant(out, evidence.silence().churnAt());
    if (evidence.silence().since() == Instants.NEVER) {
      Unions.nothing(out);
    } else {
      Unions.value(out, evidence.silence().threshold());
    }
    out.writeLong(evidence.orders());
    Unions.instant(out, evidence.entitledSince());
    Unions.instant(out, evidence.subscriptionEnd());
    if (evidence.alive().isPresent()) {
      Unions.value(out, evidence.alive().getAsDouble());
    } else {
      Unions.nothing(out);
    }
    if (evidence.returning().isPresent()) {
      Unions.value(out, evidence.returning().get().probability());
      Unions.value(out, evidence.returning().get().within());
      Unions.value(out, evidence.returning().get().threshold());
    } else {
      Unions.nothing(out);
      Unions.nothing(out);
      Unions.nothing(out);
    }
  }

  private void profile(Profile profile) throws IOException {
    Customer customer = profile.customer();
    out.writeString(customer.id());
    out.writeLong(profile.at());
    STATUS.write(out, customer.statusState().status());
    REASON.write(out, customer.statusState().reason());
    out.writeLong(customer.statusState().since());
    out.writeInt(customer.statusState().sequence());
    Unions.instant(out, customer.milestones().firstCommercial());
    Unions.instant(out, customer.milestones().lastQualifying());
    Unions.instant(out, customer.milestones().lastTransaction());
    out.writeLong(customer.commerce().orders());
    out.writeLong(customer.commerce().net());
    out.writeLong(profile.ordersInWindow());
    out.writeLong(profile.netInWindow());
    names.write(out, profile.policy().currency().base());
    out.writeDouble(profile.activityScore());
    scores(profile.rfm());
    names.write(out, profile.rfm().isPresent() ? profile.rfm().get().segment() : "");
    types(profile);
    out.writeInt(profile.policy().version());
    prediction(profile.prediction());
    Unions.instant(out, profile.riskAt());
    names.write(out, customer.segment().previous());
    Unions.instant(out, customer.segment().since());
  }

  private void types(Profile profile) throws IOException {
    out.writeArrayStart();
    out.setItemCount(profile.types().size());
    for (ActivityType type : profile.types()) {
      out.startItem();
      TYPE.write(out, type);
    }
    out.writeArrayEnd();
  }

  private void prediction(Optional<Prediction> known) throws IOException {
    if (known.isEmpty()) {
      for (int field = 0; field < 7; field++) {
        Unions.nothing(out);
      }
      return;
    }
    Prediction prediction = known.get();
    Unions.value(out, prediction.alive());
    Unions.value(out, prediction.within30Days());
    Unions.value(out, prediction.within90Days());
    Unions.value(out, prediction.purchases());
    Unions.value(out, Math.round(prediction.spend()));
    Unions.value(out, Math.round(prediction.value()));
    Unions.instant(out, prediction.nextPurchaseAt());
  }

  private void scores(Optional<RfmScore> known) throws IOException {
    if (known.isEmpty()) {
      Unions.nothing(out);
      Unions.nothing(out);
      Unions.nothing(out);
      return;
    }
    Unions.value(out, known.get().recency());
    Unions.value(out, known.get().frequency());
    Unions.value(out, known.get().monetary());
  }

  private void assessment(Assessment assessment) throws IOException {
    STATUS.write(out, assessment.status());
    REASON.write(out, assessment.reason());
  }
}
