package dev.lifesign.domain.text;

import com.ibm.icu.util.ULocale;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * The messages of a language: ICU patterns by key. A key may have variants, {@code key.2}, {@code
 * key.3} …; the first whose arguments are all known is used. For one thread, since ICU's formats
 * are.
 */
final class Messages {

  /** The resources of a language, without its name. */
  static final List<String> FILES = List.of("words", "explanation", "policy");

  private static final int FIRST_VARIANT = 2;

  private final Map<String, List<Message>> byKey = new HashMap<>();

  /**
   * Reads the messages.
   *
   * @param language as in the names of the resources
   * @param locale what numbers are written by
   */
  Messages(String language, ULocale locale) {
    Properties patterns = patterns(language);
    for (String name : patterns.stringPropertyNames()) {
      if (!isVariant(name)) {
        byKey.put(name, variants(name, patterns, locale));
      }
    }
  }

  /** The patterns of a language, by key. */
  static Properties patterns(String language) {
    Properties patterns = new Properties();
    for (String file : FILES) {
      String name = file + "_" + language + ".properties";
      try (InputStream bytes = Messages.class.getResourceAsStream(name);
          Reader reader = new InputStreamReader(bytes, StandardCharsets.UTF_8)) {
        patterns.load(reader);
      } catch (IOException e) {
        throw new UncheckedIOException("The messages in " + name + " cannot be read", e);
      }
    }
    return patterns;
  }

  private static boolean isVariant(String name) {
    return Character.isDigit(name.charAt(name.length() - 1));
  }

  private static List<Message> variants(String name, Properties patterns, ULocale locale) {
    List<Message> variants = new ArrayList<>();
    variants.add(Message.of(patterns.getProperty(name), locale));
    for (int i = FIRST_VARIANT; patterns.containsKey(name + "." + i); i++) {
      variants.add(Message.of(patterns.getProperty(name + "." + i), locale));
    }
    return List.copyOf(variants);
  }

  /** Whether there is a message. */
  boolean has(String key) {
    return byKey.containsKey(key);
  }

  /**
   * A message; empty if an argument of each of its variants is unknown.
   *
   * @throws IllegalArgumentException if there is no such message
   */
  Optional<String> say(String key, Arguments arguments) {
    List<Message> variants = byKey.get(key);
    if (variants == null) {
      throw new IllegalArgumentException("There is no message for " + key);
    }
    for (Message message : variants) {
      Optional<String> said = message.say(arguments);
      if (said.isPresent()) {
        return said;
      }
    }
    return Optional.empty();
  }
}
