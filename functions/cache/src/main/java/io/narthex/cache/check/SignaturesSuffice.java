package io.narthex.cache.check;

import io.narthex.cache.layout.Need;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.CheckResult;
import io.narthex.cache.verdict.Finding;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.signature.KeyName;
import io.narthex.nix.signature.PublicKey;
import io.narthex.nix.signature.Sig;
import io.narthex.nix.signature.SignatureCheck;
import io.narthex.nix.signature.TrustedPublicKeys;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * As many trusted keys as the settings demand have signed the fingerprint, or the content proves
 * the path. Too few may become enough ({@code nix store sign}), so the path waits.
 *
 * <p>A wrong signature under the name of a trusted key never becomes right. Nix passes over it, and
 * so it does no harm where the path needs it not; one that has not 64 bytes makes some versions of
 * Nix give up the path, even beside a good one. What the cache itself has signed counts for nothing
 * here: it would outlive the trust in whoever vouched for the path.
 *
 * <p>Where the settings trust uploaders, a path needs no signature, unless a revoked key has signed
 * it: what that key vouched for is not to come back by another door.
 *
 * @see <a
 *     href="https://github.com/NixOS/nix/blob/master/src/libstore/path-info.cc">ValidPathInfo::checkSignatures
 *     in path-info.cc</a>
 */
final class SignaturesSuffice implements Check {
  @Override
  public CheckName name() {
    return CheckName.SIGNATURES;
  }

  @Override
  public CheckResult run(Evidence evidence) {
    NarInfo narInfo = evidence.narInfo();
    Settings settings = evidence.settings();
    SignatureCheck check = evidence.signatures();
    List<Sig> malformed =
        Stream.concat(check.malformed().stream(), ownMalformed(narInfo, settings)).toList();
    if (!malformed.isEmpty()) {
      return new CheckResult.Failed(wrong(check.forged(), malformed));
    }
    if (check.distinctKeys() >= settings.requiredSignatures()) {
      return new CheckResult.Passed("by " + join(check.goodNames()));
    }
    Optional<KeyName> revoked =
        settings.trustsUploaders() ? revokedSigner(narInfo, settings) : Optional.empty();
    if (settings.trustsUploaders() && revoked.isEmpty()) {
      return new CheckResult.Passed("by its uploader");
    }
    return ContentAddressMatches.proves(evidence)
        ? new CheckResult.NotRun("not needed: the content proves the path")
        : tooFew(evidence, check, revoked);
  }

  /** What is malformed under the name of the key that the cache itself signs with. */
  private static Stream<Sig> ownMalformed(NarInfo narInfo, Settings settings) {
    return settings.signingKey().stream()
        .map(key -> TrustedPublicKeys.of(List.of(key)))
        .flatMap(own -> own.verify(narInfo.fingerprint(), narInfo.sigs()).malformed().stream());
  }

  /** The name of a signature that a revoked key has made, whatever that key is called. */
  private static Optional<KeyName> revokedSigner(NarInfo narInfo, Settings settings) {
    String fingerprint = narInfo.fingerprint();
    return narInfo.sigs().stream()
        .filter(sig -> settings.revokedKeys().stream().anyMatch(key -> isBy(key, sig, fingerprint)))
        .map(Sig::keyName)
        .findFirst();
  }

  private static boolean isBy(PublicKey key, Sig sig, String fingerprint) {
    var named = new PublicKey(sig.keyName(), key.key());
    return TrustedPublicKeys.of(List.of(named))
        .verify(fingerprint, List.of(sig))
        .good()
        .contains(named);
  }

  private CheckResult tooFew(Evidence evidence, SignatureCheck check, Optional<KeyName> revoked) {
    boolean isUnread =
        evidence.facts().isEmpty()
            && evidence.unread().filter(said -> !(said instanceof CheckResult.Waits)).isEmpty();
    if (evidence.narInfo().ca().isPresent() && isUnread) {
      return new CheckResult.NotRun("needed only if the content does not prove the path");
    }
    if (!check.forged().isEmpty()) {
      return new CheckResult.Failed(wrong(check.forged(), List.of()));
    }
    Settings settings = evidence.settings();
    String expected =
        settings.requiredSignatures()
            + " of "
            + join(settings.trustedPublicKeys().stream().map(PublicKey::name).toList());
    String actual =
        evidence.narInfo().sigs().isEmpty()
            ? "none"
            : check.distinctKeys()
                + "; others: "
                + join(check.unknown().stream().map(Sig::keyName).toList());
    String signed = revoked.map(key -> "; revoked: " + key).orElse("");
    return new CheckResult.Waits(
        new Need.ForSignature(evidence.hash()),
        new Finding(name(), "Sig", expected, actual + signed));
  }

  private List<Finding> wrong(List<Sig> forged, List<Sig> malformed) {
    return Stream.concat(
            forged.stream().map(sig -> wrong(sig, "does not sign this fingerprint")),
            malformed.stream().map(sig -> wrong(sig, "is not 64 bytes long")))
        .toList();
  }

  private Finding wrong(Sig sig, String how) {
    return new Finding(
        name(), "Sig", "a signature by " + sig.keyName(), "one under that name that " + how);
  }

  private static String join(Collection<?> names) {
    return names.isEmpty()
        ? "no trusted key"
        : names.stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
  }
}
