package dev.lifesign.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lifesign.domain.policy.PolicyReader;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the deployment files as far as possible without the systems that they deploy to. */
class DeploymentTest {

  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Path ROOT = Path.of("..");
  private static final Path KUBERNETES = ROOT.resolve("deploy/kubernetes");
  private static final Map<String, Class<?>> KINDS =
      Map.of(
          "StatefulSet", StatefulSet.class,
          "Service", Service.class,
          "PodDisruptionBudget", PodDisruptionBudget.class);

  private static JsonNode compose() throws IOException {
    return YAML.readTree(ROOT.resolve("docker-compose.yml").toFile());
  }

  @Test
  void composeNamesOnlyWhatThereIs() throws IOException {
    JsonNode services = compose().path("services");
    Set<Map.Entry<String, JsonNode>> all = services.properties();
    assertThat(all)
        .extracting(Map.Entry::getKey)
        .contains("kafka", "registry", "lifesign-1", "lifesign-2", "prometheus", "grafana");
    for (Map.Entry<String, JsonNode> service : all) {
      service
          .getValue()
          .path("depends_on")
          .fieldNames()
          .forEachRemaining(name -> assertThat(services.has(name)).as(name).isTrue());
      for (JsonNode volume : service.getValue().path("volumes")) {
        String source = volume.asText().split(":", 2)[0];
        boolean there =
            source.startsWith(".")
                ? Files.exists(ROOT.resolve(source))
                : compose().path("volumes").has(source);
        assertThat(there).as("%s of %s", source, service.getKey()).isTrue();
      }
    }
  }

  @Test
  void composeSetsOnlySettingsThatThereAre() throws IOException {
    List<String> names = new ArrayList<>();
    JsonNode anchor = compose().path("x-lifesign").path("environment");
    anchor.fieldNames().forEachRemaining(names::add);
    for (String service : List.of("lifesign-1", "lifesign-2")) {
      compose()
          .path("services")
          .path(service)
          .path("environment")
          .fieldNames()
          .forEachRemaining(names::add);
    }
    Stream.of(Files.readString(ROOT.resolve("Dockerfile")).split("[\\s=]+", -1))
        .filter(word -> word.startsWith("LIFESIGN_") && word.matches("[A-Z_]+"))
        .forEach(names::add);
    names.remove("<<");
    names.remove("<<");
    assertThat(names).hasSizeGreaterThan(12);
    assertThat(names).allSatisfy(name -> assertThat(Setting.ofVariable(name)).isPresent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"services.yaml", "statefulset.yaml", "poddisruptionbudget.yaml"})
  void manifestsHaveOnlyFieldsThatKubernetesKnows(String file) throws IOException {
    List<JsonNode> documents =
        YAML.readerFor(JsonNode.class)
            .<JsonNode>readValues(KUBERNETES.resolve(file).toFile())
            .readAll();
    assertThat(documents).isNotEmpty();
    for (JsonNode document : documents) {
      Class<?> kind = KINDS.get(document.path("kind").asText());
      assertThat(kind).as(document.path("kind").asText()).isNotNull();
      YAML.treeToValue(document, kind);
      assertKnown(document, YAML.constructType(kind), file);
    }
  }

  private static void assertKnown(JsonNode node, JavaType type, String path) {
    if (type.isMapLikeType()
        || type.hasRawClass(Quantity.class)
        || type.hasRawClass(IntOrString.class)) {
      return;
    }
    if (type.isCollectionLikeType()) {
      node.forEach(element -> assertKnown(element, type.getContentType(), path + "[]"));
      return;
    }
    if (!node.isObject()) {
      assertThat(type.getRawClass().getName()).as(path).doesNotContain("fabric8");
      return;
    }
    Map<String, JavaType> known = new HashMap<>();
    for (BeanPropertyDefinition property :
        YAML.getSerializationConfig().introspect(type).findProperties()) {
      known.put(property.getName(), property.getPrimaryType());
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      assertThat(known).as(path).containsKey(field.getKey());
      assertKnown(field.getValue(), known.get(field.getKey()), path + "." + field.getKey());
    }
  }

  @Test
  void aFieldThatKubernetesDoesNotKnowWouldBeFound() throws IOException {
    JsonNode wrong = YAML.readTree("{spec: {template: {spec: {containers: [{imagee: x}]}}}}");
    assertThatThrownBy(() -> assertKnown(wrong, YAML.constructType(StatefulSet.class), "test"))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void theStatefulSetSetsOnlySettingsThatThereAre() throws IOException {
    StatefulSet set =
        YAML.readValue(KUBERNETES.resolve("statefulset.yaml").toFile(), StatefulSet.class);
    assertThat(set.getSpec().getTemplate().getSpec().getContainers().get(0).getEnv())
        .filteredOn(variable -> variable.getName().startsWith("LIFESIGN_"))
        .hasSizeGreaterThan(1)
        .allSatisfy(variable -> assertThat(Setting.ofVariable(variable.getName())).isPresent());
  }

  @Test
  void theSettingsOfTheClusterAreSound() {
    Settings settings =
        SettingsReader.read(
                Optional.of(KUBERNETES.resolve("lifesign.yaml")),
                Map.of("LIFESIGN_HTTP_ADVERTISED", "lifesign-0.lifesign-instances:8080"),
                Map.of())
            .settings();
    assertThat(settings.clients().kafka()).containsEntry("num.standby.replicas", "1");
    assertThat(settings.policy()).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"deploy/compose/policy.yaml", "deploy/kubernetes/policy.yaml"})
  void thePoliciesAreSound(String file) throws IOException {
    assertThat(PolicyReader.read(Files.readString(ROOT.resolve(file))).faults()).isEmpty();
  }
}
