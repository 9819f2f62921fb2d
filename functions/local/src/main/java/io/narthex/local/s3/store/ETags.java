package io.narthex.local.s3.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/** The ETag of a file of the store, without quotes. */
final class ETags {
  private static final int MD5_BYTES = 16;

  private ETags() {}

  static Optional<String> of(Path file) {
    return Attributes.ETAG.readBytes(file).map(ETags::text);
  }

  private static String text(byte[] stored) {
    return stored.length == MD5_BYTES
        ? HexFormat.of().formatHex(stored)
        : new String(stored, US_ASCII).replace("\"", "");
  }
}
