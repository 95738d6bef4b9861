package dev.lifesign.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every schema against its last released copy: what was written before can be read now (BACKWARD),
 * and for outputs what is written now can be read by who has the released copy (FORWARD).
 */
class CompatibilityTest {

  private static final Path CURRENT = Path.of("src/main/avro");
  private static final Path RELEASED = Path.of("src/released");
  private static final Set<String> OUTPUTS =
      Set.of(
          "StatusChange.avsc",
          "ChurnAlert.avsc",
          "SegmentChange.avsc",
          "CommandResult.avsc",
          "CustomerProfile.avsc",
          "DeadLetter.avsc");

  static Stream<String> names() throws IOException {
    List<String> names = namesIn(CURRENT);
    assertThat(names).isNotEmpty().isEqualTo(namesIn(RELEASED));
    return names.stream();
  }

  private static List<String> namesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void whatWasReleasedCanBeReadNow(String name) throws IOException {
    assertReads(schema(CURRENT.resolve(name)), schema(RELEASED.resolve(name)));
  }

  @ParameterizedTest
  @MethodSource("names")
  void whoHasTheReleasedCopyCanReadWhatIsWrittenNow(String name) throws IOException {
    if (OUTPUTS.contains(name)) {
      assertReads(schema(RELEASED.resolve(name)), schema(CURRENT.resolve(name)));
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyFieldSaysWhatItIs(String name) throws IOException {
    assertDocumented(schema(CURRENT.resolve(name)));
  }

  @Test
  void aRequiredFieldThatIsAddedWouldBeNoticed() {
    Schema before =
        new Schema.Parser().parse("{'type':'record','name':'R','fields':[]}".replace('\'', '"'));
    Schema after =
        new Schema.Parser()
            .parse(
                "{'type':'record','name':'R','fields':[{'name':'a','type':'int'}]}"
                    .replace('\'', '"'));
    assertThat(compatibility(after, before)).isEqualTo(SchemaCompatibilityType.INCOMPATIBLE);
  }

  private static void assertReads(Schema reader, Schema writer) {
    assertThat(compatibility(reader, writer)).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
  }

  private static SchemaCompatibilityType compatibility(Schema reader, Schema writer) {
    return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType();
  }

  private static void assertDocumented(Schema schema) {
    switch (schema.getType()) {
      case RECORD -> {
        assertThat(schema.getDoc()).as(schema.getFullName()).isNotBlank();
        for (Schema.Field field : schema.getFields()) {
          assertThat(field.doc()).as(schema.getFullName() + "." + field.name()).isNotBlank();
          assertDocumented(field.schema());
        }
      }
      case ARRAY -> assertDocumented(schema.getElementType());
      case UNION -> schema.getTypes().forEach(CompatibilityTest::assertDocumented);
      default -> {}
    }
  }

  private static Schema schema(Path file) throws IOException {
    return new Schema.Parser().parse(file.toFile());
  }
}
