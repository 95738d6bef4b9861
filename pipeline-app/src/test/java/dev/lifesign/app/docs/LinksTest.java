package dev.lifesign.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.app.cli.Main;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Tests the links and the commands in the documents of the project. */
class LinksTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path DOCS = ROOT.resolve("docs");
  private static final Path INDEX = DOCS.resolve("README.md");

  @Test
  void everyLinkLeadsToAFileAndAHeadingThatExist() throws IOException {
    List<String> broken = new ArrayList<>();
    int followed = 0;
    for (Document document : documents()) {
      for (String link : document.links()) {
        if (!isExternal(link)) {
          followed++;
          fault(document.file(), link).ifPresent(broken::add);
        }
      }
    }
    assertThat(broken).isEmpty();
    assertThat(followed).isPositive();
  }

  @Test
  void everyDocumentIsReachedFromTheIndex() throws IOException {
    Set<Path> reached = new HashSet<>(Set.of(INDEX));
    Deque<Path> next = new ArrayDeque<>(reached);
    while (!next.isEmpty()) {
      Path from = next.pop();
      for (String link : Document.read(from).links()) {
        Path to = isExternal(link) ? from : target(from, link);
        if (isDocument(to) && reached.add(to) && to.toString().endsWith(".md")) {
          next.push(to);
        }
      }
    }
    try (Stream<Path> files = Files.walk(DOCS)) {
      assertThat(files.filter(Files::isRegularFile).filter(file -> !reached.contains(file)))
          .isEmpty();
    }
    assertThat(reached).hasSizeGreaterThan(1);
  }

  @Test
  void everyCommandThatABlockShowsIsUnderstood() throws IOException {
    List<String> faults = new ArrayList<>();
    int shown = 0;
    for (Document document : documents()) {
      for (String block : document.blocks()) {
        for (List<String> words : ShownCommands.of(block)) {
          shown++;
          try {
            Main.commandLine().parseArgs(words.toArray(String[]::new));
          } catch (CommandLine.ParameterException e) {
            faults.add(where(document, words) + e.getMessage());
          }
        }
      }
    }
    assertThat(faults).isEmpty();
    assertThat(shown).isPositive();
  }

  @Test
  void everyCommandThatASentenceNamesExistsWithItsOptions() throws IOException {
    List<String> faults = new ArrayList<>();
    int named = 0;
    for (Document document : documents()) {
      for (String code : document.code()) {
        for (List<String> words : ShownCommands.of(code)) {
          named++;
          unknownWord(words).ifPresent(word -> faults.add(where(document, words) + word));
        }
      }
    }
    assertThat(faults).isEmpty();
    assertThat(named).isPositive();
  }

  /** The first word that is neither a command, nor an option, nor a value, nor an ellipsis. */
  private static Optional<String> unknownWord(List<String> words) {
    CommandLine command = Main.commandLine();
    for (String word : words) {
      if (command.getSubcommands().containsKey(word)) {
        command = command.getSubcommands().get(word);
      } else if (word.startsWith("-") && !word.equals("-")) {
        if (command.getCommandSpec().findOption(word.replaceAll("=.*", "")) == null) {
          return Optional.of("no option " + word);
        }
      } else if (!command.getSubcommands().isEmpty() && !word.equals("…")) {
        return Optional.of("no command " + word);
      }
    }
    return Optional.empty();
  }

  private static String where(Document document, List<String> words) {
    return ROOT.relativize(document.file()) + ": lifesign " + String.join(" ", words) + ": ";
  }

  private static List<Document> documents() throws IOException {
    try (Stream<Path> docs = Files.walk(DOCS)) {
      return Stream.concat(
              Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md").map(ROOT::resolve),
              docs.filter(file -> file.toString().endsWith(".md")))
          .sorted()
          .map(Document::read)
          .toList();
    }
  }

  private static boolean isDocument(Path file) {
    return file.startsWith(DOCS) && Files.isRegularFile(file);
  }

  private static boolean isExternal(String link) {
    return URI.create(link).getScheme() != null;
  }

  private static Path target(Path from, String link) {
    String path = URI.create(link).getPath();
    return path.isEmpty() ? from : from.resolveSibling(path).normalize();
  }

  private static Optional<String> fault(Path from, String link) {
    String where = ROOT.relativize(from) + ": " + link + ": ";
    Path to = target(from, link);
    if (!Files.exists(to)) {
      return Optional.of(where + "no such file");
    }
    String fragment = URI.create(link).getFragment();
    boolean there =
        fragment == null
            || (to.toString().endsWith(".md") && Document.read(to).anchors().contains(fragment));
    return there ? Optional.empty() : Optional.of(where + "no such heading");
  }
}
