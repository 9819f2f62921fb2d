package io.narthex.local.audit.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.function.Predicate;

/** Closures that are not complete: what they miss, and whose they are. */
final class Closures {
  private static final Predicate<JsonNode> INCOMPLETE = path -> !path.path("misses").isEmpty();

  private final Html html;
  private final JsonNode report;
  private final PathSection paths;

  Closures(Html html, JsonNode report, PathSection paths) {
    this.html = html;
    this.report = report;
    this.paths = paths;
  }

  void write() throws IOException {
    JsonNode missing = report.path("missing");
    if (missing.isEmpty()) {
      return;
    }
    html.markup("<section id=\"closures\">\n<h2>Incomplete closures</h2>\n");
    html.markup(
        "<p class=\"lead\">A client that asks for such a path cannot get everything that it needs.</p>\n");
    missing(missing);
    incomplete();
    html.markup("</section>\n");
  }

  private void missing(JsonNode missing) {
    Table table =
        Table.begin(
            html,
            "sums titled",
            "What closures miss",
            Table.Column.text("Missed path"),
            Table.Column.text("Why"),
            Table.Column.number("Paths that refer to it"));
    for (JsonNode missed : missing) {
      long referrers = missed.path("referrers").asLong();
      table.row().cell(() -> PathCell.store(html, missed.path("storePath").asText()));
      table.cell(() -> why(missed)).number(referrers, Figures.count(referrers)).endRow();
    }
    table.end();
  }

  private void incomplete() throws IOException {
    Table table =
        Table.begin(
            html,
            "paths titled",
            "Paths whose closure is incomplete",
            Table.Column.text("Store path"),
            Table.Column.text("Misses"));
    paths.rows(
        INCOMPLETE,
        path ->
            table
                .row()
                .cell(() -> PathCell.path(html, path))
                .cell(() -> path.path("misses").forEach(this::missed))
                .endRow());
    table.end();
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
