package io.narthex.nix.realisation;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.signature.Sig;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A realisation as Nix 2.4 to 2.34 write it, at {@code realisations/}.
 *
 * @param id the output
 * @param outPath the path that came out
 * @param signatures the signatures, sorted by text
 * @param dependentRealisations what else had to be realised, sorted by text; late versions write
 *     none
 */
public record LegacyRealisation(
    LegacyDrvOutput id,
    StorePath outPath,
    SortedSet<Sig> signatures,
    SortedMap<LegacyDrvOutput, StorePath> dependentRealisations)
    implements Realisation {
  public LegacyRealisation {
    requireNonNull(id, "id is null");
    requireNonNull(outPath, "outPath is null");
    signatures = Collections.unmodifiableSortedSet(new TreeSet<>(List.copyOf(signatures)));
    dependentRealisations =
        Collections.unmodifiableSortedMap(new TreeMap<>(Map.copyOf(dependentRealisations)));
  }

  /**
   * Reads a file. Unknown members are ignored, as in Nix.
   *
   * @throws MalformedRealisationException for what is not a JSON object with an {@code id}, an
   *     {@code outPath} and well-formed signatures, for repeated members, and for bytes that are
   *     not UTF-8
   */
  public static LegacyRealisation parse(byte[] bytes) throws MalformedRealisationException {
    RealisationMembers members = RealisationMembers.read(bytes);
    return new LegacyRealisation(
        members.id(), members.outPath(), members.signatures(), members.dependentRealisations());
  }

  @Override
  public String signedText() {
    return CompactJson.write(
        json -> {
          json.writeStartObject();
          writeSigned(json);
          json.writeEndObject();
        });
  }

  @Override
  public String write() {
    return CompactJson.write(
        json -> {
          json.writeStartObject();
          writeSigned(json);
          json.writeArrayFieldStart(RealisationMembers.SIGNATURES);
          for (Sig sig : signatures) {
            json.writeString(sig.toString());
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private void writeSigned(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart(RealisationMembers.DEPENDENT_REALISATIONS);
    for (Map.Entry<LegacyDrvOutput, StorePath> entry : dependentRealisations.entrySet()) {
      json.writeStringField(entry.getKey().toString(), entry.getValue().toString());
    }
    json.writeEndObject();
    json.writeStringField(RealisationMembers.ID, id.toString());
    json.writeStringField(RealisationMembers.OUT_PATH, outPath.toString());
  }

  @Override
  public String cachePath() {
    return id.cachePath();
  }

  /** This, with one more signature. */
  public LegacyRealisation withSig(Sig sig) {
    var more = new TreeSet<>(signatures);
    more.add(sig);
    return new LegacyRealisation(id, outPath, more, dependentRealisations);
  }
}
