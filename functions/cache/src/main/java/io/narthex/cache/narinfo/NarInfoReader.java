package io.narthex.cache.narinfo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.store.ContentEncodings;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.UnreadableObjectException;
import io.narthex.cache.store.VersionId;
import io.narthex.cache.store.VersionedStore;
import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.Finding;
import io.narthex.nix.narinfo.MalformedNarInfoException;
import io.narthex.nix.narinfo.NarInfo;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads narinfos: decoded if they were uploaded compressed in a way that clients read, and never
 * more than {@link #MAX_SIZE}.
 *
 * @see <a
 *     href="https://nix.dev/manual/nix/latest/store/types/http-binary-cache-store">narinfo-compression</a>
 */
public final class NarInfoReader {
  /** The largest narinfo that is looked at, in bytes; real ones have a few hundred. */
  public static final int MAX_SIZE = 1 << 20;

  /** What Nix can be told to upload, and from 2.34 on does not read. */
  private static final Set<String> UNREAD_BY_NIX = Set.of("xz", "bzip2");

  private final VersionedStore cache;

  public NarInfoReader(VersionedStore cache) {
    this.cache = requireNonNull(cache, "cache is null");
  }

  /** One version of a narinfo. */
  public NarInfoText read(NarInfoPath path, VersionId version) {
    return text(bytes(path, version));
  }

  private static NarInfoText text(NarInfoBytes read) {
    return switch (read) {
      case NarInfoBytes.Gone _ -> new NarInfoText.Gone();
      case NarInfoBytes.Unreadable(var finding) ->
          new NarInfoText.Unreadable(finding, Optional.empty());
      case NarInfoBytes.Decoded decoded -> parse(decoded);
    };
  }

  /** The bytes of one version, for who does not need all that a narinfo says. */
  public NarInfoBytes bytes(NarInfoPath path, VersionId version) {
    try {
      Optional<ObjectContent> content = cache.open(path.key(), version);
      return content.isPresent() ? bytes(content.get()) : new NarInfoBytes.Gone();
    } catch (UnreadableObjectException e) {
      return new NarInfoBytes.Unreadable(
          new Finding(
              CheckName.NARINFO_SYNTAX,
              path.key().value(),
              "an object that can be read",
              String.valueOf(e.getMessage())));
    }
  }

  /**
   * One that is open, which is closed.
   *
   * @throws io.narthex.cache.store.StoreException if the transfer fails
   */
  public static NarInfoText read(ObjectContent content) {
    return text(bytes(content));
  }

  private static NarInfoBytes bytes(ObjectContent content) {
    try (content) {
      String encoding = content.object().contentEncoding().orElse("").toLowerCase(Locale.ROOT);
      return UNREAD_BY_NIX.contains(encoding)
          ? undecodable("Nix does not decode " + encoding)
          : decode(content);
    }
  }

  private static NarInfoBytes decode(ObjectContent content) {
    return switch (ContentEncodings.decode(content, MAX_SIZE)) {
      case ContentEncodings.Decoded(var bytes) ->
          new NarInfoBytes.Decoded(bytes, content.object().lastModified());
      case ContentEncodings.Undecodable(var reason) -> undecodable(reason);
      case ContentEncodings.TooLarge(var limit) ->
          new NarInfoBytes.Unreadable(
              new Finding(
                  CheckName.NARINFO_SYNTAX,
                  "size",
                  "at most " + limit + " bytes",
                  content.object().size() + " bytes as stored"));
    };
  }

  private static NarInfoBytes undecodable(String reason) {
    return new NarInfoBytes.Unreadable(
        new Finding(
            CheckName.NARINFO_SYNTAX,
            "Content-Encoding",
            "none, gzip, br or zstd, and a body in it",
            reason));
  }

  private static NarInfoText parse(NarInfoBytes.Decoded decoded) {
    byte[] bytes = decoded.bytes();
    String text = new String(bytes, UTF_8);
    try {
      return new NarInfoText.Parsed(NarInfo.parse(bytes), text, decoded.written());
    } catch (MalformedNarInfoException e) {
      return new NarInfoText.Unreadable(finding(e), Optional.of(text));
    }
  }

  private static Finding finding(MalformedNarInfoException e) {
    CheckName check =
        e.field().equals("References") ? CheckName.REFERENCES : CheckName.NARINFO_SYNTAX;
    String field = e.field().isEmpty() ? "narinfo" : e.field();
    String actual = e.line() == 0 ? e.reason() : e.reason() + " (line " + e.line() + ")";
    return new Finding(check, field, "a narinfo as Nix reads it", actual);
  }
}
