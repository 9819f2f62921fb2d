package io.narthex.bench.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.nix.narinfo.MalformedNarInfoException;
import io.narthex.nix.narinfo.NarInfo;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Fingerprints of synthetic narinfos, signed by one key, in a file that a program in C can read.
 */
public final class SignedFingerprints {
  private SignedFingerprints() {}

  /**
   * Writes the public key, 32 bytes, then for each path the signature, 64 bytes, the length of the
   * fingerprint in two, the higher first, and the fingerprint.
   */
  public static void write(Path file, int count) throws IOException {
    var paths = new SyntheticPaths(count);
    byte[] seed = new byte[Ed25519.SECRET_KEY_SIZE];
    byte[] key = new byte[Ed25519.PUBLIC_KEY_SIZE];
    Ed25519.generatePublicKey(seed, 0, key, 0);
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(part)))) {
      out.write(key);
      byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
      for (long number = 0; number < count; number++) {
        byte[] fingerprint = fingerprint(paths.narInfo(number)).getBytes(UTF_8);
        Ed25519.sign(seed, 0, key, 0, null, fingerprint, 0, fingerprint.length, signature, 0);
        out.write(signature);
        out.writeShort(fingerprint.length);
        out.write(fingerprint);
      }
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String fingerprint(byte[] narInfo) {
    try {
      return NarInfo.parse(new String(narInfo, UTF_8)).fingerprint();
    } catch (MalformedNarInfoException e) {
      throw new IllegalStateException(e);
    }
  }
}
