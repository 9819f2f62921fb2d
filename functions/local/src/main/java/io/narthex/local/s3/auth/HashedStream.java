package io.narthex.local.s3.auth;

import io.narthex.local.s3.model.S3Refusal;
import java.io.InputStream;
import java.security.MessageDigest;

/** Fails at the end of a body whose SHA-256 is not the one that was signed. */
final class HashedStream extends CheckedStream {
  private final MessageDigest digest = Sha256.newDigest();
  private final byte[] expected;
  private boolean ended;

  HashedStream(InputStream in, byte[] expected) {
    super(in);
    this.expected = expected.clone();
  }

  @Override
  void take(byte[] buffer, int offset, int length) {
    digest.update(buffer, offset, length);
  }

  @Override
  void end() {
    if (!ended && !MessageDigest.isEqual(digest.digest(), expected)) {
      throw new S3Refusal(
          400,
          "XAmzContentSHA256Mismatch",
          "The provided 'x-amz-content-sha256' header does not match what was computed.");
    }
    ended = true;
  }
}
