package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.admission.ObjectVerdicts.Judge;
import io.narthex.cache.admission.ObjectVerdicts.Renewal;
import io.narthex.cache.admission.ObjectVerdicts.Ruling;
import io.narthex.cache.layout.CachePath;
import io.narthex.cache.layout.CachePath.DebugInfoPath;
import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.nar.ArchiveFacts;
import io.narthex.cache.nar.NarFacts;
import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.Finding;
import io.narthex.nix.nar.DebugInfoLink;
import io.narthex.nix.nar.MalformedDebugInfoLinkException;
import java.util.List;
import java.util.Optional;

/**
 * A link to debug information must lead to a member that the NAR of a verified path has. The path
 * must be signed: that its content proves its name says nothing of the build id, which is
 * everybody's.
 */
final class DebugInfoAdmission {
  private static final int MAX_SIZE = 1 << 16;
  private static final String UP = "../";

  private final ObjectVerdicts verdicts;
  private final NarLinks links;
  private final VerifiedFacts facts;

  DebugInfoAdmission(ObjectVerdicts verdicts, NarLinks links, VerifiedFacts facts) {
    this.verdicts = requireNonNull(verdicts, "verdicts is null");
    this.links = requireNonNull(links, "links is null");
    this.facts = requireNonNull(facts, "facts is null");
  }

  /**
   * While no signed path with that NAR is verified, a link stays unseen; verifying the path looks
   * at it.
   */
  Outcome look(DebugInfoPath path) {
    return verdicts.look(path.key(), judge(path));
  }

  /** Takes out what is not right by now, to make room for a link that is. */
  void weed(DebugInfoPath path) {
    verdicts.look(path.key(), judge(path).decided());
  }

  private Judge judge(DebugInfoPath path) {
    return new Judge(
        CheckName.DEBUG_INFO, MAX_SIZE, new Renewal.Never(), bytes -> rule(path, bytes));
  }

  private Ruling rule(DebugInfoPath path, byte[] json) {
    try {
      DebugInfoLink link = DebugInfoLink.parse(json);
      return narOf(link)
          .map(nar -> rule(path, link, nar))
          .orElseGet(() -> wrong("archive", "../nar/…", link.archive()));
    } catch (MalformedDebugInfoLinkException e) {
      return wrong("body", "a link as Nix writes it", String.valueOf(e.getMessage()));
    }
  }

  private Ruling rule(DebugInfoPath path, DebugInfoLink link, NarPath nar) {
    List<NarFacts> verified =
        links.linked(nar).stream()
            .flatMap(hash -> facts.ofSigned(hash).stream())
            .filter(f -> f.reading().nar().equals(nar))
            .toList();
    if (verified.isEmpty()) {
      return new Ruling.NotNow(
          new Finding(
              CheckName.DEBUG_INFO, "archive", "a NAR of a signed path", nar.key().value()));
    }
    var expected = new ArchiveFacts.DebugInfo(path.buildId(), link.member());
    return verified.stream().anyMatch(f -> has(f, expected))
        ? new Ruling.Right()
        : wrong("member", "a member of " + nar.key() + " with this build id", link.member());
  }

  private static boolean has(NarFacts facts, ArchiveFacts.DebugInfo link) {
    return facts.archive() instanceof ArchiveFacts.WellFormed archive
        && archive.debugInfo().contains(link);
  }

  private static Optional<NarPath> narOf(DebugInfoLink link) {
    return link.archive().startsWith(UP)
        ? CachePath.parse(link.archive().substring(UP.length()))
            .filter(NarPath.class::isInstance)
            .map(NarPath.class::cast)
        : Optional.empty();
  }

  private static Ruling wrong(String field, String expected, String actual) {
    return new Ruling.Wrong(new Finding(CheckName.DEBUG_INFO, field, expected, actual));
  }
}
