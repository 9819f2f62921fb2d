package io.narthex.local.audit.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.narthex.cache.json.JsonDocument;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The head of the page: what was looked at, and what came of it. */
final class Overview {
  private final Html html;
  private final JsonNode report;

  /** One of the four verdicts, with its colour. */
  enum Tile {
    REJECTED("rejected", "bad", "Rejected", "a check failed"),
    WAITING("waiting", "late", "Waiting", "something is missing"),
    UNCHECKED("unchecked", "dim", "Unchecked", "neither good nor bad"),
    VERIFIED("verified", "good", "Verified", "all checks passed");

    private final String field;
    private final String colour;
    private final String title;
    private final String means;

    Tile(String field, String colour, String title, String means) {
      this.field = field;
      this.colour = colour;
      this.title = title;
      this.means = means;
    }
  }

  Overview(Html html, JsonNode report) {
    this.html = html;
    this.report = report;
  }

  void write() {
    html.markup("<header>\n");
    html.markup("<p class=\"kind\">Audit of a Nix binary cache</p>\n");
    html.markup("<h1>").text(report.path("cache").asText()).markup("</h1>\n");
    html.element("p", sentence(), "class", "sentence " + colour()).line();
    if (!report.path("complete").asBoolean()) {
      html.markup("<p class=\"note\">Stopped before its end: what follows is about a part.</p>\n");
    }
    html.element("p", circumstances(), "class", "lead").line();
    html.markup("</header>\n");
    verdicts();
  }

  private long paths(String field) {
    return report.path("summary").path(field).asLong();
  }

  private String sentence() {
    long all = paths("paths");
    if (all == 0) {
      return "No path was looked at.";
    }
    if (paths("rejected") > 0) {
      return of("rejected", all) + " rejected.";
    }
    if (paths("waiting") > 0) {
      return "Nothing is wrong, but " + of("waiting", all) + " waiting for something.";
    }
    if (paths("unchecked") > 0) {
      return "Nothing was found wrong, but " + of("unchecked", all) + " not fully checked.";
    }
    return all == 1 ? "The one path is sound." : "All " + Figures.count(all) + " paths are sound.";
  }

  private String of(String field, long all) {
    String some = Figures.count(paths(field)) + " of " + Figures.count(all, "path");
    return some + (paths(field) == 1 ? " is" : " are");
  }

  private String colour() {
    for (Tile tile : Tile.values()) {
      if (paths(tile.field) > 0) {
        return tile.colour;
      }
    }
    return "dim";
  }

  private String circumstances() {
    Instant began = JsonDocument.instant(report.path("startedAt").asText());
    Instant ended = JsonDocument.instant(report.path("endedAt").asText());
    String selection = report.path("selection").asText();
    String which = selection.equals("all") ? "" : ", of the paths chosen by " + selection;
    String day = ended.toString().substring(0, 16).replace('T', ' ');
    return archives() + which + ". " + day + " UTC, in " + Figures.duration(began, ended) + ".";
  }

  /** Which archives were read: a verdict on one that was not is on its narinfo. */
  private String archives() {
    if (report.path("mode").asText().equals("quick")) {
      return "Narinfos only, no archive was read";
    }
    long known = paths("narsKnown");
    long notRead = paths("narsNotRead");
    if (known == 0 && notRead == 0) {
      return "Every archive was read";
    }
    var parts = new ArrayList<String>();
    parts.add(Figures.count(paths("narsRead")) + " read");
    if (known > 0) {
      parts.add(Figures.count(known) + " known from an earlier audit");
    }
    if (notRead > 0) {
      parts.add(Figures.count(notRead) + " not read");
    }
    return "Of " + Figures.count(paths("paths"), "archive") + " " + String.join(", ", parts);
  }

  private void verdicts() {
    long all = paths("paths");
    html.markup("<section id=\"verdicts\">\n<h2 class=\"unseen\">Verdicts</h2>\n");
    var parts = new ArrayList<Bar.Part>();
    for (Tile tile : List.of(Tile.values()).reversed()) {
      parts.add(new Bar.Part(tile.colour, paths(tile.field)));
    }
    Bar.draw(html, "verdict-bar", all, "", parts);
    html.markup("<dl class=\"tiles\">\n");
    for (Tile tile : Tile.values()) {
      long count = paths(tile.field);
      html.open("div", "class", "tile " + tile.colour + (count == 0 ? " none" : ""));
      title(tile, count);
      html.element("dd", Figures.count(count), "class", "figure");
      html.element("dd", Figures.percent(count, all) + ", " + tile.means, "class", "means");
      html.close("div").line();
    }
    html.markup("</dl>\n");
    remarks();
    html.markup("</section>\n");
  }

  /** Leads to the table of these paths, if the page has one. */
  private void title(Tile tile, long count) {
    html.markup("<dt>");
    long listed = tile == Tile.UNCHECKED ? count - paths("unread") : count;
    if (listed > 0 && tile != Tile.VERIFIED) {
      html.element("a", tile.title, "href", "#" + tile.field);
    } else {
      html.text(tile.title);
    }
    html.markup("</dt>");
  }

  private void remarks() {
    if (paths("warned") > 0) {
      html.element(
              "p",
              Figures.count(paths("warned"), "path") + " with warnings, whatever their verdict.",
              "class",
              "lead")
          .line();
    }
    if (paths("unread") > 0) {
      html.element(
              "p",
              Figures.count(paths("unread"), "path")
                  + " unchecked only because this was a quick audit: nothing was found against them.",
              "class",
              "lead")
          .line();
    }
  }
}
