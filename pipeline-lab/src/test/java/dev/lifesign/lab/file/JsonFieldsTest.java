package dev.lifesign.lab.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fields of a line, compared with the library's tree. */
class JsonFieldsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void fieldsAgreeWithTheTree() throws JsonProcessingException {
    Random random = new Random(7);
    for (int i = 0; i < 5_000; i++) {
      ObjectNode object = object(random, 0);
      String text = object.toString();
      JsonFields fields = JsonFields.read(text).orElseThrow();
      JsonNode tree = JSON.readTree(text);
      for (int field = 0; field < 20; field++) {
        agree(fields, tree, "f" + field);
      }
    }
  }

  private static void agree(JsonFields fields, JsonNode tree, String name) {
    JsonNode value = tree.path(name);
    boolean missing = value.isMissingNode() || value.isNull();
    assertThat(fields.has(name)).isEqualTo(!missing);
    String text = value.isValueNode() ? value.asText() : null;
    assertThat(fields.text(name)).isEqualTo(missing ? "" : text);
    assertThat(fields.whole(name).isPresent())
        .isEqualTo(value.isIntegralNumber() && value.canConvertToLong());
    fields.whole(name).ifPresent(whole -> assertThat(whole).isEqualTo(value.longValue()));
    assertThat(fields.number(name).isPresent()).isEqualTo(value.isNumber());
    fields.number(name).ifPresent(number -> assertThat(number).isEqualTo(value.doubleValue()));
    assertThat(fields.json(name)).isEqualTo(String.valueOf(tree.get(name)));
    boolean objects = value.isArray() && value.valueStream().allMatch(JsonNode::isObject);
    assertThat(fields.list(name).isPresent()).isEqualTo(objects);
    for (int i = 0; objects && i < value.size(); i++) {
      for (int field = 0; field < 20 && value.isArray(); field++) {
        agree(fields.list(name).orElseThrow().get(i), value.get(i), "f" + field);
      }
    }
  }

  private static ObjectNode object(Random random, int depth) {
    ObjectNode object = JSON.createObjectNode();
    int fields = random.nextInt(15);
    for (int i = 0; i < fields; i++) {
      object.set("f" + random.nextInt(18), value(random, depth));
    }
    return object;
  }

  private static JsonNode value(Random random, int depth) {
    var nodes = JSON.getNodeFactory();
    return switch (random.nextInt(depth < 2 ? 10 : 8)) {
      case 0 -> nodes.nullNode();
      case 1 -> nodes.booleanNode(random.nextBoolean());
      case 2 -> nodes.numberNode(random.nextInt());
      case 3 -> nodes.numberNode(random.nextLong());
      case 4 -> nodes.numberNode(new BigInteger(100, random));
      case 5 -> nodes.numberNode(random.nextGaussian());
      case 6 -> nodes.numberNode(new BigDecimal("1e3"));
      case 7 -> nodes.textNode("\"ä\u2028\n " + random.nextInt(100));
      case 8 -> object(random, depth + 1);
      default -> {
        var list = nodes.arrayNode();
        for (int i = random.nextInt(3); i > 0; i--) {
          list.add(random.nextInt(4) == 0 ? nodes.numberNode(i) : object(random, depth + 1));
        }
        yield list;
      }
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":2}",
        "{\"a\":{\"b\":1,\"b\":2}}",
        "{\"a\":1} {\"b\":2}",
        "{\"a\":1}]",
        "{\"a\":1",
        "{\"a\":}",
        "{a:1}",
        "[1",
        "nonsense"
      })
  void textThatIsNotJsonOrHasAFieldTwiceIsRefused(String text) {
    assertThatThrownBy(() -> JsonFields.read(text)).isInstanceOf(JsonProcessingException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "[1]", "\"text\"", "null", "true"})
  void jsonThatIsNotAnObjectHasNoFields(String text) throws JsonProcessingException {
    assertThat(JsonFields.read(text)).isEmpty();
  }
}
