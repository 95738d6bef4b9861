package dev.lifesign.domain.text;

import com.ibm.icu.text.MessageFormat;
import com.ibm.icu.text.MessagePattern;
import com.ibm.icu.text.MessagePattern.ArgType;
import com.ibm.icu.text.MessagePattern.Part;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A message pattern. Most only have texts to put in, which takes a tenth of the time of ICU's
 * format; plurals are left to it.
 */
final class Message {

  private final List<String> names;
  private final List<String> literals;
  private final Optional<MessageFormat> format;

  private Message(List<String> names, List<String> literals, Optional<MessageFormat> format) {
    this.names = List.copyOf(names);
    this.literals = List.copyOf(literals);
    this.format = format;
  }

  /** The message of an ICU pattern with named arguments. */
  static Message of(String pattern, ULocale locale) {
    MessageFormat format = new MessageFormat(pattern, locale);
    List<String> names = new ArrayList<>();
    List<String> literals = new ArrayList<>();
    MessagePattern parts = new MessagePattern(pattern);
    StringBuilder literal = new StringBuilder();
    int from = 0;
    for (int i = 0; i < parts.countParts(); i++) {
      Part part = parts.getPart(i);
      switch (part.getType()) {
        case ARG_START -> {
          if (part.getArgType() != ArgType.NONE) {
            return new Message(
                List.copyOf(format.getArgumentNames()), List.of(), Optional.of(format));
          }
          literals.add(literal.append(pattern, from, part.getIndex()).toString());
          literal.setLength(0);
        }
        case ARG_NAME -> names.add(parts.getSubstring(part));
        case ARG_LIMIT -> from = part.getLimit();
        case SKIP_SYNTAX -> {
          literal.append(pattern, from, part.getIndex());
          from = part.getLimit();
        }
        default -> {}
      }
    }
    literals.add(literal.append(pattern, from, pattern.length()).toString());
    return new Message(names, literals, Optional.empty());
  }

  /** With its arguments put in; empty if one of them is unknown. */
  Optional<String> say(Arguments arguments) {
    return format.isPresent() ? formatted(format.get(), arguments) : put(arguments);
  }

  private Optional<String> formatted(MessageFormat icu, Arguments arguments) {
    Map<String, Object> known = new HashMap<>();
    for (String name : names) {
      Optional<Object> value = arguments.of(name);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      known.put(name, value.get());
    }
    return Optional.of(icu.format(known));
  }

  private Optional<String> put(Arguments arguments) {
    StringBuilder text = new StringBuilder(literals.get(0));
    for (int i = 0; i < names.size(); i++) {
      Optional<Object> value = arguments.of(names.get(i));
      if (value.isEmpty()) {
        return Optional.empty();
      }
      text.append(value.get()).append(literals.get(i + 1));
    }
    return Optional.of(text.toString());
  }
}
