package io.narthex.nix.realisation;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.path.StorePath;
import io.narthex.nix.signature.Sig;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A realisation as Nix 2.35 and later write it, at {@code build-trace-v2/}. The file does not name
 * the derivation, so the key comes from the file's path.
 *
 * @param key the output
 * @param outPath the path that came out
 * @param signatures the signatures, sorted by text
 */
public record BuildTraceEntry(DrvOutput key, StorePath outPath, SortedSet<Sig> signatures)
    implements Realisation {
  public BuildTraceEntry {
    requireNonNull(key, "key is null");
    requireNonNull(outPath, "outPath is null");
    signatures = Collections.unmodifiableSortedSet(new TreeSet<>(List.copyOf(signatures)));
  }

  /**
   * Reads the file of this output. Unknown members are ignored, as in Nix.
   *
   * @throws MalformedRealisationException for what is not a JSON object with an {@code outPath} and
   *     well-formed signatures, for repeated members, and for bytes that are not UTF-8
   */
  public static BuildTraceEntry parse(DrvOutput key, byte[] bytes)
      throws MalformedRealisationException {
    RealisationMembers members = RealisationMembers.read(bytes);
    return new BuildTraceEntry(key, members.outPath(), members.signatures());
  }

  @Override
  public String signedText() {
    return CompactJson.write(
        json -> {
          json.writeStartObject();
          json.writeObjectFieldStart("key");
          json.writeStringField("drvPath", key.drvPath().toString());
          json.writeStringField("outputName", key.outputName().name());
          json.writeEndObject();
          json.writeObjectFieldStart("value");
          json.writeStringField(RealisationMembers.OUT_PATH, outPath.toString());
          json.writeEndObject();
          json.writeEndObject();
        });
  }

  @Override
  public String write() {
    return CompactJson.write(
        json -> {
          json.writeStartObject();
          json.writeStringField(RealisationMembers.OUT_PATH, outPath.toString());
          json.writeArrayFieldStart(RealisationMembers.SIGNATURES);
          for (Sig sig : signatures) {
            json.writeStartObject();
            json.writeStringField(RealisationMembers.KEY_NAME, sig.keyName().name());
            json.writeStringField(RealisationMembers.SIG, sig.base64());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  @Override
  public String cachePath() {
    return key.cachePath();
  }

  /** This, with one more signature. */
  public BuildTraceEntry withSig(Sig sig) {
    var more = new TreeSet<>(signatures);
    more.add(sig);
    return new BuildTraceEntry(key, outPath, more);
  }
}
