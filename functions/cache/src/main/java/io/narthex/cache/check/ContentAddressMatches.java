package io.narthex.cache.check;

import io.narthex.cache.nar.ArchiveFacts;
import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.CheckResult;
import io.narthex.cache.verdict.Finding;
import io.narthex.nix.address.AddressedPath;
import io.narthex.nix.address.ContentAddress;
import io.narthex.nix.address.StorePaths;
import io.narthex.nix.address.StoreReferences;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.path.StorePath;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A claimed content address leads to the store path, and the archive has that content. Content
 * hashed the Git way is not recomputed, so such a path needs a signature like any other.
 */
final class ContentAddressMatches implements Check {
  /** Whether the path needs no signature, because its content proves its name. */
  static boolean proves(Evidence evidence) {
    return new ContentAddressMatches().run(evidence) instanceof CheckResult.Passed
        && evidence
            .narInfo()
            .ca()
            .flatMap(ca -> evidence.archive().map(archive -> proves(ca, archive)))
            .orElse(false);
  }

  private static boolean proves(ContentAddress ca, ArchiveFacts.WellFormed archive) {
    return archive.contentHashes().stream()
        .anyMatch(found -> found.provesPath() && found.hash().equals(ca.hash()));
  }

  @Override
  public CheckName name() {
    return CheckName.CONTENT_ADDRESS;
  }

  @Override
  public CheckResult run(Evidence evidence) {
    return evidence
        .narInfo()
        .ca()
        .map(ca -> check(ca, evidence))
        .orElseGet(() -> new CheckResult.Passed("none is claimed"));
  }

  private CheckResult check(ContentAddress ca, Evidence evidence) {
    NarInfo narInfo = evidence.narInfo();
    AddressedPath addressed =
        StorePaths.fromContentAddress(
            narInfo.storeDir(),
            narInfo.storePath().name(),
            ca,
            StoreReferences.of(narInfo.storePath(), narInfo.references()));
    return switch (addressed) {
      case AddressedPath.Refused(var reason) -> failed("one that Nix makes paths from", reason);
      case AddressedPath.Path(StorePath path) when !path.equals(narInfo.storePath()) ->
          failed("the content address of " + narInfo.storePath(), "that of " + path);
      case AddressedPath.Path path ->
          evidence
              .archive()
              .map(archive -> content(ca, archive))
              .orElseGet(() -> new CheckResult.NotRun("there is no whole archive"));
    };
  }

  private CheckResult content(ContentAddress ca, ArchiveFacts.WellFormed archive) {
    if (ca instanceof ContentAddress.Git) {
      return new CheckResult.Warned(
          List.of(new Finding(name(), "CA", "one that is recomputed", ca.toString())));
    }
    if (archive.contentHashes().stream().anyMatch(found -> found.hash().equals(ca.hash()))) {
      return new CheckResult.Passed("recomputed");
    }
    String actual =
        archive.contentHashes().stream()
            .map(found -> found.hash().toString())
            .collect(Collectors.joining(" or "));
    return failed(
        ca.hash().toString(), actual.isEmpty() ? "an archive that is not a single file" : actual);
  }

  private CheckResult failed(String expected, String actual) {
    return CheckResult.failed(new Finding(name(), "CA", expected, actual));
  }
}
