package dev.lifesign.app.deadletter;

import dev.lifesign.lab.UserError;
import dev.lifesign.schema.DeadLetter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The position of a rejected record, which identifies its dead letter.
 *
 * @param topic the topic
 * @param partition its partition
 * @param offset its offset
 */
public record Origin(String topic, int partition, long offset) {

  private static final Pattern FORM = Pattern.compile("(.+)-(\\d{1,9})@(\\d{1,18})");

  /** Returns the origin of a dead letter. */
  public static Origin of(DeadLetter letter) {
    return new Origin(letter.getTopic(), letter.getPartition(), letter.getOffset());
  }

  /**
   * Parses an origin such as {@code lifesign.purchases-3@42}.
   *
   * @throws UserError if the text is not an origin
   */
  public static Origin parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new UserError(
          "%s does not name a dead letter; use a name such as lifesign.purchases-3@42 from lifesign dead-letters list"
              .formatted(text));
    }
    return new Origin(
        matcher.group(1), Integer.parseInt(matcher.group(2)), Long.parseLong(matcher.group(3)));
  }

  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}
