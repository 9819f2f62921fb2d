package io.narthex.nix.codec;

import java.io.IOException;

/**
 * XZ for Java, whose code leads the fuzzer, and liblzma with several threads, as a large archive
 * gets them.
 */
public final class XzThreadsFuzz {
  private static final XzDecoding JAVA = new XzDecoding(XzDecoding.JAVA, 1);
  private static final XzDecoding SEVERAL = new XzDecoding(XzDecoding.NATIVE, 3);

  private XzThreadsFuzz() {}

  /** One input of Jazzer's. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    XzDecoding.compare(JAVA, SEVERAL, input);
  }
}
