package io.narthex.local.stores;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.aws.s3.S3VersionedStore;
import io.narthex.cache.store.ETag;
import io.narthex.cache.store.ListPage;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.PutResult;
import io.narthex.cache.store.VersionId;
import io.narthex.cache.store.VersionedStore;
import io.narthex.testkit.VersionedStoreContract;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * The S3 adapter over a versioned bucket of a Ceph RGW (16.2). The conditions of a write mean
 * nothing there: {@code If-None-Match: *} always holds and {@code If-Match} never does. What must
 * be written by condition belongs in a plain bucket of such a store.
 */
@Tag("stores")
class CephRgwVersionedStoreTest extends VersionedStoreContract {
  private final ScratchBucket bucket = ScratchBucket.versioned(ExternalStore.CEPH.access());
  private final VersionedStore store = new S3VersionedStore(bucket.s3(), bucket.name());

  @AfterEach
  void close() {
    bucket.close();
  }

  @Override
  protected VersionedStore store() {
    return store;
  }

  /** Without the condition, which would not hold. */
  @Override
  protected PutResult.Stored replace(PutResult.Stored old, String text) {
    PutObjectResponse put =
        bucket
            .s3()
            .putObject(p -> p.bucket(bucket.name()).key(KEY.value()), RequestBody.fromString(text));
    return new PutResult.Stored(
        new VersionId(put.versionId()), new ETag(put.eTag().replace("\"", "")));
  }

  /** It does create: the second write becomes the current version. */
  @Override
  @Test
  protected void doesNotCreateWhatIsThere() {
    VersionId first = create(KEY, "first").version();
    VersionId second = create(KEY, "second").version();
    assertThat(text(KEY)).isEqualTo("second");
    assertThat(store.versions(KEY)).containsExactly(second, first);
  }

  /** It creates for all of them; each has a version of its own. */
  @Override
  @Test
  protected void createsForExactlyOneOfManyCallers() {
    assertThat(race(caller -> () -> store.putIfAbsent(KEY, object("caller " + caller))))
        .hasOnlyElementsOfType(PutResult.Stored.class);
    assertThat(store.versions(KEY)).hasSize(CALLERS);
  }

  /** It replaces nothing, not even with the right entity tag. */
  @Override
  @Test
  protected void replacesOnlyWhatStillHasItsEntityTag() {
    ETag first = create(KEY, "first").etag();
    assertThat(store.putIfMatch(KEY, first, object("second")))
        .isEqualTo(new PutResult.PreconditionFailed());
    assertThat(text(KEY)).isEqualTo("first");
  }

  /** A page may hold fewer than were asked for, and says that there are more. */
  @Override
  @Test
  protected void listsMoreThanOnePage() {
    List<String> expected = IntStream.range(0, MANY).mapToObj("many/%05d"::formatted).toList();
    expected.forEach(key -> create(new ObjectKey(key), "x"));
    ListPage page = store.list("many/", Optional.empty(), Integer.MAX_VALUE);
    assertThat(page.entries()).hasSizeBetween(1, ObjectStore.MAX_PAGE);
    assertThat(page.more()).isTrue();
    assertThat(store.listAll("many/")).extracting(entry -> entry.key().value()).isEqualTo(expected);
  }

  /** A counter never moves. */
  @Override
  @Test
  protected void losesNoIncrementOfACounter() {
    ETag zero = create(KEY, "0").etag();
    assertThat(race(caller -> () -> store.putIfMatch(KEY, zero, object("1"))))
        .containsOnly(new PutResult.PreconditionFailed());
    assertThat(text(KEY)).isEqualTo("0");
  }
}
