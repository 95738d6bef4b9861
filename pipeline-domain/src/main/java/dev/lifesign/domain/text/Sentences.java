package dev.lifesign.domain.text;

import dev.lifesign.domain.text.PolicySentences.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Collects the sentences of a group. */
final class Sentences {

  private final Speech speech;
  private final String heading;
  private final List<String> all = new ArrayList<>();

  Sentences(Speech speech, String heading) {
    this.speech = speech;
    this.heading = heading;
  }

  /** Adds a sentence without arguments. */
  Sentences add(String key) {
    return add(key, Map.of());
  }

  /** Adds a sentence with its arguments by name: texts, or numbers for plurals. */
  Sentences add(String key, Map<String, Object> arguments) {
    all.add(clause(key, arguments));
    return this;
  }

  /** A part of a sentence, with its arguments by name. */
  String clause(String key, Map<String, Object> arguments) {
    return speech.phrase(key, name -> Optional.ofNullable(arguments.get(name)));
  }

  /** Texts any of which will do. */
  String anyOf(Stream<String> texts) {
    return speech.alternatives().format(texts.toList());
  }

  /** The group. */
  Group toGroup() {
    return new Group(heading, all);
  }
}
