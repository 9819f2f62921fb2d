package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.Tags;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.path.StorePathName;
import io.narthex.nix.signature.Sig;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a narinfo says of a path, as far as queries ask for it; {@linkplain #brief() in brief} all
 * but name, time and tags is empty.
 *
 * @param url where the NAR is, relative to the cache
 * @param compression its label
 * @param narSize in bytes
 * @param fileSize in bytes; empty if the narinfo does not say
 * @param references sorted; itself among them if it refers to itself
 * @param signers names of the keys in its signatures, sorted, each once: the first {@value
 *     #MOST_SIGNERS} of those that are not longer than {@value #LONGEST_SIGNER}; names alone prove
 *     nothing
 * @param uploaded when the version was written, in whole seconds
 * @param tags of that version, the verdict's own left out
 */
public record Described(
    StorePathName name,
    String url,
    String compression,
    long narSize,
    OptionalLong fileSize,
    List<StorePath> references,
    Optional<StorePath> deriver,
    List<String> signers,
    Instant uploaded,
    Tags tags) {
  /** So many signers are named: no signature covers how many there are. */
  static final int MOST_SIGNERS = 16;

  /** In characters. */
  static final int LONGEST_SIGNER = 255;

  public Described {
    requireNonNull(name, "name is null");
    requireNonNull(url, "url is null");
    requireNonNull(compression, "compression is null");
    requireNonNull(fileSize, "fileSize is null");
    references = BaseNames.of(references);
    requireNonNull(deriver, "deriver is null");
    signers = some(signers);
    uploaded = uploaded.truncatedTo(ChronoUnit.SECONDS);
    requireNonNull(tags, "tags is null");
  }

  /** From a narinfo. */
  static Described of(NarInfo narInfo, Instant uploaded, Tags tags) {
    return new Described(
        narInfo.storePath().name(),
        narInfo.url(),
        narInfo.compressionLabel(),
        narInfo.narSize(),
        narInfo.fileSize(),
        BaseNames.of(narInfo.references()),
        narInfo.deriver(),
        signers(narInfo.sigs()),
        uploaded,
        tags);
  }

  /** Only what is small whatever the narinfo says: name, time and tags. */
  Described brief() {
    return isBrief() ? this : brief(name, uploaded, tags);
  }

  /** One in brief. */
  static Described brief(StorePathName name, Instant uploaded, Tags tags) {
    return new Described(
        name,
        "",
        "",
        0,
        OptionalLong.empty(),
        List.of(),
        Optional.empty(),
        List.of(),
        uploaded,
        tags);
  }

  /** Whether it is {@linkplain #brief() in brief}: a narinfo always has a URL. */
  boolean isBrief() {
    return url.isEmpty();
  }

  private static List<String> some(List<String> signers) {
    return signers.size() <= MOST_SIGNERS && signers.stream().allMatch(Described::isShort)
        ? List.copyOf(signers)
        : signers.stream().filter(Described::isShort).limit(MOST_SIGNERS).toList();
  }

  private static boolean isShort(String signer) {
    return signer.length() <= LONGEST_SIGNER;
  }

  /** The references as text. */
  BaseNames referenceNames() {
    return BaseNames.of(references);
  }

  private static List<String> signers(SortedSet<Sig> sigs) {
    return sigs.size() == 1
        ? List.of(sigs.first().keyName().name())
        : List.copyOf(
            sigs.stream()
                .map(sig -> sig.keyName().name())
                .collect(Collectors.toCollection(TreeSet::new)));
  }
}
