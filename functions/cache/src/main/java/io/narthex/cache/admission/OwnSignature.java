package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.narinfo.NarInfoReader;
import io.narthex.cache.report.Report;
import io.narthex.cache.report.Reports;
import io.narthex.cache.signing.NarInfoSigner;
import io.narthex.cache.signing.Signing;
import io.narthex.cache.store.NewObject;
import io.narthex.cache.store.PutResult;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.store.Tags;
import io.narthex.cache.store.VersionedStore;
import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.CheckOutcome;
import io.narthex.cache.verdict.CheckResult;
import io.narthex.cache.verdict.Finding;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.signature.Sig;
import io.narthex.nix.signature.TrustedPublicKeys;
import java.util.List;
import java.util.Optional;

/**
 * Gives a verified narinfo its tag, and the cache's own signature with it where a key is given and
 * has not signed yet.
 *
 * <p>The signed narinfo is a new version over the uploader's, which keeps the tags it had: while
 * the path was not admitted, nobody could read either; if it was, readers go from one verified
 * version to the other in the same instant.
 */
final class OwnSignature {
  private static final String CONTENT_TYPE = "text/x-nix-narinfo";

  private final VersionedStore cache;
  private final Reports reports;
  private final VerdictTags tags;
  private final NarLinks links;
  private final Optional<NarInfoSigner> signer;

  OwnSignature(
      VersionedStore cache,
      Reports reports,
      VerdictTags tags,
      NarLinks links,
      Optional<NarInfoSigner> signer) {
    this.cache = requireNonNull(cache, "cache is null");
    this.reports = requireNonNull(reports, "reports is null");
    this.tags = requireNonNull(tags, "tags is null");
    this.links = requireNonNull(links, "links is null");
    this.signer = requireNonNull(signer, "signer is null");
  }

  /**
   * Admits a narinfo that was judged verified, all else being done.
   *
   * @return the report as it stands then; empty if something has moved meanwhile
   * @throws StoreException if the key could not be used: the path is not admitted until it can be
   */
  Optional<Report> admit(PathSeen seen, NarPath nar, Report report, List<String> audiences) {
    return signer.isPresent()
        ? admit(seen, nar, report, audiences, signer.get())
        : admitAsIs(seen, report, audiences);
  }

  private Optional<Report> admitAsIs(PathSeen seen, Report report, List<String> audiences) {
    boolean isTagged = tags.admit(seen.path().key(), seen.version(), audiences);
    return isTagged ? Optional.of(report) : Optional.empty();
  }

  private Optional<Report> admit(
      PathSeen seen, NarPath nar, Report report, List<String> audiences, NarInfoSigner signingKey) {
    Optional<UnsignedNarInfo> read = UnsignedNarInfo.read(cache, seen.path(), seen.version());
    if (read.isEmpty()) {
      return Optional.empty();
    }
    NarInfo narInfo = read.get().narInfo();
    if (narInfo.sigs().stream().anyMatch(sig -> isGood(sig, narInfo, signingKey))) {
      return admitAsIs(seen, report, audiences);
    }
    return switch (signingKey.sign(narInfo.fingerprint())) {
      case Signing.Refused(var expected, var actual) ->
          admitUnsigned(seen, report, audiences, expected, actual);
      case Signing.Signed(var sig) when !isGood(sig, narInfo, signingKey) ->
          throw new StoreException(
              signingKey.publicKey().name() + " does not verify its signature");
      case Signing.Signed(var sig) -> {
        byte[] signed = read.get().signed(sig);
        yield signed.length > NarInfoReader.MAX_SIZE
            ? admitUnsigned(
                seen,
                report,
                audiences,
                "a narinfo of at most " + NarInfoReader.MAX_SIZE + " bytes",
                signed.length + " bytes when signed")
            : write(seen, nar, report, audiences, read.get(), signed);
      }
    };
  }

  private static boolean isGood(Sig sig, NarInfo narInfo, NarInfoSigner signingKey) {
    return !TrustedPublicKeys.of(List.of(signingKey.publicKey()))
        .verify(narInfo.fingerprint(), List.of(sig))
        .good()
        .isEmpty();
  }

  /** The warning first: the tag settles the path, and nobody would look again. */
  private Optional<Report> admitUnsigned(
      PathSeen seen, Report report, List<String> audiences, String expected, String actual) {
    var finding = new Finding(CheckName.OWN_SIGNATURE, "Sig", expected, actual);
    Report warning =
        report.and(
            new CheckOutcome(CheckName.OWN_SIGNATURE, new CheckResult.Warned(List.of(finding))));
    return amend(report, warning) ? admitAsIs(seen, warning, audiences) : Optional.empty();
  }

  /**
   * Writes the signed narinfo over the one that was verified, if that is still there; an equal
   * upload in between has the same entity tag, and the same verdict. If we stop right after it,
   * readers have the signed narinfo; its own event finds a report on the version under it, judges
   * it by what is known of the NAR, and finds it signed.
   */
  private Optional<Report> write(
      PathSeen seen,
      NarPath nar,
      Report report,
      List<String> audiences,
      UnsignedNarInfo unsigned,
      byte[] signed) {
    Optional<Tags> kept = cache.tags(seen.path().key(), seen.version());
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    NewObject object =
        NewObject.of(signed, CONTENT_TYPE).tagged(VerdictTags.admitted(kept.get(), audiences));
    return switch (cache.putIfMatch(seen.path().key(), unsigned.etag(), object)) {
      case PutResult.PreconditionFailed failed -> Optional.empty();
      case PutResult.Stored(var version, var etag) -> {
        links.link(nar, seen.hash(), version);
        Report onSigned = report.onSigned(version);
        if (!amend(report, onSigned)) {
          yield Optional.empty();
        }
        links.unlink(nar, seen.hash(), seen.version());
        yield Optional.of(onSigned);
      }
    };
  }

  /** False if somebody else has written the report since: everything is looked at again then. */
  private boolean amend(Report before, Report after) {
    Optional<Reports.Stored> stored = reports.read(before.hash());
    return stored
            .map(Reports.Stored::report)
            .filter(report -> report.narinfo().equals(before.narinfo()))
            .filter(report -> report.standing() == before.standing())
            .filter(report -> report.settings().equals(before.settings()))
            .isPresent()
        && reports.replace(stored, after);
  }
}
