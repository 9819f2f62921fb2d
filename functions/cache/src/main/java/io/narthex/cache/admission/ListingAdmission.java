package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.admission.ObjectVerdicts.Judge;
import io.narthex.cache.admission.ObjectVerdicts.Renewal;
import io.narthex.cache.admission.ObjectVerdicts.Ruling;
import io.narthex.cache.layout.CachePath.ListingPath;
import io.narthex.cache.nar.ArchiveFacts;
import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.Finding;
import io.narthex.nix.hash.Hash;
import io.narthex.nix.nar.MalformedListingException;
import io.narthex.nix.nar.NarListing;
import java.util.Optional;
import java.util.function.Function;

/** A listing must say what the NAR of its path says; the NAR is not read again for it. */
final class ListingAdmission {
  private static final int MAX_SIZE = 64 << 20;

  private final ObjectVerdicts verdicts;
  private final VerifiedFacts facts;

  ListingAdmission(ObjectVerdicts verdicts, VerifiedFacts facts) {
    this.verdicts = requireNonNull(verdicts, "verdicts is null");
    this.facts = requireNonNull(facts, "facts is null");
  }

  /** While its path is not verified, a listing stays unseen; verifying the path looks at it. */
  Outcome look(ListingPath path) {
    Optional<ArchiveFacts.WellFormed> archive = facts.archiveOf(path.hash());
    return verdicts.look(
        path.key(),
        judge(
            new Renewal.Never(),
            bytes -> archive.map(a -> rule(bytes, a)).orElseGet(() -> notNow("no verified path"))));
  }

  /** Judges what lies there by this archive, also a listing of what the path was before. */
  Outcome look(ListingPath path, ArchiveFacts.WellFormed archive) {
    return verdicts.look(path.key(), judge(new Renewal.Always(), bytes -> rule(bytes, archive)));
  }

  /** Takes out what says something else than this archive, and leaves the rest as it is. */
  void weed(ListingPath path, ArchiveFacts.WellFormed archive) {
    verdicts.look(
        path.key(),
        judge(
            new Renewal.Never(),
            bytes ->
                switch (rule(bytes, archive)) {
                  case Ruling.Right right -> notNow("a path that waits");
                  case Ruling.Wrong wrong -> wrong;
                  case Ruling.Waits waits -> waits;
                  case Ruling.NotNow notNow -> notNow;
                }));
  }

  private static Judge judge(Renewal renewal, Function<byte[], Ruling> rule) {
    return new Judge(CheckName.LISTING, MAX_SIZE, renewal, rule);
  }

  private static Ruling notNow(String why) {
    return new Ruling.NotNow(
        new Finding(CheckName.LISTING, "root", "the tree of a verified NAR", why));
  }

  private static Ruling rule(byte[] json, ArchiveFacts.WellFormed archive) {
    if (archive.listing().isEmpty()) {
      return notNow("one too large to be kept");
    }
    try {
      Hash actual = NarListing.parse(json).sha256();
      return archive.listing().equals(Optional.of(actual))
          ? new Ruling.Right()
          : wrong("another tree");
    } catch (MalformedListingException e) {
      return wrong(String.valueOf(e.getMessage()));
    }
  }

  private static Ruling wrong(String actual) {
    return new Ruling.Wrong(new Finding(CheckName.LISTING, "root", "the tree of the NAR", actual));
  }
}
