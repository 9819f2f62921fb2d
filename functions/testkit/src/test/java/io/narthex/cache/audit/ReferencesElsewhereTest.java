package io.narthex.cache.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.cache.admission.Upstreams;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.settings.UpstreamCache;
import io.narthex.cache.store.StoreException;
import io.narthex.nix.path.StorePath;
import io.narthex.testkit.Fault;
import io.narthex.testkit.SamplePath;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

final class ReferencesElsewhereTest {
  private final AuditedStore cache = new AuditedStore();
  private final SamplePath path = cache.samples.path("path");
  private final UpstreamCache closed = upstream("closed");
  private final UpstreamCache open = upstream("open");

  private UpstreamCache upstream(String name) {
    return new UpstreamCache(
        URI.create("https://%s.example.org".formatted(name)), cache.samples.publicKey());
  }

  /** Of two upstreams the first cannot be asked. */
  private ReferencesElsewhere elsewhere(boolean asksCache) {
    Upstreams upstreams =
        (upstream, hash) -> {
          if (upstream.equals(closed)) {
            throw new StoreException("GET " + closed.url() + ": status 403");
          }
          return Optional.of(path.narInfo()).filter(has -> has.storePath().hash().equals(hash));
        };
    Settings settings = cache.settings(List.of(closed, open));
    return new ReferencesElsewhere(
        new StoreCache(cache.store, "", 4), asksCache, upstreams, settings);
  }

  @Test
  void anUpstreamThatCannotBeAskedKeepsNoOtherFromHavingThePath() {
    assertThat(elsewhere(false).contains(path.storePath())).isTrue();
  }

  @Test
  void aPathThatNoneHasMayBeWhereOneCouldNotBeAsked() {
    assertThatThrownBy(() -> elsewhere(false).contains(cache.samples.storePath("nowhere")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("status 403");
  }

  @Test
  void aCacheThatCannotBeAskedKeepsNoUpstreamFromHavingThePath() {
    cache.store.failing(request -> Fault.NOT_DONE);
    assertThat(elsewhere(true).contains(path.storePath())).isTrue();
  }

  @Test
  void whatRefersToAPathOfWhichNobodyKnowsIsUnchecked() {
    SamplePath far = cache.samples.path("far");
    SamplePath near = cache.with(cache.samples.path("near", far.storePath()));
    cache.outside = elsewhere(false);
    AuditedPath found = cache.audited(near);
    assertThat(found.verdict()).isEqualTo(AuditVerdict.UNCHECKED);
    assertThat(found.misses())
        .containsExactly(new MissedReference(far.storePath(), MissedReference.Why.UNCHECKED));
  }

  @Test
  void nobodyIsAskedForTheReferencesOfABadPath() {
    SamplePath far = cache.samples.path("far");
    SamplePath near = cache.samples.path("near", far.storePath());
    List<StorePath> asked = new CopyOnWriteArrayList<>();
    cache.outside = asked::add;
    assertThat(cache.audited(cache.with(near.withFile(new byte[] {1, 2, 3}))).verdict())
        .isEqualTo(AuditVerdict.REJECTED);
    assertThat(asked).isEmpty();
    assertThat(cache.audited(cache.with(near)).verdict()).isEqualTo(AuditVerdict.VERIFIED);
    assertThat(asked).containsExactly(far.storePath());
  }
}
