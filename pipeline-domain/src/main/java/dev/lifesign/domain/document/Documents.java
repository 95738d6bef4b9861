package dev.lifesign.domain.document;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.util.List;

/** Reads YAML, and so JSON, into a tree of named sections. */
public final class Documents {

  private static final YAMLMapper YAML = mapper(false);
  private static final YAMLMapper WORDS = mapper(true);

  private Documents() {}

  private static YAMLMapper mapper(boolean words) {
    return YAMLMapper.builder(
            YAMLFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .configure(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS, words)
                .build())
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
        .build();
  }

  /**
   * The document as its outermost section. A document that is not YAML, or not a section, is a
   * fault.
   *
   * @param text the document
   * @param faults receives what is wrong
   */
  public static Section read(String text, List<Fault> faults) {
    return read(YAML, text, faults);
  }

  /**
   * The same, where {@code yes}, {@code no}, {@code on} and {@code off} are text rather than true
   * and false: a column may be called so.
   */
  public static Section readWords(String text, List<Fault> faults) {
    return read(WORDS, text, faults);
  }

  private static Section read(YAMLMapper mapper, String text, List<Fault> faults) {
    try {
      JsonNode root = mapper.readTree(text);
      if (root instanceof ObjectNode object) {
        return new Section("", object, faults);
      }
      if (root != null && !root.isMissingNode() && !root.isNull()) {
        faults.add(new Fault("", "Expected keys and values, but the document is something else"));
      }
    } catch (JsonProcessingException e) {
      JsonLocation location = e.getLocation();
      String where =
          location == null
              ? ""
              : "line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ";
      faults.add(new Fault("", where + "not valid YAML: " + e.getOriginalMessage()));
    }
    return new Section("", JsonNodeFactory.instance.objectNode(), faults);
  }
}
