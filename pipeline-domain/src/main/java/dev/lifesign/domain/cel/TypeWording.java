package dev.lifesign.domain.cel;

import dev.cel.common.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words for what the type checker finds wrong. */
final class TypeWording {

  private static final Pattern QUOTED = Pattern.compile("'([^']*)'");
  private static final Pattern OVERLOAD =
      Pattern.compile("found no matching overload for '([^']*)' applied to '([^']*)'.*");
  private static final Pattern ARGUMENTS = Pattern.compile("(.*?)\\.?\\((.*)\\)");

  private TypeWording() {}

  /** The first thing that a message puts in quotes. */
  static String quoted(String message) {
    Matcher quoted = QUOTED.matcher(message);
    return quoted.find() ? quoted.group(1) : message;
  }

  /** What is wrong with a type. */
  static String of(String message) {
    Matcher overload = OVERLOAD.matcher(message);
    if (overload.matches()) {
      return overload(overload.group(1), overload.group(2));
    }
    if (message.startsWith("expected type 'bool' but found ")) {
      String found = quoted(message.substring("expected type 'bool' but found ".length()));
      return "The expression gives %s, but must give true or false; compare it with something"
          .formatted(type(found));
    }
    if (message.endsWith("does not support field selection")) {
      return "%s has no fields; leave out what follows the dot".formatted(type(quoted(message)));
    }
    if (message.contains("cannot be range of a comprehension")) {
      return "all, exists, filter and map work on a list, but this is %s"
          .formatted(type(quoted(message)));
    }
    return "The expression is not valid here: %s".formatted(message);
  }

  /** What is wrong with a text that stands for a value. */
  static String ofValue(String message) {
    if (message.startsWith("timestamp")) {
      return "This is no instant; write it as in timestamp('2026-01-31T00:00:00Z')";
    }
    if (message.startsWith("duration")) {
      return "This is no duration; write it in hours, minutes or seconds, as in duration('168h')";
    }
    if (message.startsWith("Regex")) {
      return "This is no regular expression: %s; write it in the syntax of RE2"
          .formatted(message.replaceFirst(".*Reason: ", "").lines().findFirst().orElse(""));
    }
    return "The expression is nested too deeply; simplify it";
  }

  private static String overload(String function, String applied) {
    Matcher arguments = ARGUMENTS.matcher(applied);
    List<String> types = new ArrayList<>();
    if (arguments.matches()) {
      if (!arguments.group(1).isEmpty()) {
        types.add(arguments.group(1));
      }
      types.addAll(List.of(arguments.group(2).split(", ")));
    }
    List<String> words = types.stream().map(TypeWording::type).toList();
    return "%s cannot be applied to %s; %s"
        .formatted(symbol(function), String.join(" and ", words), advice(types));
  }

  private static String symbol(String function) {
    return switch (function) {
      case "@in" -> "in";
      case "_[_]" -> "[ ]";
      case "_?_:_" -> "? :";
      case "-_", "!_" -> function.substring(0, 1);
      default -> Operator.findReverse(function).isPresent() ? function.replace("_", "") : function;
    };
  }

  private static String advice(List<String> types) {
    if (types.contains("null")) {
      return "ask whether a field is present with has(), as in has(event.channel)";
    }
    if (types.contains("uint")) {
      return "write the number without the u";
    }
    if (types.contains("google.protobuf.Timestamp") && types.contains("string")) {
      return "write an instant as timestamp('2026-01-31T00:00:00Z')";
    }
    if (types.contains("google.protobuf.Duration") && types.contains("string")) {
      return "write a duration as duration('168h')";
    }
    if (types.contains("int") && types.contains("double")) {
      return "convert the whole number with double()";
    }
    if (types.get(0).startsWith("lifesign.")) {
      return "read one of its fields, with a dot";
    }
    return "use values of types that fit";
  }

  private static String type(String type) {
    return switch (type) {
      case "int" -> "a whole number";
      case "uint" -> "an unsigned number";
      case "double" -> "a fraction";
      case "string" -> "text";
      case "bool" -> "true or false";
      case "bytes" -> "bytes";
      case "null" -> "null";
      case "google.protobuf.Timestamp" -> "an instant";
      case "google.protobuf.Duration" -> "a duration";
      default -> {
        if (type.startsWith("list(")) {
          yield "a list";
        }
        yield type.startsWith("map(") ? "a map" : type.replace("lifesign.", "");
      }
    };
  }
}
