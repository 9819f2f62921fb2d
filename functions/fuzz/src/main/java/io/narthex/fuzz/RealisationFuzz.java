package io.narthex.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.nix.realisation.BuildTraceEntry;
import io.narthex.nix.realisation.DrvOutput;
import io.narthex.nix.realisation.LegacyRealisation;
import io.narthex.nix.realisation.MalformedRealisationException;
import io.narthex.nix.realisation.Realisation;

/** Realisations of both formats. */
public final class RealisationFuzz {
  private static final DrvOutput OUTPUT =
      DrvOutput.parseCachePath(
          "build-trace-v2/00000000000000000000000000000000-hello-2.12.1.drv/out.doi");

  private RealisationFuzz() {}

  /** One input of Jazzer's. */
  public static void fuzzerTestOneInput(byte[] input) {
    Reader.check(
        input,
        MalformedRealisationException.class,
        bytes -> writtenAndRead(LegacyRealisation.parse(bytes)));
    Reader.check(
        input,
        MalformedRealisationException.class,
        bytes -> writtenAndRead(BuildTraceEntry.parse(OUTPUT, bytes)));
  }

  private static void writtenAndRead(Realisation realisation) throws MalformedRealisationException {
    realisation.signedText();
    Realisation again =
        Realisation.parse(realisation.cachePath(), realisation.write().getBytes(UTF_8));
    if (!again.equals(realisation)) {
      throw new IllegalStateException("a realisation that is written and read is another");
    }
  }
}
