package dev.lifesign.core.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.core.wire.AvroLimits;
import dev.lifesign.domain.customer.AlertState;
import dev.lifesign.domain.customer.AlertState.Ending;
import dev.lifesign.domain.customer.CaseBook;
import dev.lifesign.domain.status.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

/** No new alert gets the id that a rule gave to one. */
class FormerAlertsTest {

  static {
    AvroLimits.set();
  }

  private static final int SEQUENCE = 7;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);

  @Test
  void aRuleThatRaisedAnAlertNumbersItsNextOneOnFromTheStatusChanges() throws IOException {
    writeOpen();
    writeLastRaised("at-risk", 1_000);
    assertThat(read().cases())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.caseId()).isEqualTo("at-risk");
              AlertState last = one.alert().orElseThrow();
              assertThat(last.isOpen()).isFalse();
              assertThat(last.number()).isEqualTo(SEQUENCE);
              assertThat(last.endedAt()).isEqualTo(1_000);
              // No cooldown follows: the rule's has another length.
              assertThat(last.ending()).isEqualTo(Ending.CLEARED_BY_EVENT);
            });
  }

  @Test
  void anOpenAlertKeepsTheNumberOfItsStatusChange() throws IOException {
    writeOpen("at-risk", 5);
    writeLastRaised("at-risk", 1_000);
    assertThat(read().cases())
        .singleElement()
        .satisfies(one -> assertThat(one.open().orElseThrow().number()).isEqualTo(5));
  }

  private CaseBook read() throws IOException {
    out.flush();
    return FormerAlerts.read(
        DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null), SEQUENCE);
  }

  private void writeOpen() throws IOException {
    out.writeArrayStart();
    out.setItemCount(0);
    out.writeArrayEnd();
  }

  private void writeOpen(String rule, int occurrence) throws IOException {
    out.writeArrayStart();
    out.setItemCount(1);
    out.startItem();
    out.writeString(rule);
    out.writeInt(occurrence);
    out.writeEnum(WireEnums.STATUS.symbol(Status.AT_RISK));
    out.writeEnum(0);
    out.writeLong(1_000);
    out.writeLong(2_000);
    out.writeArrayEnd();
  }

  private void writeLastRaised(String rule, long at) throws IOException {
    out.writeMapStart();
    out.setItemCount(1);
    out.startItem();
    out.writeString(rule);
    out.writeLong(at);
    out.writeMapEnd();
  }
}
