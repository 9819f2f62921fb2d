package io.narthex.cache.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.cache.verdict.CheckName;
import io.narthex.nix.signature.PublicKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** The JSON of one path, and of a report's sums; {@code docs/audit.md} says what is in it. */
final class AuditJson {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int MAX_MISSES = 10;

  private AuditJson() {}

  /** Writes to a stream that stays open. */
  static JsonGenerator to(OutputStream out) throws IOException {
    return JSON.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
  }

  /** One path as one line of UTF-8, with the line feed. */
  static byte[] line(AuditedPath path) {
    var bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator json = to(bytes)) {
      path(json, path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }

  private static void path(JsonGenerator json, AuditedPath path) throws IOException {
    json.writeStartObject();
    json.writeStringField("hash", path.hash().nix32());
    if (path.storePath().isPresent()) {
      json.writeStringField("storePath", path.storePath().get());
    }
    json.writeStringField("verdict", path.verdict().toString());
    if (path.why().isPresent()) {
      json.writeStringField("why", path.why().get());
    }
    findings(json, path.findings());
    if (path.sizes().isPresent()) {
      sizes(json, path.sizes().get());
    }
    if (!path.misses().isEmpty()) {
      misses(json, path.misses());
    }
    json.writeEndObject();
  }

  private static void findings(JsonGenerator json, List<AuditFinding> findings) throws IOException {
    json.writeArrayFieldStart("findings");
    for (AuditFinding found : findings) {
      json.writeStartObject();
      json.writeStringField("check", found.finding().check().toString());
      json.writeStringField("result", found.weight().toString());
      json.writeStringField("field", found.finding().field());
      json.writeStringField("expected", found.finding().expected());
      json.writeStringField("actual", found.finding().actual());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void sizes(JsonGenerator json, PathSizes sizes) throws IOException {
    json.writeStringField("compression", sizes.compression());
    json.writeNumberField("fileSize", sizes.fileSize());
    json.writeNumberField("narSize", sizes.narSize());
    json.writeArrayFieldStart("signers");
    for (String signer : sizes.signers()) {
      json.writeString(signer);
    }
    json.writeEndArray();
  }

  private static void misses(JsonGenerator json, List<MissedReference> misses) throws IOException {
    json.writeArrayFieldStart("misses");
    for (MissedReference missed : misses.stream().limit(MAX_MISSES).toList()) {
      json.writeStartObject();
      json.writeStringField("storePath", missed.path().toString());
      json.writeStringField("why", missed.why().toString());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  static void run(JsonGenerator json, AuditRun run) throws IOException {
    json.writeNumberField("format", 1);
    json.writeStringField("cache", run.cache());
    json.writeStringField("mode", run.isQuick() ? "quick" : "full");
    json.writeStringField("selection", run.selection());
    json.writeBooleanField("complete", run.isComplete());
    json.writeStringField("startedAt", run.startedAt().toString());
    json.writeStringField("endedAt", run.endedAt().toString());
    json.writeStringField("xzDecoder", run.decoder());
    json.writeObjectFieldStart("settings");
    json.writeStringField("storeDir", run.settings().storeDir().toString());
    json.writeArrayFieldStart("trustedPublicKeys");
    for (PublicKey key : run.settings().trustedPublicKeys()) {
      json.writeString(key.toString());
    }
    json.writeEndArray();
    json.writeNumberField("requiredSignatures", run.settings().requiredSignatures());
    json.writeArrayFieldStart("upstreams");
    for (var upstream : run.settings().upstreams()) {
      json.writeString(upstream.url().toString());
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  static void tally(JsonGenerator json, AuditTally tally) throws IOException {
    json.writeObjectFieldStart("summary");
    json.writeNumberField("paths", tally.paths());
    for (AuditVerdict verdict : AuditVerdict.values()) {
      json.writeNumberField(verdict.toString(), tally.paths(verdict));
    }
    json.writeNumberField("unread", tally.unread());
    json.writeNumberField("warned", tally.warned());
    json.writeNumberField("incomplete", tally.incomplete());
    json.writeNumberField("narsRead", tally.paths(ArchiveRead.READ));
    json.writeNumberField("narsKnown", tally.paths(ArchiveRead.KNOWN));
    json.writeNumberField("narsNotRead", tally.paths(ArchiveRead.NOT_READ));
    json.writeEndObject();
    checks(json, tally);
    shares(json, "compressions", "compression", tally.compressions());
    shares(json, "signers", "signer", tally.signers());
    sizes(json, tally);
    missed(json, tally);
  }

  private static void checks(JsonGenerator json, AuditTally tally) throws IOException {
    json.writeArrayFieldStart("checks");
    for (CheckName check : CheckName.values()) {
      long all = 0;
      for (AuditFinding.Weight weight : AuditFinding.Weight.values()) {
        all += tally.paths(check, weight);
      }
      if (all > 0) {
        json.writeStartObject();
        json.writeStringField("check", check.toString());
        for (AuditFinding.Weight weight : AuditFinding.Weight.values()) {
          json.writeNumberField(weight.toString(), tally.paths(check, weight));
        }
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }

  private static void shares(
      JsonGenerator json, String field, String name, Map<String, Share> shares) throws IOException {
    json.writeArrayFieldStart(field);
    for (Map.Entry<String, Share> share : shares.entrySet()) {
      json.writeStartObject();
      json.writeStringField(name, share.getKey());
      share(json, share.getValue());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void share(JsonGenerator json, Share share) throws IOException {
    json.writeNumberField("paths", share.paths());
    json.writeNumberField("fileBytes", share.fileBytes());
    json.writeNumberField("narBytes", share.narBytes());
  }

  private static void sizes(JsonGenerator json, AuditTally tally) throws IOException {
    json.writeArrayFieldStart("narSizes");
    for (Map.Entry<Integer, Share> size : tally.sizes().entrySet()) {
      json.writeStartObject();
      json.writeNumberField("below", 1L << Math.min(size.getKey(), Long.SIZE - 2));
      share(json, size.getValue());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("largest");
    for (AuditTally.Large large : tally.largest()) {
      json.writeStartObject();
      json.writeStringField("storePath", large.storePath());
      json.writeNumberField("fileSize", large.fileSize());
      json.writeNumberField("narSize", large.narSize());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void missed(JsonGenerator json, AuditTally tally) throws IOException {
    json.writeArrayFieldStart("missing");
    for (Map.Entry<MissedReference, Long> missed : tally.missed()) {
      json.writeStartObject();
      json.writeStringField("storePath", missed.getKey().path().toString());
      json.writeStringField("why", missed.getKey().why().toString());
      json.writeNumberField("referrers", missed.getValue());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
