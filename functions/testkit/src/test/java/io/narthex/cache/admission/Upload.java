package io.narthex.cache.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.narthex.nix.narinfo.MalformedNarInfoException;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.path.StorePathHash;
import io.narthex.testkit.MemoryStore;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a client sends for one store path, right or wrong: the text of a narinfo, and a NAR. */
final class Upload {
  private final StorePathHash hash;
  private final String narInfo;
  private final String narKey;
  private final Optional<byte[]> nar;

  private Upload(StorePathHash hash, String narInfo, String narKey, Optional<byte[]> nar) {
    this.hash = requireNonNull(hash, "hash is null");
    this.narInfo = requireNonNull(narInfo, "narInfo is null");
    this.narKey = requireNonNull(narKey, "narKey is null");
    this.nar = requireNonNull(nar, "nar is null");
  }

  /** The path as it should be uploaded. */
  static Upload of(SamplePath path) {
    return new Upload(
        path.storePath().hash(),
        path.narInfo().write(),
        path.narInfo().url(),
        Optional.of(path.file()));
  }

  StorePathHash hash() {
    return hash;
  }

  String narInfoKey() {
    return hash + ".narinfo";
  }

  String narKey() {
    return narKey;
  }

  /** The same with another text for a narinfo. */
  Upload text(String text) {
    return new Upload(hash, text, narKey, nar);
  }

  /** The same with one line of the narinfo replaced, its signature left as it is. */
  Upload line(String field, String value) {
    Pattern line = Pattern.compile("(?m)^" + field + ": .*$");
    return text(line.matcher(narInfo).replaceFirst(Matcher.quoteReplacement(field + ": " + value)));
  }

  /** The same without the lines of a field. */
  Upload without(String field) {
    return text(narInfo.replaceAll("(?m)^" + field + ": .*\n", ""));
  }

  /** The same with one more line. */
  Upload more(String line) {
    return text(narInfo + line + "\n");
  }

  /** The same signed anew, which spells every field as Nix does. */
  Upload signedBy(SampleStore store) {
    try {
      return text(store.signed(NarInfo.parse(narInfo)).write());
    } catch (MalformedNarInfoException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The same without its NAR. */
  Upload withoutNar() {
    return new Upload(hash, narInfo, narKey, Optional.empty());
  }

  /** The same under the key of another path. */
  Upload under(StorePathHash other) {
    return new Upload(other, narInfo, narKey, nar);
  }

  /** Sends the NAR, if there is one, and the narinfo. */
  void to(MemoryStore cache) {
    nar.ifPresent(bytes -> cache.upload(narKey, bytes));
    cache.upload(narInfoKey(), narInfo.getBytes(UTF_8));
  }
}
