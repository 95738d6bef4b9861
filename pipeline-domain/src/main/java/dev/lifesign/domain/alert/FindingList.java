package dev.lifesign.domain.alert;

import dev.lifesign.domain.alert.Finding.Amount;
import dev.lifesign.domain.alert.Finding.Count;
import dev.lifesign.domain.alert.Finding.Measure;
import dev.lifesign.domain.alert.Finding.Moment;
import dev.lifesign.domain.alert.Finding.Share;
import dev.lifesign.domain.alert.Finding.Span;
import dev.lifesign.domain.alert.Finding.Word;
import dev.lifesign.domain.time.Instants;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Collects findings in order; a value that is missing makes none. */
final class FindingList {

  private final List<Finding> all = new ArrayList<>();

  /** An instant, unless it is NEVER or FOREVER. */
  FindingList moment(String name, long at) {
    if (Instants.isFinite(at)) {
      all.add(new Finding(name, new Moment(at)));
    }
    return this;
  }

  /** A duration, unless it is NEVER, FOREVER or below 0. */
  FindingList span(String name, long millis) {
    if (millis >= 0 && millis != Instants.FOREVER) {
      all.add(new Finding(name, new Span(millis)));
    }
    return this;
  }

  /** The time from one instant to another, unless one of them is NEVER or FOREVER. */
  FindingList between(String name, long from, long to) {
    return Instants.isFinite(from) && Instants.isFinite(to) ? span(name, to - from) : this;
  }

  /** A whole number. */
  FindingList count(String name, long count) {
    all.add(new Finding(name, new Count(count)));
    return this;
  }

  /** Money in minor units of the base currency, unless it is 0 or less. */
  FindingList amount(String name, long minor) {
    if (minor > 0) {
      all.add(new Finding(name, new Amount(minor)));
    }
    return this;
  }

  /** A number with decimals. */
  FindingList measure(String name, double number) {
    all.add(new Finding(name, new Measure(number)));
    return this;
  }

  /** A probability, if there is one. */
  FindingList share(String name, OptionalDouble share) {
    share.ifPresent(value -> all.add(new Finding(name, new Share(value))));
    return this;
  }

  /** A word, unless it is empty. */
  FindingList word(String name, String word) {
    if (!word.isEmpty()) {
      all.add(new Finding(name, new Word(word)));
    }
    return this;
  }

  /** What was collected. */
  List<Finding> toList() {
    return List.copyOf(all);
  }
}
