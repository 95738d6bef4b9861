package dev.lifesign.domain.customer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is kept of a customer's cases and commands.
 *
 * @param cases of those that have concerned it, in the order in which they first did
 * @param answers to its last commands
 */
public record CaseBook(List<CaseState> cases, Answers answers) {

  /** Nothing yet. */
  public static final CaseBook EMPTY = new CaseBook(List.of(), Answers.NONE);

  /** Keeps its own copy. */
  public CaseBook {
    cases = List.copyOf(cases);
  }

  /** What is kept of a case; empty if it never concerned the customer. */
  public Optional<CaseState> of(String caseId) {
    int index = indexOf(caseId);
    return index < 0 ? Optional.empty() : Optional.of(cases.get(index));
  }

  /** The place of a case; −1 if it never concerned the customer. */
  public int indexOf(String caseId) {
    for (int i = 0; i < cases.size(); i++) {
      if (cases.get(i).caseId().equals(caseId)) {
        return i;
      }
    }
    return -1;
  }

  /** With another state of a case; an idle one is not kept. */
  public CaseBook with(CaseState state) {
    int index = indexOf(state.caseId());
    if (state.isIdle() && index < 0) {
      return this;
    }
    List<CaseState> all = new ArrayList<>(cases);
    if (state.isIdle()) {
      all.remove(index);
    } else if (index < 0) {
      all.add(state);
    } else {
      all.set(index, state);
    }
    return new CaseBook(all, answers);
  }

  /** With another answer to a command. */
  public CaseBook with(Answers.Answer answer) {
    return new CaseBook(cases, answers.with(answer));
  }
}
