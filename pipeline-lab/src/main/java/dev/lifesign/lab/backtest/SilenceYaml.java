package dev.lifesign.lab.backtest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lifesign.domain.policy.RiskMethod;
import java.util.List;
import java.util.Locale;

/** The part of a policy that says when silence is a risk. */
final class SilenceYaml {

  private static final List<String> SILENCE =
      List.of("dormantAfter", "atRiskFor", "churnAfter", "dormantFor");
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .build();

  private SilenceYaml() {}

  /**
   * The lines of a policy that can be copied into another one: its risk method, what depends on it,
   * and the models if the method needs them. What the policy leaves to the defaults is left out.
   *
   * @param policy the text of a valid policy
   */
  static String of(String policy) {
    try {
      JsonNode root = YAML.readTree(policy);
      JsonNode risk = root.at("/lifecycle/risk");
      ObjectNode excerpt = YAML.createObjectNode();
      ObjectNode lifecycle = excerpt.putObject("lifecycle");
      ObjectNode own = lifecycle.putObject("risk");
      String method = risk.path("method").asText("fixed");
      own.put("method", method);
      copy(risk, own, "fixed");
      copy(risk, own, method);
      SILENCE.forEach(key -> copy(root.path("lifecycle"), lifecycle, key));
      if (RiskMethod.valueOf(method.toUpperCase(Locale.ROOT)).needsModel()) {
        copy(root, excerpt, "model");
      }
      return YAML.writeValueAsString(excerpt);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Expected the text of a policy", e);
    }
  }

  private static void copy(JsonNode from, ObjectNode to, String key) {
    if (from.has(key)) {
      to.set(key, from.get(key));
    }
  }
}
