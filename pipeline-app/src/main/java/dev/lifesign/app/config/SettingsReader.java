package dev.lifesign.app.config;

import dev.lifesign.app.UserError;
import dev.lifesign.core.document.Documents;
import dev.lifesign.core.document.Fault;
import dev.lifesign.core.document.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads {@code lifesign.yaml}; every fault is named at once, by its path. */
public final class SettingsReader {

  private SettingsReader() {}

  /**
   * Reads the settings of a file; relative paths in it are relative to it.
   *
   * @throws UserError if it cannot be read, or has faults
   */
  public static Settings read(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new UserError(
          "Expected the settings in %s, but the file cannot be read; check --config"
              .formatted(file),
          e);
    }
    List<Fault> faults = new ArrayList<>();
    Path home = file.toAbsolutePath().getParent();
    Settings settings = settings(Documents.read(text, faults), home);
    if (!faults.isEmpty()) {
      throw new UserError(
          faults.stream().map(fault -> file + ": " + fault).collect(Collectors.joining("\n")));
    }
    return settings;
  }

  private static Settings settings(Section root, Path home) {
    Section topics = root.section("topics");
    Map<String, String> registry = new LinkedHashMap<>(root.texts("registry"));
    if (!registry.containsKey("schema.registry.url")) {
      root.section("registry")
          .fault(
              "schema.registry.url", "expected an address such as http://localhost:8081; set it");
    }
    Map<String, String> kafka = root.texts("kafka");
    Settings settings =
        new Settings(
            root.text("applicationId", "lifesign"),
            root.requiredText("bootstrapServers"),
            root.text("serde", Settings.OWN_SERDE),
            home.resolve(root.requiredText("policy")),
            home.resolve(root.requiredText("stateDir")),
            flag(root, "temporaryState", "false"),
            (int) topics.integer("partitions", 12, 1),
            (int) topics.integer("replication", 3, 1),
            flag(root, "checkPartition", "true"),
            Duration.ofMillis(root.duration("settle", "PT2M")),
            kafka,
            registry);
    if ("-1".equals(kafka.get("max.task.idle.ms"))) {
      root.section("kafka")
          .fault(
              "max.task.idle.ms",
              "-1 lets ticks overtake events that are still to be fetched, so that customers who"
                  + " were active would be reported silent; leave it out");
    }
    topics.close();
    root.close();
    return settings;
  }

  private static boolean flag(Section root, String key, String otherwise) {
    return root.choice(key, otherwise, List.of("true", "false"), Function.identity())
        .equals("true");
  }
}
