package io.narthex.nix.codec;

import java.io.IOException;

/** Both xz libraries, which must say the same of every stream. */
public final class XzFuzz {
  private static final XzDecoding JAVA = new XzDecoding(XzDecoding.JAVA, 1);
  private static final XzDecoding NATIVE = new XzDecoding(XzDecoding.NATIVE, 1);

  private XzFuzz() {}

  /** One input of Jazzer's. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    XzDecoding.compare(JAVA, NATIVE, input);
  }
}
