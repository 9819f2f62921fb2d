package io.narthex.cache.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.nar.ArchiveFacts;
import io.narthex.cache.nar.NarFacts;
import io.narthex.cache.nar.NarReading;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.settings.UndeclaredMode;
import io.narthex.cache.store.VersionId;
import io.narthex.cache.verdict.CheckResult;
import io.narthex.nix.hash.Hash;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.path.StoreDir;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.signature.SignatureCheck;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ReferencesAreDeclaredTest {
  private static final StorePath PATH =
      StorePath.parse("00bgd045z0d4icpbc2yyz4gx48ak44la-hello-1.0");
  private static final StorePath DECLARED =
      StorePath.parse("10bgd045z0d4icpbc2yyz4gx48ak44la-declared-1.0");
  private static final StorePath HIDDEN =
      StorePath.parse("20bgd045z0d4icpbc2yyz4gx48ak44la-hidden-1.0");
  private static final Hash HASH = Hash.parse("sha256:" + "0".repeat(52));

  @Test
  void passesWhatIsDeclared() {
    assertThat(check(UndeclaredMode.REJECT, true, PATH, DECLARED))
        .isInstanceOf(CheckResult.Passed.class);
  }

  @Test
  void failsWhatIsNot() {
    assertThat(check(UndeclaredMode.REJECT, true, DECLARED, HIDDEN).toString())
        .startsWith("Failed")
        .contains(HIDDEN + " is not declared")
        .doesNotContain(DECLARED + " is not");
  }

  @Test
  void failsWhatWasNotLookedAt() {
    assertThat(check(UndeclaredMode.REJECT, false, DECLARED).toString())
        .startsWith("Failed")
        .contains("too many to look at all");
  }

  @Test
  void warnsOfBothWhereTheSettingsSaySo() {
    assertThat(check(UndeclaredMode.WARN, true, HIDDEN)).isInstanceOf(CheckResult.Warned.class);
    assertThat(check(UndeclaredMode.WARN, false, DECLARED)).isInstanceOf(CheckResult.Warned.class);
  }

  private static CheckResult check(UndeclaredMode mode, boolean complete, StorePath... found) {
    NarInfo narInfo =
        NarInfo.unsigned(StoreDir.DEFAULT, PATH, HASH, 1, List.of(DECLARED), "nar/x.nar");
    NarPath nar = new NarPath("x.nar");
    var archive =
        new ArchiveFacts.WellFormed(
            HASH,
            1,
            Optional.empty(),
            new TreeSet<>(List.of(found)),
            complete,
            List.of(),
            List.of());
    var facts = new NarFacts(reading(nar), HASH, 1, archive);
    return new ReferencesAreDeclared()
        .run(
            new Evidence(
                PATH.hash(),
                narInfo,
                Optional.of(nar),
                true,
                OptionalLong.empty(),
                Optional.empty(),
                Optional.of(facts),
                new SignatureCheck(Set.of(), List.of(), List.of(), List.of()),
                settings(mode)));
  }

  private static NarReading reading(NarPath nar) {
    return new NarReading(
        nar, new VersionId("1"), "none", 1, "", PATH.hash(), false, StoreDir.DEFAULT);
  }

  private static Settings settings(UndeclaredMode undeclared) {
    Settings s = Settings.trusting(List.of());
    return new Settings(
        s.storeDir(),
        s.trustedPublicKeys(),
        s.requiredSignatures(),
        s.closure(),
        undeclared,
        s.upstreams(),
        s.maxNarSize(),
        s.grace(),
        s.priority(),
        s.readWait());
  }
}
