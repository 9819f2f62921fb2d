package io.narthex.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.nix.address.ContentAddress;
import io.narthex.nix.cacheinfo.MalformedNixCacheInfoException;
import io.narthex.nix.cacheinfo.NixCacheInfo;
import io.narthex.nix.hash.Hash;
import io.narthex.nix.narinfo.MalformedNarInfoException;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.signature.Sig;
import io.narthex.nix.signature.TrustedPublicKeys;
import java.util.Arrays;

/** Narinfos, {@code nix-cache-info} and the values in them. */
public final class NarInfoFuzz {
  private NarInfoFuzz() {}

  /** One input of Jazzer's. */
  public static void fuzzerTestOneInput(byte[] input) {
    Reader.check(input, MalformedNarInfoException.class, NarInfoFuzz::narInfo);
    String text = new String(input, UTF_8);
    Reader.check(input, MalformedNixCacheInfoException.class, bytes -> NixCacheInfo.parse(text));
    Reader.check(input, IllegalArgumentException.class, bytes -> ContentAddress.parse(text));
    Reader.check(input, IllegalArgumentException.class, bytes -> Hash.parse(text));
    Reader.check(input, IllegalArgumentException.class, bytes -> StorePath.parse(text));
    Reader.check(input, IllegalArgumentException.class, bytes -> Sig.parse(text));
    Reader.check(input, IllegalArgumentException.class, bytes -> TrustedPublicKeys.parse(text));
  }

  private static void narInfo(byte[] input) throws MalformedNarInfoException {
    String text = new String(input, UTF_8);
    if (Arrays.equals(text.getBytes(UTF_8), input) && !said(input).equals(said(text))) {
      throw new IllegalStateException("a narinfo is another in bytes than as a text");
    }
    NarInfo parsed = NarInfo.parse(input);
    parsed.fingerprint();
    String written = parsed.write();
    if (!NarInfo.parse(written).write().equals(written)) {
      throw new IllegalStateException("a narinfo that is written and read is another");
    }
  }

  /** The narinfo, or what is wrong with it. */
  private static Object said(byte[] bytes) {
    try {
      return NarInfo.parse(bytes);
    } catch (MalformedNarInfoException e) {
      return e.toString();
    }
  }

  private static Object said(String text) {
    try {
      return NarInfo.parse(text);
    } catch (MalformedNarInfoException e) {
      return e.toString();
    }
  }
}
