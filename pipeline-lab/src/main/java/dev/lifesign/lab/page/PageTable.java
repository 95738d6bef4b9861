package dev.lifesign.lab.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table that scrolls where the page is too narrow for it. */
public final class PageTable {

  private final Page page;
  private final List<String> headings = new ArrayList<>();
  private final List<String> styles = new ArrayList<>();

  /** A table without columns. */
  public PageTable(Page page) {
    this.page = page;
  }

  /** Adds a column of text. */
  public PageTable text(String heading) {
    return column(heading, "");
  }

  /** Adds a column of text that needs some room to be read. */
  public PageTable prose(String heading) {
    return column(heading, " class='prose'");
  }

  /** Adds a column of numbers. */
  public PageTable number(String heading) {
    return column(heading, " class='n'");
  }

  private PageTable column(String heading, String style) {
    headings.add(heading);
    styles.add(style);
    return this;
  }

  /**
   * Begins the rows.
   *
   * @param label what the table shows, for those who cannot see it
   */
  public PageTable begin(String label) {
    page.add("<div class='wide' tabindex='0' role='region' aria-label='%s'>", Page.text(label));
    page.add("<table><thead><tr>");
    for (int i = 0; i < headings.size(); i++) {
      page.add("<th scope='col'%s>%s</th>", styles.get(i), Page.text(headings.get(i)));
    }
    page.add("</tr></thead><tbody>");
    return this;
  }

  /**
   * A row.
   *
   * @param cells one per column, as markup
   */
  public void row(String... cells) {
    row(false, cells);
  }

  /**
   * A row.
   *
   * @param marked whether it stands out
   * @param cells one per column, as markup
   */
  public void row(boolean marked, String... cells) {
    page.add(marked ? "<tr class='marked'>" : "<tr>");
    for (int i = 0; i < cells.length; i++) {
      page.add("<td%s>%s</td>", styles.get(i), cells[i]);
    }
    page.add("</tr>");
  }

  /** Ends the table. */
  public void end() {
    page.add("</tbody></table></div>");
  }

  /**
   * A number with a bar beside it.
   *
   * @param share the length of the bar, 0 to 1; a number outside that range is cut to it
   */
  public static String meter(double share, String number) {
    double length = Double.isNaN(share) ? 0 : Math.max(0, Math.min(1, share));
    return String.format(
        Locale.ROOT,
        "<span class='meter' aria-hidden='true'><i style='width:%.1f%%'></i></span><span class='figure'>%s</span>",
        100 * length,
        Page.text(number));
  }
}
