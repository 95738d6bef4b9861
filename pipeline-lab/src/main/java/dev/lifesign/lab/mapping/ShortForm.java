package dev.lifesign.lab.mapping;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifesign.lab.UserError;
import java.time.ZoneId;

/**
 * The short form of a mapping, as given by {@code --csv}: the keys of a mapping with their values,
 * {@code customer=Email|Phone,time=Created at,amount=Total}.
 */
public final class ShortForm {

  private static final String PAIRS = ",\\s*(?=[A-Za-z]+=)";

  private ShortForm() {}

  /**
   * Reads a short form, in which purchases need an amount.
   *
   * @param zone the zone of times without one, where the mapping gives none
   * @throws UserError with everything that is wrong
   */
  public static Mapping read(String text, ZoneId zone) {
    return read(text, zone, true);
  }

  /**
   * Reads a short form.
   *
   * @param zone the zone of times without one, where the mapping gives none
   * @param needsAmounts false if purchases count without an amount
   * @throws UserError with everything that is wrong
   */
  public static Mapping read(String text, ZoneId zone, boolean needsAmounts) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    for (String pair : text.split(PAIRS, -1)) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new UserError(
            "--csv: expected key=value pairs, but found %s; see lifesign replay --help"
                .formatted(pair));
      }
      String key = pair.substring(0, equals).strip();
      put(document, key.equals("type") ? Field.STATUS.key() : key, pair.substring(equals + 1));
    }
    MappingReading reading = MappingReader.read(document.toString(), zone, needsAmounts);
    return reading
        .mapping()
        .orElseThrow(
            () ->
                new UserError(
                    UserError.of("--csv", reading.faults()).getMessage()
                        + "\nSee lifesign replay --help"));
  }

  private static void put(ObjectNode document, String key, String value) {
    if (document.has(key)) {
      throw new UserError("--csv: %s is given twice; keep one".formatted(key));
    }
    boolean columns = Field.of(key).isPresent();
    boolean formats = key.equals("format") && value.indexOf('|') >= 0;
    if ((columns && value.indexOf('|') >= 0) || formats) {
      ArrayNode list = document.putArray(key);
      for (String one : value.split("\\|", -1)) {
        list.add(one.strip());
      }
    } else {
      document.put(key, value);
    }
  }
}
