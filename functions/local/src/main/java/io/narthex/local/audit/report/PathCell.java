package io.narthex.local.audit.report;

import com.fasterxml.jackson.databind.JsonNode;

/** How a store path, and what was found about it, are written. */
final class PathCell {
  /** Of one path; a hostile one may have many. */
  private static final int MAX_FINDINGS = 12;

  private static final int MAX_TEXT = 300;
  private static final int HASH_END = 33;

  private PathCell() {}

  /** The store path; its hash where the narinfo cannot be read. */
  static void path(Html html, JsonNode path) {
    String storePath = path.path("storePath").asText();
    store(html, storePath.isEmpty() ? path.path("hash").asText() : storePath);
  }

  /** The name is what people look for: the rest of it stands back. */
  static void store(Html html, String storePath) {
    int base = storePath.lastIndexOf('/') + 1;
    int name = Math.min(storePath.length(), base + HASH_END);
    boolean isNamed = name < storePath.length();
    html.open("span", "class", "path");
    html.element("span", isNamed ? storePath.substring(0, name) : "", "class", "hash");
    html.element("b", isNamed ? storePath.substring(name) : storePath);
    html.close("span");
  }

  /** Why it is unchecked, and all findings as far as they are shown. */
  static void findings(Html html, JsonNode path) {
    if (path.has("why")) {
      html.element("p", cut(path.path("why").asText()), "class", "why");
    }
    JsonNode findings = path.path("findings");
    int shown = 0;
    for (JsonNode finding : findings) {
      if (shown++ < MAX_FINDINGS) {
        finding(html, finding);
      }
    }
    if (findings.size() > MAX_FINDINGS) {
      html.element("p", Figures.count(findings.size() - MAX_FINDINGS) + " more", "class", "why");
    }
  }

  private static void finding(Html html, JsonNode finding) {
    html.open("div", "class", "finding");
    html.element(
        "span", finding.path("check").asText(), "class", "chip " + tone(finding.path("result")));
    html.element("span", cut(finding.path("field").asText()), "class", "field");
    html.open("span", "class", "said").markup("<i>expected</i> ");
    html.element("code", cut(finding.path("expected").asText())).close("span");
    html.open("span", "class", "said").markup("<i>found</i> ");
    html.element("code", cut(finding.path("actual").asText())).close("span");
    html.close("div");
  }

  /** A class of the style sheet. */
  private static String tone(JsonNode result) {
    return switch (result.asText()) {
      case "failed" -> "bad";
      case "waits" -> "late";
      default -> "odd";
    };
  }

  private static String cut(String text) {
    return text.length() <= MAX_TEXT
        ? text
        : text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, MAX_TEXT))) + "…";
  }
}
