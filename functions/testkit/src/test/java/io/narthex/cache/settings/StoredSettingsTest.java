package io.narthex.cache.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.cache.layout.StateKeys;
import io.narthex.cache.revocation.Revocation;
import io.narthex.cache.revocation.RevokedKeys;
import io.narthex.cache.store.NewObject;
import io.narthex.cache.store.StoreException;
import io.narthex.nix.signature.KeyName;
import io.narthex.nix.signature.PublicKey;
import io.narthex.testkit.MemoryStore;
import io.narthex.testkit.MovableClock;
import io.narthex.testkit.SampleStore;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Settings as they are in force: what the state bucket says, without the keys it has revoked. */
class StoredSettingsTest {
  private static final Revocation LEAKED =
      new Revocation("the secret key leaked", Instant.parse("2026-11-23T10:00:00Z"));

  private final PublicKey kept = new SampleStore(1, "kept-1").publicKey();
  private final PublicKey leaked = new SampleStore(2, "leaked-1").publicKey();
  private final MovableClock clock = new MovableClock();
  private final MemoryStore state = new MemoryStore(clock);
  private final RevokedKeys revoked = new RevokedKeys(state);
  private final StoredSettings settings = new StoredSettings(state, clock);

  @BeforeEach
  void trustBoth() {
    store(Settings.trusting(List.of(kept, leaked)));
  }

  @Test
  void trustNoRevokedKeyOnceTheyAreReadAgain() {
    assertThat(settings.current().trustedPublicKeys()).containsExactly(kept, leaked);
    assertThat(revoked.revoke(leaked, LEAKED)).isTrue();
    assertThat(revoked.revoke(leaked, LEAKED)).isFalse();
    clock.advance(Duration.ofSeconds(61));
    assertThat(settings.current().trustedPublicKeys()).containsExactly(kept);

    assertThat(revoked.restore(leaked)).isTrue();
    assertThat(revoked.restore(leaked)).isFalse();
    clock.advance(Duration.ofSeconds(61));
    assertThat(settings.current().trustedPublicKeys()).containsExactly(kept, leaked);
  }

  @Test
  void haveAnotherDigestWithoutThatKey() {
    String before = SettingsJson.digest(settings.current());
    revoked.revoke(leaked, LEAKED);
    clock.advance(Duration.ofSeconds(61));
    assertThat(SettingsJson.digest(settings.current())).isNotEqualTo(before);
  }

  @Test
  void trustItByNoOtherNameEither() {
    revoked.revoke(new PublicKey(new KeyName("renamed-2"), leaked.key()), LEAKED);
    assertThat(settings.current().trustedPublicKeys()).containsExactly(kept);
  }

  @Test
  void trustItNotUpstreamEither() {
    URI url = URI.create("https://cache.example.org");
    store(withUpstreams(List.of(new UpstreamCache(url, leaked), new UpstreamCache(url, kept))));
    revoked.revoke(leaked, LEAKED);
    assertThat(settings.current().upstreams()).containsExactly(new UpstreamCache(url, kept));
  }

  @Test
  void areNotReadWhereTheRevocationsCannotBe() {
    state.putIfAbsent(StateKeys.revokedKeys(), NewObject.of("{\"keys\":[{}]}", "application/json"));
    assertThatThrownBy(settings::current)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("revocations/keys.json");
  }

  private Settings withUpstreams(List<UpstreamCache> upstreams) {
    Settings s = Settings.trusting(List.of(kept));
    return new Settings(
        s.storeDir(),
        s.trustedPublicKeys(),
        s.requiredSignatures(),
        s.closure(),
        s.undeclared(),
        upstreams,
        s.maxNarSize(),
        s.grace(),
        s.priority(),
        s.readWait());
  }

  private void store(Settings changed) {
    state.delete(StateKeys.settings());
    state.putIfAbsent(
        StateKeys.settings(), NewObject.of(SettingsJson.write(changed), "application/json"));
  }
}
