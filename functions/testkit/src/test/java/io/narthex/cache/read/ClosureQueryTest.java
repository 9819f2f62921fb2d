package io.narthex.cache.read;

import static io.narthex.cache.index.QueriedCache.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.narthex.cache.index.QueriedCache;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.path.StorePath;
import io.narthex.testkit.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClosureQueryTest {
  private final QueriedCache cache = new QueriedCache();

  private static String of(StorePath path) {
    return Question.CLOSURE + path.hash();
  }

  private static List<String> sorted(StorePath... paths) {
    return Stream.of(paths).map(path -> "/nix/store/" + path).sorted().toList();
  }

  @Test
  void hasEveryPathWithItsSizesAndReferences() {
    StorePath libc = cache.add("glibc-2.40", 1000);
    StorePath hello = cache.add("hello-2.12.1", 100, libc);
    cache.add("unrelated-1", 5);
    cache.build(3);

    JsonNode closure = cache.json(of(hello), "");
    assertThat(texts(closure.path("paths"), "storePath")).isEqualTo(sorted(libc, hello));
    assertThat(closure.path("count").longValue()).isEqualTo(2);
    assertThat(closure.path("narSize").longValue()).isEqualTo(1100);
    assertThat(closure.path("fileSize").longValue()).isEqualTo(550);
    assertThat(closure.path("complete").booleanValue()).isTrue();
    assertThat(closure.has("next")).isFalse();
    JsonNode first =
        closure
            .path("paths")
            .valueStream()
            .filter(path -> path.path("hash").textValue().equals(hello.hash().nix32()))
            .findFirst()
            .orElseThrow();
    assertThat(first.path("narSize").longValue()).isEqualTo(100);
    assertThat(first.path("fileSize").longValue()).isEqualTo(50);
    assertThat(texts(first.path("references"), "")).containsExactly(libc.hash().nix32());
  }

  @Test
  void takesTheBaseNameOfAStorePathToo() {
    StorePath hello = cache.add("hello", 100);
    cache.build(0);
    assertThat(cache.json(Question.CLOSURE + hello, "").path("count").longValue()).isEqualTo(1);
  }

  @Test
  void endsWherePathsReferToThemselvesAndToEachOther() {
    StorePath one = cache.path("one");
    StorePath two = cache.path("two");
    cache.upload(one, 10, VerdictTag.VERIFIED, one, two);
    cache.upload(two, 20, VerdictTag.VERIFIED, one);
    cache.build(2);
    assertThat(texts(cache.json(of(one), "").path("paths"), "storePath"))
        .isEqualTo(sorted(one, two));
  }

  @Test
  void saysWhatIsMissingAndFollowsNothingUnverified() {
    StorePath absent = cache.path("absent");
    StorePath below = cache.path("below-waiting");
    StorePath waiting = cache.path("waiting");
    cache.upload(waiting, 5, VerdictTag.WAITING, below);
    StorePath rejected = cache.path("rejected");
    cache.upload(rejected, 5, VerdictTag.REJECTED);
    StorePath root = cache.add("root", 1, absent, waiting, rejected);
    cache.build(2);

    JsonNode closure = cache.json(of(root), "");
    assertThat(texts(closure.path("paths"), "storePath")).isEqualTo(sorted(root));
    JsonNode missing = closure.path("missing");
    assertThat(texts(missing.path("absent"), "")).containsExactly(absent.toString());
    assertThat(texts(missing.path("waiting"), "")).containsExactly(waiting.toString());
    assertThat(texts(missing.path("rejected"), "")).containsExactly(rejected.toString());
  }

  @Test
  void ofAPathThatWaitsHasNothingButThat() {
    StorePath waiting = cache.path("waiting");
    cache.upload(waiting, 5, VerdictTag.WAITING, cache.path("other"));
    cache.build(0);
    JsonNode closure = cache.json(of(waiting), "");
    assertThat(closure.path("paths")).isEmpty();
    assertThat(texts(closure.path("missing").path("waiting"), ""))
        .containsExactly(waiting.hash().nix32());
    assertThat(closure.path("missing").path("absent")).isEmpty();
  }

  @Test
  void ofAnAbsentPathIsNotFound() {
    cache.add("hello", 1);
    cache.build(0);
    assertThat(cache.ask(of(cache.path("absent")), "")).isInstanceOf(Answer.NotFound.class);
  }

  @Test
  void isNotReadyBeforeThereIsAnIndex() {
    assertThat(cache.ask(of(cache.path("any")), "")).isInstanceOf(Answer.NotReady.class);
  }

  @Test
  void takesWhatTheCallerMayNotReadForAbsentByTags() {
    StorePath below = cache.add("below", 7);
    StorePath secret = cache.add("secret", 50, below);
    StorePath open = cache.add("open", 1, secret);
    cache.tag(open, "audience", "public");
    cache.tag(below, "audience", "public");
    cache.build(2);
    cache.governedBy(QueriedCache.BY_AUDIENCE);

    JsonNode closure = cache.json(of(open), "");
    assertThat(texts(closure.path("paths"), "storePath")).isEqualTo(sorted(open));
    assertThat(texts(closure.path("missing").path("absent"), ""))
        .containsExactly(secret.toString());
    assertThat(cache.ask(of(secret), "")).isInstanceOf(Answer.Hidden.class);
  }

  @Test
  void takesWhatTheCallerMayNotReadForAbsentByKey() {
    StorePath secret = cache.add("secret", 50);
    StorePath open = cache.add("open", 1, secret);
    cache.build(2);
    cache.governedBy(QueriedCache.allowing("\"nix-cache/%s.narinfo\"".formatted(open.hash()), ""));
    assertThat(texts(cache.json(of(open), "").path("missing").path("absent"), ""))
        .containsExactly(secret.toString());
    assertThat(cache.ask(of(secret), "")).isInstanceOf(Answer.Hidden.class);
  }

  @Test
  void isReadInPartsThatTogetherAreAllOfIt() {
    StorePath[] leaves =
        Stream.generate(() -> cache.add("leaf", 2)).limit(10).toArray(StorePath[]::new);
    StorePath root = cache.add("root", 1, leaves);
    cache.build(3);

    var paths = new ArrayList<String>();
    String query = "limit=4";
    int parts = 0;
    while (!query.isEmpty()) {
      JsonNode part = cache.json(of(root), query);
      assertThat(part.path("narSize").longValue()).isEqualTo(21);
      assertThat(part.path("paths").size()).isLessThanOrEqualTo(4);
      paths.addAll(texts(part.path("paths"), "hash"));
      query = part.has("next") ? "limit=4&after=" + part.path("next").textValue() : "";
      parts++;
    }
    assertThat(parts).isEqualTo(3);
    assertThat(paths)
        .isEqualTo(
            Stream.concat(Stream.of(root), Stream.of(leaves))
                .map(path -> path.hash().nix32())
                .sorted()
                .toList());
  }

  @Test
  void readsEachShardOnceHoweverDeepTheClosureIs() {
    StorePath deepest = cache.add("p0", 1);
    for (int i = 1; i < 100; i++) {
      deepest = cache.add("p" + i, 1, deepest);
    }
    cache.build(3);
    assertThat(cache.json(of(deepest), "").path("count").longValue()).isEqualTo(100);
    List<String> shards =
        cache.state.requests().stream()
            .map(Fault.Request::key)
            .filter(key -> key.contains("/shards/"))
            .toList();
    assertThat(shards).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(8);
    assertThat(cache.state.requests()).hasSize(shards.size() + 1);
  }

  @Test
  void stopsAtTheMostPathsThatAreFollowedAndSaysSo() {
    StorePath[] many =
        Stream.generate(() -> cache.path("absent")).limit(1500).toArray(StorePath[]::new);
    List<StorePath> middle = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      StorePath[] others =
          Stream.generate(() -> cache.path("absent")).limit(1100).toArray(StorePath[]::new);
      middle.add(cache.add("middle", 1, others));
    }
    StorePath root = cache.add("root", 1, middle.toArray(StorePath[]::new));
    StorePath small = cache.add("small", 1, many);
    cache.build(0);

    JsonNode large = cache.json(of(root), "");
    assertThat(large.path("complete").booleanValue()).isFalse();
    assertThat(large.path("count").longValue() + large.path("missing").path("absent").size())
        .isEqualTo(ClosureWalk.MOST);
    assertThat(cache.json(of(small), "").path("complete").booleanValue()).isTrue();
  }

  @Test
  void refusesParametersThatSayNothing() {
    StorePath hello = cache.add("hello", 1);
    cache.build(0);
    for (String query :
        List.of("limit=0", "limit=x", "after=x", "limit=1&limit=1", "page=2", "after=%zz", "&")) {
      assertThat(cache.ask(of(hello), query)).as(query).isInstanceOf(Answer.BadRequest.class);
    }
  }
}
