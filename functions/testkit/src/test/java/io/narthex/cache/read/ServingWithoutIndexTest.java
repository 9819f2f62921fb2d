package io.narthex.cache.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.narthex.cache.index.IndexReader;
import io.narthex.cache.index.QueriedCache;
import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.path.StorePath;
import io.narthex.policy.AccountId;
import io.narthex.policy.MalformedPolicyException;
import io.narthex.policy.PolicyDocument;
import io.narthex.testkit.VerifiedMemoryStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is served is what lies in the bucket under its tags, whatever the index says, and whether
 * there is one.
 */
class ServingWithoutIndexTest {
  private final QueriedCache cache = new QueriedCache();
  private final StorePath verified = cache.add("verified-1", 10);
  private final StorePath hidden = cache.add("hidden-1", 10);
  private final StorePath removed = cache.add("removed-1", 10);
  private final StorePath waiting = cache.path("waiting-1");
  private final StorePath later = cache.path("later-1");
  private final CacheBucket bucket =
      new CacheBucket("arn:aws:s3:::nix-cache", new AccountId("111122223333"));
  private final Queries queries = new Queries(ports(), bucket);
  private final List<StorePath> paths = List.of(verified, hidden, removed, waiting, later);

  /** What has become of the index. */
  record Index(String name, Consumer<QueriedCache> become) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Index> indexes() {
    return Stream.concat(
        Stream.of(
            new Index("none", cache -> {}),
            new Index("late", cache -> cache.build(1)),
            new Index(
                "another one",
                cache -> {
                  cache.build(0);
                  cache.build(4);
                }),
            new Index(
                "no shard to read",
                cache -> corrupt(cache, cache.build(0).prefix() + "shards/0.jsonl.zst"))),
        withAHole());
  }

  static Stream<Index> withAHole() {
    return Stream.of(
        new Index("no manifest to read", cache -> corrupt(cache, "index/manifest.json")),
        new Index(
            "no set to read", cache -> corrupt(cache, cache.build(0).prefix() + "sets/0.set")),
        new Index(
            "no set",
            cache -> cache.state.delete(new ObjectKey(cache.build(0).prefix() + "sets/0.set"))));
  }

  private static void corrupt(QueriedCache cache, String key) {
    cache.state.upload(key, "something else".getBytes(UTF_8));
  }

  /** After the index was built, so that it knows nothing of it. */
  private void change() {
    tag(hidden, VerdictTag.REJECTED);
    cache.bucket.delete(new NarInfoPath(removed.hash()).key());
    cache.upload(waiting, 10, VerdictTag.WAITING);
    cache.upload(later, 10, VerdictTag.VERIFIED);
  }

  private void tag(StorePath path, VerdictTag verdict) {
    var tagged = cache.bucket.tags(new NarInfoPath(path.hash()).key()).orElseThrow();
    cache.bucket.tag(
        new NarInfoPath(path.hash()).key(), tagged.version(), verdict.on(tagged.tags()));
  }

  @ParameterizedTest
  @MethodSource("indexes")
  void readsAreAnsweredByTheBucketAlone(Index index) {
    index.become().accept(cache);
    change();
    cache.state.forgetRequests();
    var served = new TreeMap<StorePath, Boolean>();
    var reads = new Reads(ports(), bucket);
    for (StorePath path : paths) {
      String address = "/" + new NarInfoPath(path.hash()).key();
      served.put(
          path,
          reads.answer(new ReadRequest("GET", address, QueriedCache.ANYONE))
              instanceof Answer.Inline);
    }
    assertThat(served)
        .isEqualTo(
            Map.of(verified, true, hidden, false, removed, false, waiting, false, later, true));
    assertThat(cache.state.requests()).noneMatch(request -> request.key().startsWith("index/"));
  }

  @Test
  void whatIsMissingIsNotSaidBeforeThereIsAnIndex() {
    change();
    assertThat(ask()).isInstanceOf(Answer.NotReady.class);
  }

  @Test
  void whatIsMissingIsAsOldAsTheIndexUntilItsMessagesAreDone() {
    cache.build(2);
    change();
    assertThat(list(later)).contains("absent");
    assertThat(list(removed)).isEmpty();
    paths.forEach(cache::look);
    cache.clock.advance(IndexReader.FRESH);
    assertThat(list(later)).isEmpty();
    assertThat(list(removed)).contains("absent");
    assertThat(list(hidden)).contains("rejected");
  }

  @ParameterizedTest
  @MethodSource("withAHole")
  void whatIsMissingIsNotSaidByAnIndexWithAHole(Index index) {
    index.become().accept(cache);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(this::ask)
        .withMessageContaining("index/");
  }

  private Answer ask() {
    String asked = paths.stream().map(path -> "\"" + path + "\"").collect(Collectors.joining(","));
    return queries.missing(("{\"paths\":[" + asked + "]}").getBytes(UTF_8), QueriedCache.ANYONE);
  }

  /** The list that a path is in, if it is in one. */
  private Optional<String> list(StorePath path) {
    JsonNode answer = QueriedCache.json(ask());
    return Stream.of("absent", "waiting", "rejected")
        .filter(list -> QueriedCache.texts(answer.path(list), "").contains(path.toString()))
        .findFirst();
  }

  private ReadPorts ports() {
    return new ReadPorts(
        new VerifiedMemoryStore(cache.bucket),
        cache.state,
        ServingWithoutIndexTest::policy,
        () -> Settings.trusting(List.of()),
        cache.clock,
        _ -> {},
        Optional.empty());
  }

  private static PolicyInForce policy() {
    try {
      return PolicyInForce.of(PolicyDocument.parse(QueriedCache.PUBLIC));
    } catch (MalformedPolicyException e) {
      throw new AssertionError(e);
    }
  }
}
