package dev.lifesign.domain.history;

import dev.lifesign.domain.command.Command;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.policy.Policies;
import java.util.ArrayList;
import java.util.List;

/** The reference model; a customer that is erased begins anew. */
public final class ReferencePlay implements Play {

  private final Policies policies;
  private final List<Reference> lives = new ArrayList<>();
  private final List<ReferenceCommands.Answer> answers = new ArrayList<>();

  public ReferencePlay(Policies policies) {
    this.policies = policies;
    lives.add(new Reference(policies));
  }

  private Reference now() {
    return lives.get(lives.size() - 1);
  }

  @Override
  public void event(Event event, long arrivedAt) {
    now().accept(event, arrivedAt);
  }

  @Override
  public void command(Command command, long arrivedAt) {
    ReferenceCommands.Answer answer = now().command(command, arrivedAt);
    answers.add(answer);
    if (command.order() instanceof Command.Erase && answer.refusal().isEmpty()) {
      lives.add(new Reference(policies));
    }
  }

  @Override
  public void tick(long at) {
    now().tick(at);
  }

  @Override
  public void advance(long until, long detectedAt) {
    now().advance(until, detectedAt);
  }

  @Override
  public List<Reference.Row> rows() {
    return lives.stream().flatMap(life -> life.rows().stream()).toList();
  }

  @Override
  public List<Told> alerts() {
    return lives.stream().flatMap(life -> life.alerts().stream()).toList();
  }

  @Override
  public List<ReferenceCommands.Answer> answers() {
    return answers;
  }
}
