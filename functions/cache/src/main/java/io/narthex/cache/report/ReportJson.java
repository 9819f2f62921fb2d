package io.narthex.cache.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import io.narthex.cache.layout.CachePath;
import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.VersionId;
import io.narthex.nix.path.StorePathHash;
import java.util.function.Function;

/** The JSON form of a report: what the state bucket holds and {@code /api/v1/paths} answers. */
public final class ReportJson {
  private ReportJson() {}

  /** Writes a report; the same report gives the same bytes. */
  public static byte[] write(Report report) {
    ObjectNode json = JsonDocument.object();
    json.put("hash", report.hash().nix32());
    report.storePath().ifPresent(path -> json.put("storePath", path));
    json.put("verdict", report.standing().toString());
    json.put("narinfoVersion", report.narinfo().value());
    json.put("since", report.since().toString());
    report.admitted().ifPresent(at -> json.put("admitted", at.toString()));
    report.lastVerified().ifPresent(version -> json.put("lastVerified", version.value()));
    report.url().ifPresent(nar -> json.put("nar", nar.key().value()));
    report.nar().ifPresent(version -> json.put("narVersion", version.value()));
    json.put("settings", report.settings());
    json.put("judgedAt", report.judgedAt().toString());
    var checks = json.putArray("checks");
    report.checks().forEach(outcome -> checks.add(CheckOutcomeJson.write(outcome)));
    report.facts().ifPresent(facts -> json.set("facts", NarFactsJson.write(facts)));
    var withdrawals = json.putArray("withdrawals");
    report.withdrawals().forEach(withdrawal -> withdrawals.add(write(withdrawal)));
    return JsonDocument.write(json);
  }

  /** Reads a report. */
  public static Report read(byte[] bytes) throws MalformedJsonException {
    JsonDocument json = JsonDocument.parse(bytes);
    return new Report(
        json.text("hash", StorePathHash::new),
        json.optionalText("storePath", Function.<String>identity()::apply),
        json.text("verdict", ReportJson::standing),
        json.text("narinfoVersion", VersionId::new),
        json.text("since", JsonDocument::instant),
        json.optionalText("admitted", JsonDocument::instant),
        json.optionalText("lastVerified", VersionId::new),
        json.optionalText("nar", ReportJson::nar),
        json.optionalText("narVersion", VersionId::new),
        json.text("settings"),
        json.objects("checks", CheckOutcomeJson::read),
        json.optionalObject("facts", NarFactsJson::read),
        json.objects("withdrawals", ReportJson::withdrawal),
        json.text("judgedAt", JsonDocument::instant));
  }

  private static ObjectNode write(Withdrawal withdrawal) {
    ObjectNode json = JsonDocument.object();
    json.put("key", withdrawal.key().value());
    json.put("version", withdrawal.version().value());
    json.put("at", withdrawal.at().toString());
    CheckOutcomeJson.findings(json, withdrawal.findings());
    withdrawal.text().ifPresent(text -> json.put("text", text));
    return json;
  }

  private static Withdrawal withdrawal(JsonDocument json) throws MalformedJsonException {
    return new Withdrawal(
        json.text("key", ObjectKey::new),
        json.text("version", VersionId::new),
        json.text("at", JsonDocument::instant),
        CheckOutcomeJson.findings(json),
        json.optionalText("text", Function.<String>identity()::apply));
  }

  private static NarPath nar(String key) {
    return CachePath.parse(key)
        .filter(NarPath.class::isInstance)
        .map(NarPath.class::cast)
        .orElseThrow(() -> new IllegalArgumentException("not a NAR: " + key));
  }

  private static Standing standing(String label) {
    return Standing.labelled(label)
        .orElseThrow(() -> new IllegalArgumentException("no such verdict: " + label));
  }
}
