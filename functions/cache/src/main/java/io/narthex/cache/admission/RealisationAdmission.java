package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.admission.ObjectVerdicts.Judge;
import io.narthex.cache.admission.ObjectVerdicts.Renewal;
import io.narthex.cache.admission.ObjectVerdicts.Ruling;
import io.narthex.cache.layout.Need;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.settings.SettingsJson;
import io.narthex.cache.settings.SettingsSource;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.Finding;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.realisation.BuildTraceEntry;
import io.narthex.nix.realisation.DrvOutput;
import io.narthex.nix.realisation.LegacyRealisation;
import io.narthex.nix.realisation.MalformedRealisationException;
import io.narthex.nix.realisation.Realisation;
import io.narthex.nix.signature.SignatureCheck;
import io.narthex.nix.signature.TrustedPublicKeys;

/**
 * A realisation is about what its key says, is signed by trusted keys, and its output is admitted.
 */
final class RealisationAdmission {
  private static final int MAX_SIZE = 1 << 20;

  private final ObjectVerdicts verdicts;
  private final AdmittedPaths admitted;
  private final WaitingMarks marks;
  private final SettingsSource settings;

  RealisationAdmission(
      ObjectVerdicts verdicts,
      AdmittedPaths admitted,
      WaitingMarks marks,
      SettingsSource settings) {
    this.verdicts = requireNonNull(verdicts, "verdicts is null");
    this.admitted = requireNonNull(admitted, "admitted is null");
    this.marks = requireNonNull(marks, "marks is null");
    this.settings = requireNonNull(settings, "settings is null");
  }

  /** {@code realisations/<drvHash>!<output>.doi}, Nix 2.4 to 2.34. */
  Outcome lookAtLegacy(ObjectKey key) {
    return look(key, LegacyRealisation::parse);
  }

  /** {@code build-trace-v2/<drv>/<output>.doi}, Nix 2.35 and newer. */
  Outcome lookAtBuildTrace(ObjectKey key) {
    return look(key, bytes -> BuildTraceEntry.parse(output(key), bytes));
  }

  private static DrvOutput output(ObjectKey key) throws MalformedRealisationException {
    try {
      return DrvOutput.parseCachePath(key.value());
    } catch (IllegalArgumentException e) {
      throw new MalformedRealisationException("key", String.valueOf(e.getMessage()));
    }
  }

  private Outcome look(ObjectKey key, Parser parser) {
    Settings now = settings.current();
    return verdicts.look(
        key,
        new Judge(
            CheckName.REALISATION,
            MAX_SIZE,
            new Renewal.WhenSettingsChange(SettingsJson.digest(now)),
            bytes -> rule(key, bytes, parser, now)));
  }

  private Ruling rule(ObjectKey key, byte[] bytes, Parser parser, Settings now) {
    try {
      Realisation realisation = parser.parse(bytes);
      return realisation.cachePath().equals(key.value())
          ? signed(key, realisation, now)
          : wrong("id", key.value(), realisation.cachePath());
    } catch (MalformedRealisationException e) {
      return wrong(e.field(), "a realisation as Nix writes it", e.reason());
    }
  }

  private Ruling signed(ObjectKey key, Realisation realisation, Settings now) {
    SignatureCheck check = realisation.verify(TrustedPublicKeys.of(now.trustedPublicKeys()));
    int wrong = check.forged().size() + check.malformed().size();
    if (check.distinctKeys() < now.requiredSignatures() || wrong > 0) {
      return wrong(
          "signatures",
          now.requiredSignatures() + " by trusted keys, none forged",
          check.distinctKeys() + " good, " + wrong + " forged");
    }
    StorePath output = realisation.outPath();
    // The mark comes before the look, so that whoever admits the output meanwhile sees it.
    Need need = new Need.ForPath(output);
    marks.place(need, key);
    if (!admitted.contains(output)) {
      return new Ruling.Waits(
          new Finding(CheckName.REALISATION, "outPath", output + " admitted", "not in this cache"));
    }
    marks.remove(need, key);
    return new Ruling.Right();
  }

  private static Ruling wrong(String field, String expected, String actual) {
    return new Ruling.Wrong(new Finding(CheckName.REALISATION, field, expected, actual));
  }

  @FunctionalInterface
  private interface Parser {
    Realisation parse(byte[] bytes) throws MalformedRealisationException;
  }
}
