package io.narthex.cache.principal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.narthex.cache.json.MalformedJsonException;
import io.narthex.cache.layout.StateKeys;
import io.narthex.cache.store.ForwardingStore;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.StoreException;
import io.narthex.policy.Principal.AssumedRole;
import io.narthex.testkit.Fault;
import io.narthex.testkit.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {
  private final Door door = new Door();

  private String stored(TokenId id) {
    try (var content = door.state.open(StateKeys.token(id)).orElseThrow()) {
      return new String(content.readAll(), UTF_8);
    }
  }

  @Test
  void keepsEverythingButTheSecret() {
    var grant = Door.grant(Door.ROLE, Map.of("team", "infra"), Duration.ofDays(1));
    IssuedToken issued = door.tokens.create(grant);
    TokenId id = issued.token().id();
    assertThat(stored(id))
        .contains(id.value(), Door.ROLE, "infra", issued.secret().hash().hex())
        .doesNotContain(issued.secret().reveal())
        .doesNotContain("nxs_");
    assertThat(door.tokens.find(id)).contains(issued.token());
    assertThat(issued.token().expires()).isEqualTo(door.clock.instant().plus(Duration.ofDays(1)));
    assertThat(issued.netrc("cache.example.org"))
        .isEqualTo(
            "machine cache.example.org login %s password %s"
                .formatted(id, issued.secret().reveal()));
    assertThat(issued.toString()).doesNotContain(issued.secret().reveal());
  }

  @Test
  void makesEachSecretOf256BitsAnew() {
    Set<String> secrets = new HashSet<>();
    Set<TokenId> ids = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      IssuedToken issued = door.tokens.create(Door.grant(Door.ROLE));
      assertThat(issued.secret().reveal()).startsWith("nxs_").hasSize(4 + 43);
      secrets.add(issued.secret().reveal());
      ids.add(issued.token().id());
    }
    assertThat(secrets).hasSize(100);
    assertThat(ids).hasSize(100);
    assertThat(door.tokens.list()).extracting(Token::id).containsExactlyInAnyOrderElementsOf(ids);
  }

  static Stream<Token> tokens() {
    Instant now = Instant.parse("2026-11-01T12:00:00.123456789Z");
    var id = new TokenId("nxt_0123456789abcdef01234567");
    var hash = SecretHash.of("secret");
    var session = "arn:aws:sts::111122223333:assumed-role/deploy/run-7";
    return Stream.of(
            PrincipalText.parse(Door.ROLE),
            PrincipalText.parse(session),
            new AssumedRole("arn:aws:iam::111122223333:role/ci/deploy", session),
            PrincipalText.parse("arn:aws:iam::111122223333:root"),
            PrincipalText.parse("arn:aws:iam::111122223333:user/a/b"),
            PrincipalText.parse("arn:aws:sts::111122223333:federated-user/anna"))
        .flatMap(
            principal ->
                Stream.of(
                        new TokenOrigin.Administrator(),
                        new TokenOrigin.Login(),
                        new TokenOrigin.Exchange(
                            "https://issuer.example", "repo:a/b", now.minusSeconds(300)))
                    .map(
                        origin ->
                            new Token(
                                id,
                                hash,
                                principal,
                                new SessionTags(Map.of("team", "a b", "Émile", "")),
                                Optional.of("AROAEXAMPLE:run-7"),
                                origin,
                                "for \"tests\"",
                                now,
                                now.plusSeconds(1),
                                Optional.of(now))));
  }

  @ParameterizedTest
  @MethodSource("tokens")
  void readsWhatItWrote(Token token) throws MalformedJsonException {
    assertThat(TokenJson.read(TokenJson.write(token))).isEqualTo(token);
  }

  @Test
  void revokesOnceAndKeepsTheToken() {
    TokenId id = door.tokens.create(Door.grant(Door.ROLE)).token().id();
    door.clock.advance(Duration.ofHours(1));
    assertThat(door.tokens.revoke(id)).isTrue();
    Instant revoked = door.clock.instant();
    door.clock.advance(Duration.ofHours(1));
    assertThat(door.tokens.revoke(id)).isFalse();
    assertThat(door.tokens.find(id).orElseThrow())
        .returns(Optional.of(revoked), Token::revoked)
        .returns(Token.State.REVOKED, token -> token.state(door.clock.instant()));
    assertThat(door.tokens.revoke(new TokenId("nxt_000000000000000000000000"))).isFalse();
  }

  @Test
  void revokesAgainAfterAWriteThatFailedThoughDone() {
    TokenId id = door.tokens.create(Door.grant(Door.ROLE)).token().id();
    door.state.failing(r -> r.isWrite() ? Fault.DONE : Fault.NONE);
    assertThatExceptionOfType(StoreException.class).isThrownBy(() -> door.tokens.revoke(id));
    door.state.failing(Fault.Plan.NEVER);
    assertThat(door.tokens.revoke(id)).isFalse();
    assertThat(door.tokens.find(id).orElseThrow().revoked()).isPresent();
  }

  @Test
  void isWorthNothingToAnybodyAfterACreationThatFailedThoughDone() {
    door.state.failing(r -> r.isWrite() ? Fault.DONE : Fault.NONE);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> door.tokens.create(Door.grant(Door.ROLE)));
    door.state.failing(Fault.Plan.NEVER);
    assertThat(door.tokens.list()).hasSize(1);
  }

  @Test
  void refusesAForeignAccountUntilItIsListed() {
    var grant = Door.grant("arn:aws:iam::444455556666:role/ci");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> door.tokens.create(grant))
        .withMessageContaining("444455556666")
        .withMessageContaining("principals set");
    door.principals("{\"accounts\": {\"444455556666\": {}}}");
    IssuedToken issued = door.tokens.create(grant);
    assertThat(door.authenticate(Door.basic(issued)))
        .isInstanceOf(Authentication.Authenticated.class);
    door.principals("{}");
    assertThat(door.authenticate(Door.basic(issued))).isInstanceOf(Authentication.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nxt_",
        "nxt_0123456789abcdef0123456",
        "nxt_0123456789abcdef012345678",
        "nxt_0123456789ABCDEF01234567",
        "nxt_../../../settings.json.",
        "nxt_0123456789abcdef0123456/",
        "NXT_0123456789abcdef01234567",
      })
  void takesNothingElseForAnId(String text) {
    assertThat(TokenId.parse(text)).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> new TokenId(text));
  }

  @Test
  void passesOverWhatIsNoTokenInAListAndComplainsOfWhatClaimsToBeOne() {
    door.state.upload("tokens/readme.txt", new byte[] {1});
    TokenId id = door.tokens.create(Door.grant(Door.ROLE)).token().id();
    assertThat(door.tokens.list()).hasSize(1);
    door.state.upload("tokens/nxt_000000000000000000000000.json", stored(id).getBytes(UTF_8));
    assertThatExceptionOfType(MalformedTokenException.class)
        .isThrownBy(door.tokens::list)
        .withMessageContaining("nxt_000000000000000000000000");
  }

  @Test
  void listsManyReadingSeveralAtOnceButNotAllOfThem() {
    Set<TokenId> ids = new HashSet<>();
    for (int i = 0; i < ObjectStore.MAX_PAGE + 1; i++) {
      ids.add(door.tokens.create(Door.grant(Door.ROLE)).token().id());
    }
    var store = new InPairs(door.state);
    List<Token> listed =
        new Tokens(store, new Admittance(Door.ACCOUNT, door.settings), door.clock).list();
    assertThat(listed)
        .extracting(token -> token.id().value())
        .containsExactlyElementsOf(ids.stream().map(TokenId::value).sorted().toList());
    assertThat(store.most.get()).isBetween(2, StoredTokens.AT_ONCE);
  }

  /** The first read is answered when a second is under way: one after the other, neither is. */
  private static final class InPairs extends ForwardingStore {
    private final CountDownLatch two = new CountDownLatch(2);
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    private InPairs(MemoryStore store) {
      super(store);
    }

    @Override
    public Optional<ObjectContent> open(ObjectKey key) {
      most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
      two.countDown();
      try {
        if (!two.await(10, TimeUnit.SECONDS)) {
          throw new StoreException("read one after the other");
        }
        return super.open(key);
      } catch (InterruptedException e) {
        throw new StoreException("interrupted", e);
      } finally {
        underWay.decrementAndGet();
      }
    }
  }

  static Stream<Map<String, String>> badTags() {
    Map<String, String> many = new HashMap<>();
    for (int i = 0; i < 51; i++) {
      many.put("k" + i, "");
    }
    return Stream.of(
        many,
        Map.of("", "x"),
        Map.of("k".repeat(129), "x"),
        Map.of("k", "v".repeat(257)),
        Map.of("k", "*"),
        Map.of("k", "${aws:userid}"),
        Map.of("k", "a\nb"),
        Map.of("a*", "x"),
        Map.of("aws:team", "x"),
        Map.of("Team", "x", "team", "y"));
  }

  @ParameterizedTest
  @MethodSource("badTags")
  void refusesTagsThatAwsWouldRefuse(Map<String, String> tags) {
    assertThatIllegalArgumentException().isThrownBy(() -> new SessionTags(tags));
  }
}
