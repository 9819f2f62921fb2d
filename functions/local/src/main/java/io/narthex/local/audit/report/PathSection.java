package io.narthex.local.audit.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.narthex.local.text.ByteText;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A table of paths that have something in common, as far as a page can hold them. */
final class PathSection {
  /** Of one table; all are in {@code report.json}. */
  static final int MAX_ROWS = 2000;

  private final Html html;
  private final ReportFile report;

  PathSection(Html html, ReportFile report) {
    this.html = html;
    this.report = report;
  }

  /**
   * Writes one, if there is anything to be in it.
   *
   * @param all how many there are in the report
   */
  void write(String id, String title, String lead, long all, Predicate<JsonNode> belongs)
      throws IOException {
    if (all == 0) {
      return;
    }
    begin(id, title, lead, all);
    Table table =
        Table.begin(
            html,
            "paths",
            title,
            Table.Column.text("Store path"),
            Table.Column.text("Findings"),
            Table.Column.number("Archive"));
    rows(belongs, path -> row(table, path));
    table.end();
    html.markup("</section>\n");
  }

  void begin(String id, String title, String lead, long all) {
    html.open("section", "id", id).markup("<h2>").text(title);
    html.element("span", Figures.count(all), "class", "count").markup("</h2>\n");
    html.element("p", lead, "class", "lead").line();
    if (all > MAX_ROWS) {
      html.open("p", "class", "note");
      html.text("The first " + Figures.count(MAX_ROWS) + " are shown; all are in ");
      html.element("code", "report.json").text(".").close("p").line();
    }
  }

  /** The first of them, and no more than a page can hold. */
  void rows(Predicate<JsonNode> belongs, Consumer<JsonNode> writer) throws IOException {
    int[] shown = {0};
    report.paths(
        path -> {
          if (belongs.test(path)) {
            writer.accept(path);
            shown[0]++;
          }
          return shown[0] < MAX_ROWS;
        });
  }

  private void row(Table table, JsonNode path) {
    table.row().cell(() -> PathCell.path(html, path)).cell(() -> PathCell.findings(html, path));
    long size = path.path("narSize").asLong();
    table.number(size, path.has("narSize") ? ByteText.of(size) : "").endRow();
  }

  /** Whether a path has this verdict. */
  static Predicate<JsonNode> verdict(String verdict) {
    return path -> path.path("verdict").asText().equals(verdict);
  }

  /** Whether a path has a finding of this weight. */
  static Predicate<JsonNode> result(String result) {
    return path -> {
      for (JsonNode finding : path.path("findings")) {
        if (finding.path("result").asText().equals(result)) {
          return true;
        }
      }
      return false;
    };
  }
}
