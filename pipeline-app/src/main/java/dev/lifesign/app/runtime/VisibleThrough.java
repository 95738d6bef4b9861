package dev.lifesign.app.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/**
 * The last instant at which a partition held nothing that is still hidden by an open transaction,
 * from its ends with and without what is not committed, asked again and again. Not thread-safe.
 */
final class VisibleThrough {

  /** Ends older than so many questions wait for one transaction: a newer one waits with them. */
  private static final int MOST = 256;

  private final Deque<Asked> waiting = new ArrayDeque<>();
  private OptionalLong through = OptionalLong.empty();

  private record Asked(long at, long end) {}

  /**
   * Notes an answer.
   *
   * @param at when was asked, milliseconds of a clock that does not jump
   * @param end the end with what is not committed
   * @param visible the end without it
   * @return the last instant through which all is visible now; empty if none is known
   */
  OptionalLong note(long at, long end, long visible) {
    if (waiting.size() < MOST) {
      waiting.addLast(new Asked(at, end));
    }
    while (!waiting.isEmpty() && waiting.peekFirst().end() <= visible) {
      through = OptionalLong.of(waiting.removeFirst().at());
    }
    return through;
  }
}
