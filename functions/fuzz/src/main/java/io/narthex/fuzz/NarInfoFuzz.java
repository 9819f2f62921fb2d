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
    if (Arrays.equals(text.getBytes(UTF_8), input) && isRead(input) != isRead(text)) {
      throw new IllegalStateException("a narinfo is read from its bytes or its text, not both");
    }
    NarInfo parsed = NarInfo.parse(input);
    parsed.fingerprint();
    String written = parsed.write();
    if (!parsed.equals(NarInfo.parse(text)) || !NarInfo.parse(written).write().equals(written)) {
      throw new IllegalStateException("a narinfo that is written and read is another");
    }
  }

  private static boolean isRead(byte[] bytes) {
    try {
      return !NarInfo.parse(bytes).narHash().toString().isEmpty();
    } catch (MalformedNarInfoException e) {
      return false;
    }
  }

  private static boolean isRead(String text) {
    try {
      return !NarInfo.parse(text).narHash().toString().isEmpty();
    } catch (MalformedNarInfoException e) {
      return false;
    }
  }
}
