package dev.lifesign.app.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/**
 * A Markdown file of the project, with the parts that the tests read.
 *
 * @param file the file
 * @param links the destinations of its links and images, in order
 * @param anchors the fragments of its headings, as GitHub generates them
 * @param blocks its code blocks, except for those in a language such as YAML
 * @param code its inline code
 */
record Document(
    Path file, List<String> links, Set<String> anchors, List<String> blocks, List<String> code) {

  /** The languages of code blocks with commands. */
  private static final Set<String> SHELL = Set.of("", "sh", "shell", "bash", "console");

  static Document read(Path file) {
    try {
      Reading reading = new Reading();
      Parser.builder().build().parse(Files.readString(file)).accept(reading);
      return new Document(
          file, reading.links, reading.anchors.fragments(), reading.blocks, reading.code);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Visits the syntax tree of a file. */
  private static final class Reading extends AbstractVisitor {
    private final List<String> links = new ArrayList<>();
    private final Anchors anchors = new Anchors();
    private final List<String> blocks = new ArrayList<>();
    private final List<String> code = new ArrayList<>();

    @Override
    public void visit(Link link) {
      links.add(link.getDestination());
      visitChildren(link);
    }

    @Override
    public void visit(Image image) {
      links.add(image.getDestination());
      visitChildren(image);
    }

    @Override
    public void visit(Heading heading) {
      anchors.add(text(heading));
      visitChildren(heading);
    }

    @Override
    public void visit(FencedCodeBlock block) {
      if (SHELL.contains(block.getInfo())) {
        blocks.add(block.getLiteral());
      }
    }

    @Override
    public void visit(IndentedCodeBlock block) {
      blocks.add(block.getLiteral());
    }

    @Override
    public void visit(Code inline) {
      code.add(inline.getLiteral());
    }
  }

  private static String text(Node node) {
    StringBuilder text = new StringBuilder();
    node.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text part) {
            text.append(part.getLiteral());
          }

          @Override
          public void visit(Code part) {
            text.append(part.getLiteral());
          }
        });
    return text.toString();
  }

  /** Generates fragments of headings as GitHub does; repeated ones get -1 and so on appended. */
  private static final class Anchors {
    private final Map<String, Integer> seen = new HashMap<>();
    private final Set<String> fragments = new HashSet<>();

    void add(String heading) {
      String name =
          heading
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^\\p{L}\\p{N}\\p{M}_ -]", "")
              .replace(' ', '-');
      int before = seen.merge(name, 1, Integer::sum) - 1;
      fragments.add(before == 0 ? name : name + "-" + before);
    }

    Set<String> fragments() {
      return fragments;
    }
  }
}
