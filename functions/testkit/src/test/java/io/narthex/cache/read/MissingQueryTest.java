package io.narthex.cache.read;

import static io.narthex.cache.index.QueriedCache.texts;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.narthex.cache.index.QueriedCache;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.path.StorePath;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MissingQueryTest {
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

  @Test
  void isNotReadyBeforeThereIsAnIndexAndRefusesWhatIsNoQuestion() {
    assertThat(ask(cache.path("any"))).isInstanceOf(Answer.NotReady.class);
    assertThat(ask("no path")).isInstanceOf(Answer.BadRequest.class);
    assertThat(ask(Stream.generate(() -> "0".repeat(32)).limit(10_001).toArray()))
        .isInstanceOf(Answer.BadRequest.class);
  }
}
