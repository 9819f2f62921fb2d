package io.narthex.cache.store;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.codec.Compression;
import io.narthex.nix.codec.CorruptStreamException;
import io.narthex.nix.codec.Decoders;
import io.narthex.nix.codec.UnsupportedCompressionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Small objects that were uploaded with a {@code Content-Encoding}: Nix compresses narinfos,
 * listings and logs when told to, and names the encodings its own way.
 *
 * @see <a
 *     href="https://nix.dev/manual/nix/latest/store/types/http-binary-cache-store">narinfo-compression,
 *     ls-compression, log-compression</a>
 */
public final class ContentEncodings {
  private static final Map<String, Compression> BY_NAME =
      Map.of(
          "", Compression.NONE,
          "identity", Compression.NONE,
          "br", Compression.BR,
          "gzip", Compression.GZIP,
          "zstd", Compression.ZSTD,
          "xz", Compression.XZ,
          "bzip2", Compression.BZIP2);

  private ContentEncodings() {}

  /** What decoding came to. */
  public sealed interface Result {}

  /** The plain bytes; an array of its own for the receiver. */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
  public record Decoded(byte[] bytes) implements Result {}

  /** Not in the encoding it says, or in one that Nix has not. */
  public record Undecodable(String reason) implements Result {
    public Undecodable {
      requireNonNull(reason, "reason is null");
    }
  }

  /** More than the limit, stored or decoded. */
  public record TooLarge(int limit) implements Result {}

  /**
   * Reads an object whole and decodes it.
   *
   * @param limit in bytes, before and after decoding
   * @throws StoreException if the transfer fails
   */
  public static Result decode(ObjectContent content, int limit) {
    if (content.object().size() > limit) {
      return new TooLarge(limit);
    }
    String name = content.object().contentEncoding().orElse("").toLowerCase(Locale.ROOT);
    return Optional.ofNullable(BY_NAME.get(name))
        .map(compression -> decode(content, compression, limit))
        .orElseGet(() -> new Undecodable("no encoding that Nix knows: " + name));
  }

  /** All bytes of a stream that should have so many, up to one more than the limit. */
  private static byte[] whole(InputStream stream, int expected, int limit) throws IOException {
    var first = new byte[expected];
    int length = stream.readNBytes(first, 0, expected);
    int next = stream.read();
    if (next < 0) {
      return length == expected ? first : Arrays.copyOf(first, length);
    }
    byte[] rest = stream.readNBytes(limit - length);
    byte[] all = Arrays.copyOf(first, length + 1 + rest.length);
    all[length] = (byte) next;
    System.arraycopy(rest, 0, all, length + 1, rest.length);
    return all;
  }

  private static Result decode(ObjectContent content, Compression compression, int limit) {
    try (InputStream decoded = Decoders.open(compression, content.bytes())) {
      // One that is as long as it says needs no more room than that.
      byte[] bytes =
          compression == Compression.NONE
              ? whole(decoded, (int) content.object().size(), limit)
              : decoded.readNBytes(limit + 1);
      return bytes.length > limit ? new TooLarge(limit) : new Decoded(bytes);
    } catch (CorruptStreamException e) {
      return new Undecodable(e.reason());
    } catch (UnsupportedCompressionException e) {
      return new Undecodable("an encoding that is not decoded: " + e.compression());
    } catch (IOException e) {
      throw new StoreException("reading " + content.object().key(), e);
    }
  }
}
