package dev.lifesign.domain.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every example of a policy in the documents is read without a fault. */
class DocumentedPoliciesTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern BLOCK = Pattern.compile("(?ms)^( *)```yaml\\n(.*?)^ *```$");
  private static final Pattern POLICY =
      Pattern.compile("(?m)^(version|cases|lifecycle|calendar|rfm):");
  private static final String MODEL =
      "model: { r: 0.2, alpha: 4, a: 0.8, b: 2.4, spend: { p: 6, q: 3.7, v: 15 } }\n";

  @Test
  void everyExampleOfAPolicyIsReadWithoutAFault() throws IOException {
    List<String> faults = new ArrayList<>();
    int cases = 0;
    for (Path file : documents()) {
      Matcher block = BLOCK.matcher(Files.readString(file));
      while (block.find()) {
        String example = block.group(2).replaceAll("(?m)^" + block.group(1), "");
        if (POLICY.matcher(example).find()) {
          PolicyReading reading = PolicyReader.read(whole(example));
          reading
              .faults()
              .forEach(fault -> faults.add(ROOT.relativize(file) + ": " + fault + "\n" + example));
          cases += reading.policy().map(policy -> policy.cases().size()).orElse(0);
        }
      }
    }
    assertThat(faults).isEmpty();
    assertThat(cases).isGreaterThan(10);
  }

  /** An example may be a part of a policy. */
  private static String whole(String example) {
    return (example.startsWith("version:") ? "" : "version: 1\n") + MODEL + example;
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of(ROOT.resolve("README.md")),
              docs.filter(file -> file.toString().endsWith(".md")))
          .sorted()
          .toList();
    }
  }
}
