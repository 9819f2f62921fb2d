package io.narthex.cache.check;

import io.narthex.cache.layout.Need;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.CheckResult;
import io.narthex.cache.verdict.Finding;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.signature.PublicKey;
import io.narthex.nix.signature.Sig;
import io.narthex.nix.signature.SignatureCheck;
import io.narthex.nix.signature.TrustedPublicKeys;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * As many trusted keys as the settings demand have signed the fingerprint, or the content proves
 * the path. Too few may become enough ({@code nix store sign}), so the path waits.
 *
 * <p>A wrong signature under the name of a trusted key never becomes right. Nix passes over it, and
 * so it does no harm where the path needs it not; one that has not 64 bytes makes some versions of
 * Nix give up the path, even beside a good one.
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
    SignatureCheck check =
        TrustedPublicKeys.of(settings.trustedPublicKeys())
            .verify(narInfo.fingerprint(), narInfo.sigs());
    if (!check.malformed().isEmpty()) {
      return new CheckResult.Failed(wrong(check));
    }
    if (check.distinctKeys() >= settings.requiredSignatures()) {
      return new CheckResult.Passed("by " + join(check.goodNames()));
    }
    return ContentAddressMatches.proves(evidence)
        ? new CheckResult.NotRun("not needed: the content proves the path")
        : tooFew(evidence, check);
  }

  private CheckResult tooFew(Evidence evidence, SignatureCheck check) {
    if (evidence.narInfo().ca().isPresent() && !evidence.narPresent()) {
      return new CheckResult.NotRun("needed only if the content does not prove the path");
    }
    if (!check.forged().isEmpty()) {
      return new CheckResult.Failed(wrong(check));
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
    return new CheckResult.Waits(
        new Need.ForSignature(evidence.hash()), new Finding(name(), "Sig", expected, actual));
  }

  private List<Finding> wrong(SignatureCheck check) {
    return Stream.concat(
            check.forged().stream().map(sig -> wrong(sig, "does not sign this fingerprint")),
            check.malformed().stream().map(sig -> wrong(sig, "is not 64 bytes long")))
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
