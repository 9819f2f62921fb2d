package io.narthex.local.audit.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.narthex.cache.audit.AuditTally;
import java.io.IOException;

/** Closures that are not complete: what they miss, and whose they are. */
final class Closures {
  private final Html html;
  private final JsonNode report;
  private final PathSection paths;

  Closures(Html html, JsonNode report, PathSection paths) {
    this.html = html;
    this.report = report;
    this.paths = paths;
  }

  /** The paths that are missed most. */
  void missing() {
    JsonNode missing = report.path("missing");
    if (missing.isEmpty()) {
      return;
    }
    html.markup("<section id=\"missing\">\n<h2>What closures miss</h2>\n");
    html.markup(
        "<p class=\"lead\">Paths that others need, and that are not there or not good.</p>\n");
    if (missing.size() == AuditTally.MAX_NAMES) {
      String most = "The " + Figures.count(missing.size()) + " that are missed most are shown.";
      html.element("p", most, "class", "note").line();
    }
    Table table =
        Table.begin(
            html,
            "sums",
            "What closures miss",
            Table.Column.text("Missed path"),
            Table.Column.text("Why"),
            Table.Column.number("Referrers"));
    for (JsonNode missed : missing) {
      long referrers = missed.path("referrers").asLong();
      table.row().cell(() -> PathCell.store(html, missed.path("storePath").asText()));
      table.cell(() -> why(missed)).number(referrers, Figures.count(referrers)).endRow();
    }
    table.end();
    html.markup("</section>\n");
  }

  /** The paths that miss them. */
  void incomplete() throws IOException {
    long incomplete = report.path("summary").path("incomplete").asLong();
    if (incomplete == 0) {
      return;
    }
    paths.begin(
        "closures",
        "Incomplete closures",
        "Who asks for such a path cannot get all that it needs.",
        incomplete);
    Table table =
        Table.begin(
            html,
            "paths two",
            "Incomplete closures",
            Table.Column.text("Store path"),
            Table.Column.text("Misses"));
    paths.rows(
        path -> !path.path("misses").isEmpty(),
        path ->
            table
                .row()
                .cell(() -> PathCell.path(html, path))
                .cell(() -> path.path("misses").forEach(this::missed))
                .endRow());
    table.end();
    html.markup("</section>\n");
  }

  private void missed(JsonNode missed) {
    html.open("div", "class", "missed");
    why(missed);
    html.markup(" ");
    PathCell.store(html, missed.path("storePath").asText());
    html.close("div");
  }

  private void why(JsonNode missed) {
    String why = missed.path("why").asText();
    String tone =
        switch (why) {
          case "rejected" -> "bad";
          case "unchecked" -> "dim";
          default -> "late";
        };
    html.element("span", why, "class", "chip " + tone);
  }
}
