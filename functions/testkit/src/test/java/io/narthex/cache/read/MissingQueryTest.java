package io.narthex.cache.read;

import static io.narthex.cache.index.QueriedCache.texts;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.narthex.cache.index.QueriedCache;
import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.path.StorePath;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MissingQueryTest {
  private static final String TEAM =
      "\"Principal\":{\"AWS\":\"arn:aws:iam::111122223333:role/team\"}";
  private static final String ALL_BUT_SECRETS =
      """
      {"Version":"2012-10-17","Statement":[
        {"Effect":"Allow","Principal":"*","Action":"s3:GetObject",
         "Resource":"arn:aws:s3:::nix-cache/*"},
        {"Effect":"Deny","Principal":"*","Action":"s3:GetObject",
         "Resource":"arn:aws:s3:::nix-cache/*",
         "Condition":{"StringEquals":{"s3:ExistingObjectTag/audience":"secret"}}}]}
      """;

  private final QueriedCache cache = new QueriedCache();

  private Answer ask(Object... paths) {
    String json =
        Stream.of(paths)
            .map(path -> "\"" + path + "\"")
            .collect(Collectors.joining(",", "{\"paths\":[", "]}"));
    return cache.missing(json.getBytes(UTF_8));
  }

  @Test
  void saysOfEachPathAsItWasAskedForWhyItCannotBeHad() {
    StorePath there = cache.add("there", 1);
    StorePath waiting = cache.path("waiting");
    cache.upload(waiting, 1, VerdictTag.WAITING);
    StorePath rejected = cache.path("rejected");
    cache.upload(rejected, 1, VerdictTag.REJECTED);
    StorePath absent = cache.path("absent");
    cache.build(3);
    JsonNode missing =
        QueriedCache.json(ask(there, "/nix/store/" + waiting, rejected.hash(), absent));
    assertThat(texts(missing.path("absent"), "")).containsExactly(absent.toString());
    assertThat(texts(missing.path("waiting"), "")).containsExactly("/nix/store/" + waiting);
    assertThat(texts(missing.path("rejected"), "")).containsExactly(rejected.hash().nix32());
  }

  @Test
  void takesWhatTheCallerMayNotReadForAbsent() {
    StorePath open = cache.add("open", 1);
    StorePath secret = cache.path("secret");
    cache.upload(secret, 1, VerdictTag.WAITING);
    cache.tag(open, "audience", "public");
    cache.build(2);
    cache.governedBy(QueriedCache.BY_AUDIENCE);
    JsonNode missing = QueriedCache.json(ask(open, secret));
    assertThat(texts(missing.path("absent"), "")).containsExactly(secret.toString());
    assertThat(missing.path("waiting")).isEmpty();
  }

  // Where it took another request, the time of the answer told what is there.
  @Test
  void asksTheSameOfTheIndexForAHiddenPathAsForAnAbsentOne() {
    StorePath secret = cache.add("secret", 1);
    StorePath absent = cache.path("absent");
    cache.build(0);
    cache.governedBy(QueriedCache.BY_AUDIENCE);
    ask(secret);
    assertThat(requests(secret)).isEqualTo(requests(absent)).isPositive();
  }

  private int requests(StorePath path) {
    cache.state.forgetRequests();
    ask(path);
    return cache.state.requests().size();
  }

  @Test
  void asksNothingOfTheIndexForWhomTheTagsCannotLetIn() {
    StorePath secret = cache.add("secret", 1);
    cache.build(0);
    cache.governedBy(QueriedCache.BY_AUDIENCE.replace("\"Principal\":\"*\"", TEAM));
    ask();
    assertThat(texts(QueriedCache.json(ask(secret)).path("absent"), ""))
        .containsExactly(secret.toString());
    assertThat(requests(secret)).isZero();
  }

  // Its tags may be any.
  @Test
  void takesANarInfoThatCannotBeReadForAbsentWhereTagsDecide() {
    StorePath unreadable = cache.path("unreadable");
    cache.bucket.upload(new NarInfoPath(unreadable.hash()).key().value(), new byte[] {'x'});
    cache.build(0);
    assertThat(texts(QueriedCache.json(ask(unreadable)).path("waiting"), ""))
        .containsExactly(unreadable.toString());
    cache.governedBy(ALL_BUT_SECRETS);
    assertThat(texts(QueriedCache.json(ask(unreadable)).path("absent"), ""))
        .containsExactly(unreadable.toString());
  }

  @Test
  void isNotReadyBeforeThereIsAnIndexAndRefusesWhatIsNoQuestion() {
    assertThat(ask(cache.path("any"))).isInstanceOf(Answer.NotReady.class);
    assertThat(ask("no path")).isInstanceOf(Answer.BadRequest.class);
    assertThat(ask(Stream.generate(() -> "0".repeat(32)).limit(10_001).toArray()))
        .isInstanceOf(Answer.BadRequest.class);
  }
}
