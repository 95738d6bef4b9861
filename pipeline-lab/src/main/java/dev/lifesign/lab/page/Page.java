package dev.lifesign.lab.page;

import dev.lifesign.lab.words.Words;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A report as one self-contained HTML page in the language of its words: light and dark, on a
 * screen of any width and on paper.
 */
public final class Page {

  private final StringBuilder html = new StringBuilder();

  /**
   * Begins a page.
   *
   * @param sheets style sheets beside the one that all pages have
   */
  public Page(Words words, String title, String... sheets) {
    add("<!doctype html>");
    add(
        "<html lang='%s' dir='%s'><head><meta charset='utf-8'>",
        words.language(), words.isRightToLeft() ? "rtl" : "ltr");
    add("<meta name='viewport' content='width=device-width, initial-scale=1'>");
    add("<title>%s</title><style>", text(title));
    html.append(sheet(Page.class, "page.css"));
    for (String sheet : sheets) {
      html.append(sheet);
    }
    add("</style></head><body><h1>%s</h1>", text(title));
  }

  /**
   * A style sheet.
   *
   * @param owner a class of the package that has it as a resource
   */
  public static String sheet(Class<?> owner, String name) {
    try (InputStream file = owner.getResourceAsStream(name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("The style sheet %s could not be read".formatted(name), e);
    }
  }

  /** Adds markup, with its arguments as {@link String#format} puts them in. */
  public void add(String format, Object... arguments) {
    html.append(arguments.length == 0 ? format : String.format(Locale.ROOT, format, arguments))
        .append('\n');
  }

  /** The page, which ends here. */
  public String finish() {
    add("</body></html>");
    return html.toString();
  }

  /** Escapes text for use in markup, also within an attribute in single quotes. */
  public static String text(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("'", "&#39;");
  }

  /** Text of either direction, such as a name, apart from the text around it. */
  public static String apart(String text) {
    return "<bdi>" + text(text) + "</bdi>";
  }
}
