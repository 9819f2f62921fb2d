package io.narthex.local.audit.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.narthex.local.text.ByteText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How large archives are: a histogram over powers of two, and the largest. */
final class Sizes {
  private static final int BAR = 26;
  private static final int GAP = 4;
  private static final int HEIGHT = 140;
  private static final int TOP = 22;
  private static final int BOTTOM = 26;

  private final Html html;
  private final JsonNode report;

  Sizes(Html html, JsonNode report) {
    this.html = html;
    this.report = report;
  }

  /** One column of the histogram: the paths from half of a size up to it. */
  private record Column(long below, long paths) {}

  void write() {
    List<Column> columns = columns();
    if (columns.isEmpty()) {
      return;
    }
    html.markup("<section id=\"sizes\">\n<h2>Sizes of archives</h2>\n");
    histogram(columns);
    largest();
    html.markup("</section>\n");
  }

  /** With those in between that no path has, so that the axis is even. */
  private List<Column> columns() {
    var columns = new ArrayList<Column>();
    for (JsonNode size : report.path("narSizes")) {
      long below = size.path("below").asLong();
      while (!columns.isEmpty() && columns.getLast().below() < below / 2) {
        columns.add(new Column(columns.getLast().below() * 2, 0));
      }
      columns.add(new Column(below, size.path("paths").asLong()));
    }
    return columns;
  }

  private void histogram(List<Column> columns) {
    long most = columns.stream().mapToLong(Column::paths).max().orElse(1);
    String width = Integer.toString(columns.size() * (BAR + GAP) + GAP);
    String height = Integer.toString(TOP + HEIGHT + BOTTOM);
    html.markup("<figure class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"Histogram\">");
    html.open(
        "svg",
        "class",
        "histogram",
        "role",
        "img",
        "aria-label",
        spoken(columns),
        "width",
        width,
        "height",
        height,
        "viewBox",
        "0 0 " + width + " " + height);
    for (int i = 0; i < columns.size(); i++) {
      column(columns.get(i), i, most);
    }
    html.markup(
        "</svg><figcaption>Paths by the size of their archive: each column holds those"
            + " below its size and not below half of it.</figcaption></figure>\n");
  }

  private static String spoken(List<Column> columns) {
    var text = new StringBuilder("Paths by size of archive.");
    for (Column column : columns) {
      if (column.paths() > 0) {
        text.append(" Below ").append(ByteText.of(column.below())).append(": ");
        text.append(Figures.count(column.paths())).append('.');
      }
    }
    return text.toString();
  }

  private void column(Column column, int index, long most) {
    int x = GAP + index * (BAR + GAP);
    double height =
        column.paths() == 0 ? 0 : Math.max(2.0, (double) HEIGHT * column.paths() / most);
    double y = TOP + HEIGHT - height;
    html.open(
            "rect",
            "class",
            "plain",
            "x",
            "" + x,
            "width",
            "" + BAR,
            "y",
            number(y),
            "height",
            number(height))
        .close("rect");
    if (column.paths() > 0) {
      html.element(
          "text",
          shortly(column.paths()),
          "class",
          "value",
          "x",
          "" + (x + BAR / 2),
          "y",
          number(y - 5));
    }
    if (index % 2 == 0) {
      html.element(
          "text",
          ByteText.of(column.below()).replaceAll("\\.\\d+", ""),
          "class",
          "axis",
          "x",
          "" + (x + BAR / 2),
          "y",
          "" + (TOP + HEIGHT + 17));
    }
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /** Three characters or so, for the width of a column. */
  private static String shortly(long count) {
    if (count < 1000) {
      return Long.toString(count);
    }
    return count < 1_000_000
        ? String.format(Locale.ROOT, count < 10_000 ? "%.1fk" : "%.0fk", count / 1e3)
        : String.format(Locale.ROOT, count < 10_000_000 ? "%.1fM" : "%.0fM", count / 1e6);
  }

  private void largest() {
    JsonNode largest = report.path("largest");
    Table table =
        Table.begin(
            html,
            "sums titled",
            "The largest archives",
            Table.Column.text("Store path"),
            Table.Column.number("Stored"),
            Table.Column.number("Decoded"));
    for (JsonNode path : largest) {
      long stored = path.path("fileSize").asLong();
      long decoded = path.path("narSize").asLong();
      table.row().cell(() -> PathCell.store(html, path.path("storePath").asText()));
      table.number(stored, ByteText.of(stored)).number(decoded, ByteText.of(decoded)).endRow();
    }
    table.end();
  }
}
