package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.nar.NarFacts;
import io.narthex.cache.store.VersionId;
import io.narthex.cache.store.VersionedStore;
import io.narthex.nix.hash.Hash;
import io.narthex.nix.hash.HashAlgorithm;
import io.narthex.nix.path.StorePathHash;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a NAR goes together with the narinfo that was rejected for it. A client that pushes again
 * sends no NAR where one is, so a bad one must go; but a narinfo that lies about somebody else's
 * NAR must not take it away.
 *
 * <p>A verified NAR stays. One that Nix uploaded is named by the SHA-256 of its file: if that is
 * right, the NAR is what it says and stays; if it is wrong, it goes. A NAR with another kind of
 * name goes if no other narinfo points at it.
 */
final class NarBlame {
  private static final Pattern NAMED_BY_HASH =
      Pattern.compile("([0-9a-df-np-sv-z]{52})\\.nar(\\..*)?");

  private final VersionedStore cache;
  private final VerdictTags tags;
  private final NarLinks links;

  NarBlame(VersionedStore cache, VerdictTags tags, NarLinks links) {
    this.cache = requireNonNull(cache, "cache is null");
    this.tags = requireNonNull(tags, "tags is null");
    this.links = requireNonNull(links, "links is null");
  }

  /** The NAR whose judged version must go, if it must. */
  Optional<NarPath> narsOwnFault(StorePathHash hash, Judgement judgement) {
    if (judgement.nar().isEmpty()
        || judgement.narVersion().isEmpty()
        || judgement.facts().isEmpty()
        || judgement.checks().stream()
            .flatMap(c -> c.failures().stream())
            .noneMatch(f -> f.check().isAboutNar())) {
      return Optional.empty();
    }
    NarPath nar = judgement.nar().get();
    return isAtFault(hash, nar, judgement.narVersion().get(), judgement.facts().get())
        ? Optional.of(nar)
        : Optional.empty();
  }

  private boolean isAtFault(StorePathHash hash, NarPath nar, VersionId version, NarFacts facts) {
    if (tags.isVerified(nar.key(), version)) {
      return false;
    }
    Matcher name = NAMED_BY_HASH.matcher(nar.file());
    return name.matches()
        ? !isNamedFor(Hash.parse(HashAlgorithm.SHA256, name.group(1)), facts)
        : links.linked(nar).stream().filter(other -> !other.equals(hash)).noneMatch(this::isThere);
  }

  /** Nix names NARs by their file, some other tools by the archive in it. */
  private static boolean isNamedFor(Hash name, NarFacts facts) {
    return name.equals(facts.fileHash()) || facts.archive().hasNarHash(name);
  }

  private boolean isThere(StorePathHash hash) {
    return cache.head(new NarInfoPath(hash).key()).isPresent();
  }
}
