package io.narthex.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.store.PutResult;
import io.narthex.cache.store.TaggedVersion;
import io.narthex.cache.store.Tags;
import io.narthex.cache.store.VersionId;
import io.narthex.cache.store.VersionedStore;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@link VersionedStore} promises besides, as tests. */
public abstract class VersionedStoreContract extends ObjectStoreContract {
  private static final Tags VERIFIED = new Tags(Map.of("nix-verdict", "verified"));
  private static final Tags OTHER = new Tags(Map.of("team", "a b", "cost", "1+1=2"));

  @Override
  protected abstract VersionedStore store();

  @Test
  void hasNoVersionOfAnAbsentKey() {
    VersionId gone = create(KEY, "x").version();
    store().delete(KEY, gone);
    assertThat(store().versions(KEY)).isEmpty();
    assertThat(store().tags(KEY)).isEmpty();
    assertThat(store().tags(KEY, gone)).isEmpty();
    assertThat(store().open(KEY, gone)).isEmpty();
    assertThat(store().tag(KEY, gone, VERIFIED)).isFalse();
    store().delete(KEY, gone);
  }

  @Test
  void keepsOldVersionsNewestFirst() {
    PutResult.Stored first = create(KEY, "first");
    VersionId second = replace(first, "second").version();
    assertThat(store().versions(KEY)).containsExactly(second, first.version());
    assertThat(store().versionsInPlace(KEY)).containsExactly(second, first.version());
    assertThat(utf8(store().open(KEY, first.version()).orElseThrow())).isEqualTo("first");
    assertThat(utf8(store().open(KEY, second).orElseThrow())).isEqualTo("second");
    assertThat(store().head(KEY).orElseThrow().version()).isEqualTo(second);
  }

  @Test
  void tagsOneVersionAndNoOther() {
    PutResult.Stored first = create(KEY, "first");
    assertThat(store().tag(KEY, first.version(), VERIFIED)).isTrue();
    VersionId second = replace(first, "second").version();
    assertThat(store().tags(KEY)).contains(new TaggedVersion(second, Tags.NONE));
    assertThat(store().tags(KEY, first.version())).contains(VERIFIED);
    assertThat(store().tag(KEY, first.version(), OTHER)).isTrue();
    assertThat(store().tags(KEY, first.version())).contains(OTHER);
    assertThat(store().tags(KEY, second)).contains(Tags.NONE);
  }

  @Test
  void givesEqualBytesNoTagsOfTheirPredecessor() {
    PutResult.Stored first = create(KEY, "same");
    store().tag(KEY, first.version(), VERIFIED);
    PutResult.Stored second = replace(first, "same");
    assertThat(second.etag()).isEqualTo(first.etag());
    assertThat(store().tags(KEY)).contains(new TaggedVersion(second.version(), Tags.NONE));
  }

  @Test
  void writesTagsWithTheObject() {
    PutResult result = store().putIfAbsent(KEY, object("x").tagged(VERIFIED));
    VersionId version = ((PutResult.Stored) result).version();
    assertThat(store().tags(KEY)).contains(new TaggedVersion(version, VERIFIED));
  }

  @Test
  void restoresTheVersionBelowWithItsTags() {
    PutResult.Stored first = create(KEY, "first");
    store().tag(KEY, first.version(), VERIFIED);
    VersionId second = replace(first, "second").version();
    store().delete(KEY, second);
    assertThat(text(KEY)).isEqualTo("first");
    assertThat(store().tags(KEY)).contains(new TaggedVersion(first.version(), VERIFIED));
    assertThat(store().versions(KEY)).containsExactly(first.version());
  }

  @Test
  void leavesTheCurrentVersionWhenAnOldOneGoes() {
    PutResult.Stored first = create(KEY, "first");
    VersionId second = replace(first, "second").version();
    store().delete(KEY, first.version());
    assertThat(text(KEY)).isEqualTo("second");
    assertThat(store().versions(KEY)).containsExactly(second);
  }

  @Test
  void keepsVersionsAndTheirTagsUnderADeleteMarker() {
    VersionId first = create(KEY, "first").version();
    store().tag(KEY, first, VERIFIED);
    store().delete(KEY);
    assertThat(store().head(KEY)).isEmpty();
    assertThat(store().open(KEY)).isEmpty();
    assertThat(store().tags(KEY)).isEmpty();
    assertThat(store().listAll("")).isEmpty();
    assertThat(store().versions(KEY)).containsExactly(first);
    assertThat(store().versionsInPlace(KEY)).isEmpty();
    assertThat(utf8(store().open(KEY, first).orElseThrow())).isEqualTo("first");
    assertThat(store().tags(KEY, first)).contains(VERIFIED);
    assertThat(store().tag(KEY, first, OTHER)).isTrue();
  }

  @Test
  void staysAbsentWhenVersionsUnderADeleteMarkerGo() {
    PutResult.Stored first = create(KEY, "first");
    VersionId second = replace(first, "second").version();
    store().delete(KEY);
    store().delete(KEY, second);
    assertThat(store().head(KEY)).isEmpty();
    store().delete(KEY, first.version());
    assertThat(store().versions(KEY)).isEmpty();
    assertThat(store().head(KEY)).isEmpty();
  }

  @Test
  void createsAnewOverADeleteMarkerAndFallsBackToIt() {
    PutResult.Stored first = create(KEY, "first");
    store().tag(KEY, first.version(), VERIFIED);
    store().delete(KEY);
    assertThat(store().putIfMatch(KEY, first.etag(), object("second")))
        .isEqualTo(new PutResult.PreconditionFailed());
    VersionId second = create(KEY, "second").version();
    assertThat(store().tags(KEY)).contains(new TaggedVersion(second, Tags.NONE));
    assertThat(store().versions(KEY)).containsExactly(second, first.version());
    assertThat(store().versionsInPlace(KEY)).containsExactly(second);
    store().delete(KEY, second);
    assertThat(store().head(KEY)).isEmpty();
    assertThat(store().versions(KEY)).containsExactly(first.version());
  }

  /** Puts a second version of the one key of these tests over the first. */
  protected PutResult.Stored replace(PutResult.Stored old, String text) {
    return (PutResult.Stored) store().putIfMatch(KEY, old.etag(), object(text));
  }
}
