package io.narthex.local.audit.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.narthex.local.text.ByteText;
import java.util.List;

/** What is counted over all paths: checks, compressions, signers, sizes. */
final class Sums {
  private final Html html;
  private final JsonNode report;

  Sums(Html html, JsonNode report) {
    this.html = html;
    this.report = report;
  }

  void checks() {
    JsonNode checks = report.path("checks");
    if (checks.isEmpty()) {
      return;
    }
    html.markup("<section id=\"checks\">\n<h2>Findings by check</h2>\n");
    long most = 0;
    for (JsonNode check : checks) {
      most = Math.max(most, total(check));
    }
    Table table =
        Table.begin(
            html,
            "sums",
            "Paths with findings, by check",
            Table.Column.text("Check"),
            Table.Column.number("Failed"),
            Table.Column.number("Waits"),
            Table.Column.number("Warned"),
            Table.Column.picture("Share"));
    for (JsonNode check : checks) {
      check(table, check, most);
    }
    table.end();
    html.markup(
        "<p class=\"key\"><span class=\"chip bad\">failed</span> <span class=\"chip late\">waits</span>"
            + " <span class=\"chip odd\">warned</span> A path may be in several rows.</p>\n");
    html.markup("</section>\n");
  }

  private static long total(JsonNode check) {
    return check.path("failed").asLong()
        + check.path("waits").asLong()
        + check.path("warned").asLong();
  }

  private void check(Table table, JsonNode check, long most) {
    String name = check.path("check").asText();
    long failed = check.path("failed").asLong();
    long waits = check.path("waits").asLong();
    long warned = check.path("warned").asLong();
    table.row();
    table.cell(
        () ->
            html.element("b", name)
                .markup(" ")
                .element("span", CheckText.of(name), "class", "means"));
    table.number(failed, none(failed)).number(waits, none(waits)).number(warned, none(warned));
    table.cell(
        () ->
            Bar.draw(
                html,
                "bar",
                most,
                "",
                List.of(
                    new Bar.Part("bad", failed),
                    new Bar.Part("late", waits),
                    new Bar.Part("odd", warned))));
    table.endRow();
  }

  /** Nothing is easier to pass over than a nought. */
  private static String none(long count) {
    return count == 0 ? "–" : Figures.count(count);
  }

  void shares(String id, String title, String array, String name, String heading) {
    JsonNode shares = report.path(array);
    if (shares.isEmpty()) {
      return;
    }
    html.open("section", "id", id).element("h2", title).line();
    long most = 0;
    for (JsonNode share : shares) {
      most = Math.max(most, share.path("narBytes").asLong());
    }
    Table table =
        Table.begin(
            html,
            "sums",
            title,
            Table.Column.text(heading),
            Table.Column.number("Paths"),
            Table.Column.number("Stored"),
            Table.Column.number("Decoded"),
            Table.Column.picture("Decoded bytes"));
    for (JsonNode share : shares) {
      share(table, share, share.path(name).asText(), most);
    }
    table.end();
    html.markup("</section>\n");
  }

  private void share(Table table, JsonNode share, String name, long most) {
    long stored = share.path("fileBytes").asLong();
    long decoded = share.path("narBytes").asLong();
    table.row().cell(() -> html.element("b", name));
    table.number(share.path("paths").asLong(), Figures.count(share.path("paths").asLong()));
    table.number(stored, ByteText.of(stored)).number(decoded, ByteText.of(decoded));
    table.cell(() -> Bar.draw(html, "bar", most, "", List.of(new Bar.Part("plain", decoded))));
    table.endRow();
  }
}
