package io.narthex.cache.index;

import io.narthex.cache.store.Tags;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.path.StorePathHash;
import io.narthex.nix.path.StorePathName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The fields of a line, collected in whatever order they come. */
final class EntryFields {
  private @Nullable StorePathHash hash;
  private @Nullable VerdictTag verdict;
  private @Nullable StorePathName name;
  private @Nullable String url;
  private @Nullable String compression;
  private long narSize;
  private OptionalLong fileSize = OptionalLong.empty();
  private BaseNames references = new BaseNames.Collected().names();
  private Optional<StorePath> deriver = Optional.empty();
  private List<String> signers = List.of();
  private @Nullable Instant uploaded;
  private Tags tags = Tags.NONE;

  void hash(String value) {
    hash = new StorePathHash(value);
  }

  void verdict(VerdictTag value) {
    verdict = value;
  }

  void name(String value) {
    name = new StorePathName(value);
  }

  void url(String value) {
    url = value;
  }

  void compression(String value) {
    compression = value;
  }

  void narSize(long value) {
    narSize = value;
  }

  void fileSize(long value) {
    fileSize = OptionalLong.of(value);
  }

  void references(BaseNames value) {
    references = value;
  }

  void deriver(StorePath value) {
    deriver = Optional.of(value);
  }

  void signers(List<String> value) {
    signers = value;
  }

  void uploaded(Instant value) {
    uploaded = value;
  }

  void tags(Tags value) {
    tags = value;
  }

  Entry entry() throws MalformedIndexException {
    boolean isVerified = required("verdict", verdict) == VerdictTag.VERIFIED;
    return new Entry(
        required("hash", hash),
        required("verdict", verdict),
        name == null ? Optional.empty() : Optional.of(isVerified ? described(name) : brief(name)));
  }

  private Described brief(StorePathName named) throws MalformedIndexException {
    return Described.brief(named, required("uploaded", uploaded), tags);
  }

  private Described described(StorePathName named) throws MalformedIndexException {
    return new Described(
        named,
        required("url", url),
        required("compression", compression),
        narSize,
        fileSize,
        references,
        deriver,
        signers,
        required("uploaded", uploaded),
        tags);
  }

  private static <T> T required(String field, @Nullable T value) throws MalformedIndexException {
    if (value == null) {
      throw new MalformedIndexException(field + " is missing");
    }
    return value;
  }
}
