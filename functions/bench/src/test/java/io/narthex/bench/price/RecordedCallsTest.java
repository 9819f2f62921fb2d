package io.narthex.bench.price;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.index.IndexUpdate;
import io.narthex.cache.index.Rebuild;
import io.narthex.cache.index.Retries;
import io.narthex.cache.principal.Authentication.Authenticated;
import io.narthex.cache.principal.TokenSweep;
import io.narthex.cache.read.Answer;
import io.narthex.cache.read.CacheBucket;
import io.narthex.cache.read.Caller;
import io.narthex.cache.read.PolicyInForce;
import io.narthex.cache.read.ReadPorts;
import io.narthex.cache.read.ReadRequest;
import io.narthex.cache.read.Reads;
import io.narthex.cache.settings.Settings;
import io.narthex.policy.AccountId;
import io.narthex.policy.MalformedPolicyException;
import io.narthex.policy.PolicyDocument;
import io.narthex.testkit.Fault;
import io.narthex.testkit.MemoryCache;
import io.narthex.testkit.MemoryStore;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import io.narthex.testkit.VerifiedMemoryStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The code makes the calls that are counted, no more and no fewer. */
class RecordedCallsTest {
  private static final String ANYONE =
      """
      {"Version":"2012-10-17","Statement":[
        {"Effect":"Allow","Principal":"*","Action":"s3:GetObject",
         "Resource":"arn:aws:s3:::example-nix-cache/*",
         "Condition":{"StringEquals":{"s3:ExistingObjectTag/nix-verdict":"verified"}}}]}
      """;
  private static final Caller NOBODY =
      new Caller(Authenticated.NOBODY, Optional.empty(), true, Optional.empty(), Optional.empty());

  private final SampleStore signer = new SampleStore(20261123);
  private final Settings settings = Settings.trusting(List.of(signer.publicKey()));
  private final MemoryCache cache = new MemoryCache(settings);
  private final SamplePath dependency = signer.path("dependency-1.0");
  private final SamplePath path = signer.path("hello-1.0", dependency.storePath());

  @BeforeEach
  void dependencyIsThere() {
    dependency.uploadTo(cache.cache());
    cache.drain();
    // After a change of the settings there is more to do, once.
    cache.relook().run();
    cache.drain();
    forget();
  }

  private void forget() {
    cache.cache().forgetRequests();
    cache.state().forgetRequests();
  }

  private Calls recorded() {
    return Stream.of(cache.cache(), cache.state())
        .map(MemoryStore::requests)
        .flatMap(List::stream)
        .map(Fault.Request::operation)
        .map(RecordedCallsTest::charged)
        .reduce(new Calls(0, 0), Calls::plus);
  }

  private static Calls charged(String operation) {
    if (operation.startsWith("Put") || operation.startsWith("List")) {
      return new Calls(1, 0);
    }
    return new Calls(0, operation.startsWith("Delete") ? 0 : 1);
  }

  private static final Retries RETRIES = new Retries(_ -> {}, bound -> bound - 1);

  private Rebuild rebuild() {
    return new Rebuild(cache.cache(), cache.state(), RETRIES, cache.clock());
  }

  @Test
  void aBatchOfTheIndexTakesThese() {
    rebuild().run((step, done, total) -> {});
    var update = new IndexUpdate(cache.cache(), cache.state(), RETRIES);
    // That its piece was begun a function asks once.
    update.look(List.of(dependency.storePath().hash()));
    path.uploadTo(cache.cache());
    cache.drain();
    forget();
    update.look(List.of(path.storePath().hash()));
    assertThat(rebuild().isNeeded()).isFalse();
    assertThat(recorded()).isEqualTo(Calls.OF_AN_INDEX_BATCH);
  }

  @Test
  void aRebuildTakesTheseForEachPath() {
    rebuild().run((step, done, total) -> {});
    forget();
    rebuild().run((step, done, total) -> {});
    Calls one = recorded();
    path.uploadTo(cache.cache());
    cache.drain();
    forget();
    rebuild().run((step, done, total) -> {});
    Calls two = recorded();
    // Which generations lie there is asked too, and there is one more.
    double forTheGeneration = 1;
    assertThat(new Calls(two.writes() - one.writes() - forTheGeneration, two.reads() - one.reads()))
        .isEqualTo(Calls.OF_A_REBUILT_PATH);
  }

  private Calls answering(String key, Class<? extends Answer> expected) {
    var ports =
        new ReadPorts(
            new VerifiedMemoryStore(cache.cache()),
            cache.state(),
            RecordedCallsTest::policy,
            () -> settings,
            cache.clock(),
            duration -> {},
            Optional.empty());
    forget();
    var reads =
        new Reads(
            ports,
            new CacheBucket("arn:aws:s3:::example-nix-cache", new AccountId("111122223333")));
    assertThat(reads.answer(new ReadRequest("GET", "/" + key, NOBODY))).isInstanceOf(expected);
    return recorded();
  }

  private static PolicyInForce policy() {
    try {
      return PolicyInForce.of(PolicyDocument.parse(ANYONE));
    } catch (MalformedPolicyException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anUploadTakesThese() {
    var events = new AtomicInteger();
    cache
        .cache()
        .announcing(
            (event, key) -> {
              events.incrementAndGet();
              cache.send(key);
            });
    path.uploadTo(cache.cache());
    cache.drain();
    Calls calls = recorded();
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
    assertThat(calls).isEqualTo(Calls.OF_AN_UPLOAD);
    assertThat(events).hasValue(Calls.EVENTS_OF_AN_UPLOAD);
  }

  @Test
  void readsTakeThese() {
    assertThat(answering(dependency.narInfoKey(), Answer.Inline.class))
        .isEqualTo(Calls.OF_A_NARINFO);
    assertThat(answering(dependency.narKey(), Answer.Redirect.class)).isEqualTo(Calls.OF_A_NAR);
    assertThat(answering(path.narInfoKey(), Answer.NotFound.class)).isEqualTo(Calls.OF_A_MISS);
  }

  @Test
  void aSweepTakesThese() {
    cache.relook().run();
    cache.sweep().run(Duration.ofMinutes(5));
    new TokenSweep(cache.state(), cache.clock()).run();
    assertThat(recorded()).isEqualTo(Calls.OF_A_SWEEP);
  }
}
