package io.narthex.local.audit.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Under which settings paths were judged: a verdict says nothing without them. */
final class Conditions {
  private final Html html;
  private final JsonNode report;

  Conditions(Html html, JsonNode report) {
    this.html = html;
    this.report = report;
  }

  void write() {
    JsonNode settings = report.path("settings");
    html.markup("<section id=\"conditions\">\n<h2>How it was checked</h2>\n<dl class=\"facts\">\n");
    fact("Cache", List.of(report.path("cache").asText()));
    fact("Store directory", List.of(settings.path("storeDir").asText()));
    fact("Signatures needed", List.of(settings.path("requiredSignatures").asText()));
    fact("Trusted keys", texts(settings.path("trustedPublicKeys")));
    fact("Upstream caches", texts(settings.path("upstreams")));
    fact("xz decoded by", List.of(report.path("xzDecoder").asText()));
    fact("Began", List.of(report.path("startedAt").asText()));
    fact("Ended", List.of(report.path("endedAt").asText()));
    html.markup("</dl>\n</section>\n");
  }

  private static List<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private void fact(String name, List<String> values) {
    html.markup("<div>").element("dt", name);
    (values.isEmpty() ? List.of("none") : values).forEach(value -> html.element("dd", value));
    html.markup("</div>\n");
  }
}
