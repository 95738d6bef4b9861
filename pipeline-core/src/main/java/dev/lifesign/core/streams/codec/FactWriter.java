package dev.lifesign.core.streams.codec;

import dev.lifesign.core.customer.Customer;
import dev.lifesign.core.customer.Status;
import dev.lifesign.core.lifecycle.ActivityType;
import dev.lifesign.core.lifecycle.Assessment;
import dev.lifesign.core.lifecycle.Evidence;
import dev.lifesign.core.lifecycle.NextReview;
import dev.lifesign.core.lifecycle.StatusChange;
import dev.lifesign.core.scoring.Prediction;
import dev.lifesign.core.scoring.RfmScore;
import dev.lifesign.core.scoring.SegmentChange;
import dev.lifesign.core.time.Instants;
import dev.lifesign.core.timeline.Profile;
import java.io.IOException;
import java.util.Optional;
import org.apache.avro.io.Encoder;

/**
 * Writes facts as Avro's binary of their schemas: the fields that {@link FactCodec} puts into
 * records, in their order.
 */
final class FactWriter {

  private static final int NULL = 0;
  private static final int VALUE = 1;

  private final Encoder out;

  private FactWriter(Encoder out) {
    this.out = out;
  }

  static void write(StatusChange change, Encoder out) throws IOException {
    new FactWriter(out).statusChange(change);
  }

  static void write(SegmentChange change, Encoder out) throws IOException {
    new FactWriter(out).segmentChange(change);
  }

  static void write(Profile profile, Encoder out) throws IOException {
    new FactWriter(out).profile(profile);
  }

  private void statusChange(StatusChange change) throws IOException {
    out.writeString(change.customerId());
    out.writeInt(change.sequence());
    Optional<Status> from = change.from();
    if (from.isPresent()) {
      out.writeIndex(VALUE);
      out.writeString(from.get().name());
    } else {
      nothing();
    }
    assessment(change.to());
    out.writeBoolean(change.late());
    out.writeLong(change.effectiveAt());
    out.writeLong(change.detectedAt());
    out.writeInt(change.policyVersion());
    evidence(change.evidence());
    Optional<NextReview> next = change.nextReview();
    if (next.isPresent()) {
      out.writeIndex(VALUE);
      out.writeLong(next.get().at());
      assessment(next.get().assessment());
    } else {
      nothing();
    }
  }

  private void evidence(Evidence evidence) throws IOException {
    nullable(evidence.silence().since());
    nullable(evidence.silence().riskAt());
    nullable(evidence.silence().dormantAt());
    nullable(evidence.silence().churnAt());
    if (evidence.silence().since() == Instants.NEVER) {
      nothing();
    } else {
      value(evidence.silence().threshold());
    }
    out.writeLong(evidence.orders());
    nullable(evidence.entitledSince());
    nullable(evidence.subscriptionEnd());
    if (evidence.alive().isPresent()) {
      value(evidence.alive().getAsDouble());
    } else {
      nothing();
    }
  }

  private void segmentChange(SegmentChange change) throws IOException {
    out.writeString(change.customerId());
    out.writeString(change.from());
    out.writeString(change.to());
    scores(change.score());
    out.writeBoolean(change.late());
    out.writeLong(change.effectiveAt());
    out.writeLong(change.detectedAt());
    out.writeInt(change.policyVersion());
  }

  private void profile(Profile profile) throws IOException {
    Customer customer = profile.customer();
    out.writeString(customer.id());
    out.writeLong(profile.at());
    out.writeString(customer.standing().status().name());
    out.writeString(customer.standing().reason().label());
    out.writeLong(customer.standing().since());
    out.writeInt(customer.standing().sequence());
    nullable(customer.milestones().firstCommercial());
    nullable(customer.milestones().lastQualifying());
    nullable(customer.milestones().lastTransaction());
    out.writeLong(customer.commerce().orders());
    out.writeLong(customer.commerce().net());
    out.writeLong(profile.ordersInWindow());
    out.writeLong(profile.netInWindow());
    out.writeString(profile.policy().currency().base());
    out.writeDouble(profile.activityScore());
    scores(profile.rfm());
    out.writeString(profile.rfm().isPresent() ? profile.rfm().get().segment() : "");
    types(profile);
    out.writeInt(profile.policy().version());
    prediction(profile.prediction());
    nullable(profile.riskAt());
    out.writeString(customer.segment().previous());
    nullable(customer.segment().since());
  }

  private void types(Profile profile) throws IOException {
    out.writeArrayStart();
    out.setItemCount(profile.types().size());
    for (ActivityType type : profile.types()) {
      out.startItem();
      out.writeString(type.name());
    }
    out.writeArrayEnd();
  }

  private void prediction(Optional<Prediction> known) throws IOException {
    if (known.isEmpty()) {
      for (int field = 0; field < 7; field++) {
        nothing();
      }
      return;
    }
    Prediction prediction = known.get();
    value(prediction.alive());
    value(prediction.within30Days());
    value(prediction.within90Days());
    value(prediction.purchases());
    value(Math.round(prediction.spend()));
    value(Math.round(prediction.value()));
    nullable(prediction.nextPurchaseAt());
  }

  private void scores(Optional<RfmScore> known) throws IOException {
    if (known.isEmpty()) {
      nothing();
      nothing();
      nothing();
      return;
    }
    value(known.get().recency());
    value(known.get().frequency());
    value(known.get().monetary());
  }

  private void assessment(Assessment assessment) throws IOException {
    out.writeString(assessment.status().name());
    out.writeString(assessment.reason().label());
  }

  private void nullable(long instant) throws IOException {
    if (Instants.isFinite(instant)) {
      value(instant);
    } else {
      nothing();
    }
  }

  private void value(long value) throws IOException {
    out.writeIndex(VALUE);
    out.writeLong(value);
  }

  private void value(double value) throws IOException {
    out.writeIndex(VALUE);
    out.writeDouble(value);
  }

  private void nothing() throws IOException {
    out.writeIndex(NULL);
    out.writeNull();
  }
}
