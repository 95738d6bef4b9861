package dev.lifesign.domain.history;

import dev.lifesign.domain.command.Command;
import dev.lifesign.domain.event.Event;
import java.util.List;

/** One customer's history as it is played to an implementation of the semantics. */
public interface Play {

  /** An event arrives. */
  void event(Event event, long arrivedAt);

  /** A command arrives. */
  void command(Command command, long arrivedAt);

  /** A tick. */
  void tick(long at);

  /** Takes the deadlines before an instant. */
  void advance(long until, long detectedAt);

  /** Status changes so far. */
  List<Reference.Row> rows();

  /** What happened to alerts so far. */
  List<Told> alerts();

  /** The answers to commands so far. */
  List<ReferenceCommands.Answer> answers();
}
