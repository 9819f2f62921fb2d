package io.narthex.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.narthex.nix.path.StorePath;
import io.narthex.nix.realisation.BuildTraceEntry;
import io.narthex.nix.realisation.DrvOutput;
import io.narthex.nix.realisation.LegacyRealisation;
import io.narthex.nix.realisation.MalformedRealisationException;
import io.narthex.nix.realisation.OutputName;
import java.util.TreeSet;

/**
 * A realisation as a client would upload it.
 *
 * @param key in the cache bucket
 * @param text of the object
 */
public record SampleRealisation(String key, String text) {
  public SampleRealisation {
    requireNonNull(key, "key is null");
    requireNonNull(text, "text is null");
  }

  /** {@code build-trace-v2/…}: what builds an output, signed by a store. */
  public static SampleRealisation of(StorePath output, SampleStore signer) {
    BuildTraceEntry unsigned = unsignedEntry(output, signer);
    return new SampleRealisation(
        unsigned.cachePath(),
        unsigned.withSig(signer.secretKey().sign(unsigned.signedText())).write());
  }

  /** The same without a signature. */
  public static SampleRealisation unsigned(StorePath output, SampleStore names) {
    BuildTraceEntry unsigned = unsignedEntry(output, names);
    return new SampleRealisation(unsigned.cachePath(), unsigned.write());
  }

  /** {@code realisations/…}: the form of Nix 2.4 to 2.34, signed by a store. */
  public static SampleRealisation legacy(StorePath output, SampleStore signer) {
    String json =
        "{\"dependentRealisations\":{},\"id\":\"sha256:%s!out\",\"outPath\":\"%s\",\"signatures\":[]}"
            .formatted("ab".repeat(32), output);
    try {
      LegacyRealisation unsigned = LegacyRealisation.parse(json.getBytes(UTF_8));
      return new SampleRealisation(
          unsigned.cachePath(),
          unsigned.withSig(signer.secretKey().sign(unsigned.signedText())).write());
    } catch (MalformedRealisationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static BuildTraceEntry unsignedEntry(StorePath output, SampleStore names) {
    return new BuildTraceEntry(
        new DrvOutput(names.storePath("sample.drv"), new OutputName("out")),
        output,
        new TreeSet<>());
  }
}
