package io.narthex.local.s3.auth;

import io.narthex.local.s3.model.S3Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Optional;
import org.gaul.s3proxy.checksum.ChunkedInputStream;
import org.jspecify.annotations.Nullable;

/**
 * How the body of a request is read: by what its {@code x-amz-content-sha256} says, it is taken as
 * it comes, or compared with the hash that was signed, or unwrapped from signed or checksummed
 * chunks. Nothing is held in memory, and what does not agree fails before the end of the stream is
 * seen.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html">Transferring
 *     payload in chunks</a>
 */
public final class SignedBody {
  static final String CONTENT_SHA256 = "x-amz-content-sha256";
  static final String UNSIGNED = "UNSIGNED-PAYLOAD";

  private static final String SIGNED_CHUNKS = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
  private static final String SIGNED_CHUNKS_TRAILER = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";
  private static final String UNSIGNED_CHUNKS_TRAILER = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
  private static final int MAX_CHUNK = 16 << 20;

  private final Wrapping wrapping;
  private final Optional<Long> decodedLength;

  private SignedBody(Wrapping wrapping, Optional<Long> decodedLength) {
    this.wrapping = wrapping;
    this.decodedLength = decodedLength;
  }

  private interface Wrapping {
    InputStream wrap(InputStream body);
  }

  /** The length of the object in a body of chunks; empty where the body is the object. */
  public Optional<Long> decodedLength() {
    return decodedLength;
  }

  /** The object, to be read once from the request's own stream. */
  public InputStream open(InputStream body) {
    InputStream opened = wrapping.wrap(body);
    return decodedLength.isPresent() ? new ExactLengthStream(opened, decodedLength.get()) : opened;
  }

  static SignedBody anonymous(HttpServletRequest request) {
    String kind = Optional.ofNullable(request.getHeader(CONTENT_SHA256)).orElse(UNSIGNED);
    if (kind.equals(SIGNED_CHUNKS) || kind.equals(SIGNED_CHUNKS_TRAILER)) {
      throw S3Refusal.accessDenied("The body is signed and the request is not.");
    }
    return unsigned(request, kind);
  }

  static SignedBody of(HttpServletRequest request, SignatureClaim claim, SigningKey key) {
    String kind = Optional.ofNullable(request.getHeader(CONTENT_SHA256)).orElse(UNSIGNED);
    if (!kind.equals(SIGNED_CHUNKS) && !kind.equals(SIGNED_CHUNKS_TRAILER)) {
      return unsigned(request, kind);
    }
    @Nullable String trailer =
        kind.equals(SIGNED_CHUNKS_TRAILER) ? request.getHeader("x-amz-trailer") : null;
    return new SignedBody(
        body ->
            new ChunkedInputStream(
                body,
                MAX_CHUNK,
                claim.signature(),
                key.bytes(),
                SigningKey.HMAC,
                claim.timestamp(),
                claim.credential().scope(),
                trailer),
        Optional.of(requireDecodedLength(request)));
  }

  private static SignedBody unsigned(HttpServletRequest request, String kind) {
    if (kind.equals(UNSIGNED)) {
      return new SignedBody(body -> body, Optional.empty());
    }
    if (kind.equals(UNSIGNED_CHUNKS_TRAILER)) {
      @Nullable String trailer = request.getHeader("x-amz-trailer");
      return new SignedBody(
          body -> new ChunkedInputStream(body, MAX_CHUNK, trailer),
          Optional.of(requireDecodedLength(request)));
    }
    if (kind.matches("[0-9a-fA-F]{64}")) {
      byte[] expected = HexFormat.of().parseHex(kind);
      return new SignedBody(body -> new HashedStream(body, expected), Optional.empty());
    }
    throw S3Refusal.notImplemented("x-amz-content-sha256: " + kind);
  }

  private static long requireDecodedLength(HttpServletRequest request) {
    String length =
        Optional.ofNullable(request.getHeader("x-amz-decoded-content-length")).orElse("");
    if (!length.matches("[0-9]{1,18}")) {
      throw new S3Refusal(
          411, "MissingContentLength", "You must provide the x-amz-decoded-content-length header.");
    }
    return Long.parseLong(length);
  }

  /** Fails at the end of a body of another length than was announced. */
  private static final class ExactLengthStream extends CheckedStream {
    private final long expected;
    private long seen;

    ExactLengthStream(InputStream in, long expected) {
      super(in);
      this.expected = expected;
    }

    @Override
    void take(byte[] buffer, int offset, int length) {
      seen += length;
    }

    @Override
    void end() throws IOException {
      if (seen != expected) {
        throw new S3Refusal(
            400, "IncompleteBody", "The body is not as long as x-amz-decoded-content-length says.");
      }
    }
  }
}
