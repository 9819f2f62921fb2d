package io.narthex.cache.read;

import static io.narthex.cache.index.QueriedCache.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.narthex.cache.index.QueriedCache;
import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.path.StorePath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AsOfRebuildTest {
  private static final String FOR_ONE_ROLE =
      """
      {"Version":"2012-10-17","Statement":[
        {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/team"},
         "Action":"s3:GetObject","Resource":"arn:aws:s3:::nix-cache/*",
         "Condition":{"StringEquals":{"s3:ExistingObjectTag/audience":"team"}}}]}
      """;

  private final QueriedCache cache = new QueriedCache();

  private JsonNode search(String name) {
    return cache.json(Question.SEARCH, "name=" + name);
  }

  private static List<String> names(JsonNode answer) {
    return texts(answer.path("paths"), "storePath").stream()
        .map(path -> path.substring("/nix/store/".length() + 33))
        .toList();
  }

  @Test
  void findsNamesThatBeginWithATextBeforeThoseThatContainIt() {
    for (String name :
        List.of("glibc-2.40", "hello", "aaa-glibc-locales", "glibc-2.39", "GLibc-static")) {
      cache.add(name, 10);
    }
    cache.build(10);
    JsonNode answer = search("glibc");
    assertThat(names(answer))
        .containsExactly("GLibc-static", "glibc-2.39", "glibc-2.40", "aaa-glibc-locales");
    assertThat(answer.path("asOf").textValue()).isEqualTo(cache.clock.instant().toString());
    assertThat(answer.path("complete").booleanValue()).isTrue();
    assertThat(answer.has("next")).isFalse();
    JsonNode first = answer.path("paths").get(0);
    assertThat(first.path("narSize").longValue()).isEqualTo(10);
    assertThat(first.path("fileSize").longValue()).isEqualTo(5);
    assertThat(names(search("GLIBC-2.39"))).containsExactly("glibc-2.39");
    assertThat(names(search("no-such"))).isEmpty();
  }

  @Test
  void findsNamesWithAPlus() {
    cache.add("gtk+-3", 1);
    cache.build(0);
    assertThat(names(search("gtk+"))).containsExactly("gtk+-3");
    assertThat(names(search("gtk%2B"))).containsExactly("gtk+-3");
  }

  @Test
  void isReadInPartsWhoseOrderIsThatOfTheWhole() {
    for (int i = 0; i < 30; i++) {
      cache.add(i % 3 == 0 ? "lib-" + i % 4 : "my-lib-" + i % 5, 1);
    }
    cache.build(10);
    List<String> whole = texts(search("lib").path("paths"), "storePath");
    assertThat(whole).hasSize(30);
    for (int limit : List.of(1, 4, 29, 30)) {
      assertThat(inParts(Question.SEARCH, "name=lib&limit=" + limit)).isEqualTo(whole);
    }
  }

  private List<String> inParts(String path, String query) {
    var paths = new ArrayList<String>();
    JsonNode part = cache.json(path, query);
    paths.addAll(texts(part.path("paths"), "storePath"));
    while (part.has("next")) {
      part = cache.json(path, query + "&after=" + part.path("next").textValue());
      paths.addAll(texts(part.path("paths"), "storePath"));
    }
    return paths;
  }

  @Test
  void findsMoreNamesThanOnePassDoes() {
    List<String> names = Stream.iterate(1000, i -> i < 3100, i -> i + 1).map(i -> "n" + i).toList();
    names.forEach(name -> cache.add(name, 1));
    cache.build(10);
    assertThat(inParts(Question.SEARCH, "name=n&limit=1000")).hasSize(2100).doesNotHaveDuplicates();
  }

  @Test
  void refersBackToAllThatReferInParts() {
    StorePath libc = cache.path("glibc");
    cache.upload(libc, 1, VerdictTag.VERIFIED, libc);
    StorePath[] users =
        Stream.generate(() -> cache.add("user", 1, libc)).limit(11).toArray(StorePath[]::new);
    cache.build(3);
    List<String> expected =
        Stream.concat(Stream.of(libc), Stream.of(users))
            .map(path -> "/nix/store/" + path)
            .sorted()
            .toList();
    assertThat(inParts(Question.REFERRERS + libc.hash(), "limit=5")).isEqualTo(expected);
    assertThat(inParts(Question.REFERRERS + libc, "limit=12")).isEqualTo(expected);
    assertThat(cache.json(Question.REFERRERS + users[0].hash(), "").path("paths")).isEmpty();
    assertThat(cache.json(Question.REFERRERS + cache.path("absent"), "").path("paths")).isEmpty();
  }

  @Test
  void isOfTheTimeOfTheRebuildButShowsNothingThatWentSince() {
    StorePath gone = cache.add("lib-gone", 1);
    StorePath stays = cache.add("lib-stays", 1);
    cache.build(0);
    String asOf = cache.clock.instant().toString();
    cache.clock.advance(Duration.ofHours(1));
    cache.bucket.delete(new NarInfoPath(gone.hash()).key());
    cache.look(gone);
    cache.look(cache.add("lib-new", 1));
    JsonNode answer = search("lib");
    assertThat(texts(answer.path("paths"), "storePath")).containsExactly("/nix/store/" + stays);
    assertThat(answer.path("asOf").textValue()).isEqualTo(asOf);

    cache.build(0);
    assertThat(names(search("lib"))).containsExactly("lib-new", "lib-stays");
  }

  @Test
  void namesNothingThatTheCallerMayNotRead() {
    StorePath open = cache.add("lib-open", 1);
    cache.add("lib-secret", 1, open);
    StorePath user = cache.add("lib-user", 1, open);
    cache.tag(open, "audience", "public");
    cache.tag(user, "audience", "public");
    cache.build(2);

    cache.governedBy(QueriedCache.BY_AUDIENCE);
    assertThat(names(search("lib"))).containsExactly("lib-open", "lib-user");
    assertThat(names(cache.json(Question.REFERRERS + open, ""))).containsExactly("lib-user");
    JsonNode part = cache.json(Question.SEARCH, "name=lib&limit=1");
    assertThat(part.path("next").textValue()).isEqualTo(open.toString());

    cache.governedBy(QueriedCache.allowing("\"nix-cache/%s.narinfo\"".formatted(user.hash()), ""));
    assertThat(names(search("lib"))).containsExactly("lib-user");
    assertThat(names(search("secret"))).isEmpty();
    assertThat(search("secret").has("next")).isFalse();
  }

  @Test
  void tellsNoDifferenceBetweenThousandsThatAreHiddenAndNone() {
    for (int i = 0; i < PathsPart.MOST_LOOKED_AT + 200; i++) {
      cache.add("secret", 1);
    }
    StorePath open = cache.add("zsecret", 1);
    cache.build(3);
    cache.governedBy(QueriedCache.allowing("\"nix-cache/%s.narinfo\"".formatted(open.hash()), ""));
    assertThat(search("secret")).isEqualTo(search("nowhere"));
    assertThat(search("secret").path("complete").booleanValue()).isFalse();
    assertThat(names(search("zsecret"))).containsExactly("zsecret");
  }

  // Else who asks for what comes after one and then another path that he thought of finds a hidden
  // one.
  @Test
  void goesOnAfterNothingThatIsNotShown() {
    StorePath open = cache.add("lib-open", 1);
    StorePath secret = cache.add("lib-secret", 1);
    cache.tag(open, "audience", "public");
    cache.build(0);
    cache.governedBy(QueriedCache.BY_AUDIENCE);
    assertThat(names(cache.json(Question.SEARCH, "name=lib&after=" + open))).isEmpty();
    for (String after :
        List.of(secret.toString(), cache.path("lib-a").toString(), open.hash() + "-lib-a")) {
      assertThat(cache.ask(Question.SEARCH, "name=lib&after=" + after))
          .as(after)
          .isInstanceOf(Answer.BadRequest.class);
    }
    String referrers = Question.REFERRERS + open.hash();
    assertThat(cache.ask(referrers, "after=" + open.hash())).isInstanceOf(Answer.Inline.class);
    assertThat(cache.ask(referrers, "after=" + secret.hash()))
        .isInstanceOf(Answer.BadRequest.class);
  }

  @Test
  void isThereForNobodyWhoMayNeitherListNorReadAnything() {
    StorePath path = cache.add("lib", 1);
    cache.build(0);
    cache.governedBy(FOR_ONE_ROLE);
    for (String question : List.of(Question.REFERRERS + path.hash(), Question.SEARCH)) {
      String query = question.equals(Question.SEARCH) ? "name=lib" : "";
      assertThat(cache.ask(question, query)).isInstanceOf(Answer.Hidden.class);
    }
    assertThat(cache.state.requests()).isEmpty();
  }

  @Test
  void showsTheRestThoughThousandsWentSince() {
    List<StorePath> gone =
        Stream.generate(() -> cache.add("a-gone", 1)).limit(PathsPart.MOST_LOOKED_AT + 10).toList();
    cache.add("b-stays", 1);
    cache.build(3);
    gone.forEach(path -> cache.bucket.delete(new NarInfoPath(path.hash()).key()));
    cache.look(gone);
    assertThat(inParts(Question.SEARCH, "name=-")).hasSize(1);
  }

  @Test
  void asksForManyAtATimeThoughAPartIsNearlyFull() {
    List<StorePath> gone = Stream.generate(() -> cache.add("b-gone", 1)).limit(300).toList();
    Stream.iterate(0, i -> i < 9, i -> i + 1).forEach(i -> cache.add("a-" + i, 1));
    cache.add("c", 1);
    cache.build(0);
    gone.forEach(path -> cache.bucket.delete(new NarInfoPath(path.hash()).key()));
    cache.look(gone);
    cache.state.forgetRequests();
    assertThat(inParts(Question.SEARCH, "name=-&limit=10")).hasSize(9);
    long hashes =
        cache.state.requests().stream().filter(one -> one.key().endsWith(".hashes")).count();
    assertThat(hashes).isLessThanOrEqualTo(9 + 300 / 10);
  }

  @Test
  void readsAtMostOneShardForEachPathItShows() {
    for (int i = 0; i < 300; i++) {
      cache.add("lib-" + i, 1);
    }
    cache.build(10);
    search("lib");
    long shards =
        cache.state.requests().stream().filter(one -> one.key().contains("/shards/")).count();
    assertThat(shards).isLessThanOrEqualTo(Question.USUAL + 1);
  }

  @Test
  void countsWhatThereIsForWhoMayListTheBucket() {
    cache.add("one", 10);
    cache.add("two", 20);
    cache.upload(cache.path("waits"), 5, VerdictTag.WAITING);
    cache.build(3);
    assertThat(cache.ask(Question.STATS, "")).isInstanceOf(Answer.Hidden.class);
    cache.governedBy(QueriedCache.LISTABLE);

    JsonNode stats = cache.json(Question.STATS, "");
    assertThat(stats.path("asOf").textValue()).isEqualTo(cache.clock.instant().toString());
    assertThat(stats.path("paths").longValue()).isEqualTo(2);
    assertThat(stats.path("narSize").longValue()).isEqualTo(30);
    assertThat(stats.path("fileSize").longValue()).isEqualTo(15);
    assertThat(stats.path("verdicts").path("verified").longValue()).isEqualTo(2);
    assertThat(stats.path("verdicts").path("waiting").longValue()).isEqualTo(1);
    assertThat(stats.path("verdicts").path("rejected").longValue()).isZero();
    assertThat(stats.path("compression").path("xz").path("narSize").longValue()).isEqualTo(30);
    assertThat(stats.path("signers").path("cache.example.org-1").path("paths").longValue())
        .isEqualTo(2);
    assertThat(stats.path("uploaded").path("2026-11-01").path("fileSize").longValue())
        .isEqualTo(15);
  }

  @Test
  void isNotReadyBeforeThereIsAnIndex() {
    cache.governedBy(QueriedCache.LISTABLE);
    for (String path : List.of(Question.STATS, Question.REFERRERS + cache.path("any"))) {
      assertThat(cache.ask(path, "")).isInstanceOf(Answer.NotReady.class);
    }
    assertThat(cache.ask(Question.SEARCH, "name=a")).isInstanceOf(Answer.NotReady.class);
  }

  @Test
  void refusesParametersThatSayNothing() {
    cache.add("hello", 1);
    cache.build(0);
    for (String query : List.of("", "name=", "name=a*", "name=%41%2f", "name=a&after=b", "q=a")) {
      assertThat(cache.ask(Question.SEARCH, query)).as(query).isInstanceOf(Answer.BadRequest.class);
    }
    assertThat(cache.ask(Question.STATS, "limit=1")).isInstanceOf(Answer.BadRequest.class);
  }
}
