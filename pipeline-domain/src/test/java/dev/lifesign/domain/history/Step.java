package dev.lifesign.domain.history;

import dev.lifesign.domain.command.Command;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.time.Instants;

/** What arrives, and when. */
public sealed interface Step {

  /** When, milliseconds since 1970. */
  long at();

  /** Plays it. */
  void to(Play play);

  /** An event. */
  record Happens(Event event, long at) implements Step {
    @Override
    public void to(Play play) {
      play.event(event, at);
    }

    @Override
    public String toString() {
      return Instants.format(at) + " " + event;
    }
  }

  /** A command. */
  record Asks(Command command, long at) implements Step {
    @Override
    public void to(Play play) {
      play.command(command, at);
    }

    @Override
    public String toString() {
      return Instants.format(at) + " " + command;
    }
  }
}
