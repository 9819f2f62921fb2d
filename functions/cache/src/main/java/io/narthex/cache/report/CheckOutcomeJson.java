package io.narthex.cache.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.layout.Need;
import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.CheckOutcome;
import io.narthex.cache.verdict.CheckResult;
import io.narthex.cache.verdict.Finding;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.path.StorePathHash;
import java.util.List;

/** The part of a report that says what one check found. */
final class CheckOutcomeJson {
  private CheckOutcomeJson() {}

  static ObjectNode write(CheckOutcome outcome) {
    ObjectNode json = JsonDocument.object();
    json.put("check", outcome.check().toString());
    switch (outcome.result()) {
      case CheckResult.Passed(var note) -> json.put("result", "passed").put("note", note);
      case CheckResult.NotRun(var why) -> json.put("result", "not-run").put("note", why);
      case CheckResult.Warned(var findings) -> findings(json.put("result", "warned"), findings);
      case CheckResult.Failed(var findings) -> findings(json.put("result", "failed"), findings);
      case CheckResult.Waits(var need, var finding) -> {
        findings(json.put("result", "waits"), List.of(finding));
        json.set("need", need(need));
      }
    }
    return json;
  }

  static CheckOutcome read(JsonDocument json) throws MalformedJsonException {
    CheckName check = checkName(json);
    return new CheckOutcome(
        check,
        switch (json.text("result")) {
          case "passed" -> new CheckResult.Passed(json.text("note"));
          case "not-run" -> new CheckResult.NotRun(json.text("note"));
          case "warned" -> new CheckResult.Warned(findings(json));
          case "failed" -> new CheckResult.Failed(findings(json));
          case "waits" ->
              new CheckResult.Waits(
                  json.object("need", CheckOutcomeJson::need), findings(json).getFirst());
          default -> throw new MalformedJsonException("result: unknown " + json.text("result"));
        });
  }

  static void findings(ObjectNode json, List<Finding> findings) {
    var array = json.putArray("findings");
    for (Finding finding : findings) {
      array
          .addObject()
          .put("check", finding.check().toString())
          .put("field", finding.field())
          .put("expected", finding.expected())
          .put("actual", finding.actual());
    }
  }

  static List<Finding> findings(JsonDocument json) throws MalformedJsonException {
    return json.objects(
        "findings",
        j -> new Finding(checkName(j), j.text("field"), j.text("expected"), j.text("actual")));
  }

  private static CheckName checkName(JsonDocument json) throws MalformedJsonException {
    return json.text(
        "check",
        text ->
            CheckName.labelled(text)
                .orElseThrow(() -> new IllegalArgumentException("no such check: " + text)));
  }

  private static ObjectNode need(Need need) {
    ObjectNode json = JsonDocument.object();
    return switch (need) {
      case Need.ForNar(var nar) -> json.put("nar", nar.file());
      case Need.ForPath(var path) -> json.put("path", path.toString());
      case Need.ForSignature(var hash) -> json.put("signature", hash.nix32());
      case Need.ForAudit(var hash) -> json.put("audit", hash.nix32());
    };
  }

  private static Need need(JsonDocument json) throws MalformedJsonException {
    if (json.has("nar")) {
      return new Need.ForNar(json.text("nar", NarPath::new));
    }
    if (json.has("path")) {
      return new Need.ForPath(json.text("path", StorePath::parse));
    }
    return json.has("audit")
        ? new Need.ForAudit(json.text("audit", StorePathHash::new))
        : new Need.ForSignature(json.text("signature", StorePathHash::new));
  }
}
