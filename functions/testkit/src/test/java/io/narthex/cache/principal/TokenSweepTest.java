package io.narthex.cache.principal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.narthex.cache.layout.StateKeys;
import io.narthex.cache.store.StoreException;
import io.narthex.testkit.Fault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of tokens that are over. */
class TokenSweepTest {
  private static final Duration MOMENT = Duration.ofNanos(1);

  private final Door door = new Door();
  private final TokenSweep sweep = new TokenSweep(door.state, door.clock);

  private TokenId create(Duration life) {
    return door.tokens.create(Door.grant(Door.ROLE, Map.of(), life)).token().id();
  }

  @Test
  void keepsWhatExpiredForAWeekAndTakesItAwayThen() {
    TokenId id = create(Duration.ofHours(12));
    door.clock.advance(Duration.ofHours(12).plus(TokenSweep.KEPT));
    assertThat(sweep.run()).isZero();
    assertThat(door.tokens.list()).extracting(Token::id).containsExactly(id);
    door.clock.advance(MOMENT);
    assertThat(sweep.run()).isOne();
    assertThat(door.tokens.list()).isEmpty();
    assertThat(sweep.run()).isZero();
  }

  @Test
  void countsFromTheRevocationOfWhatWouldHaveLivedOn() {
    TokenId id = create(Duration.ofDays(3650));
    door.clock.advance(Duration.ofDays(30));
    door.tokens.revoke(id);
    door.clock.advance(TokenSweep.KEPT);
    assertThat(sweep.run()).isZero();
    door.clock.advance(MOMENT);
    assertThat(sweep.run()).isOne();
    assertThat(door.tokens.find(id)).isEmpty();
  }

  @Test
  void countsFromTheEndOfWhatWasRevokedAfterIt() {
    TokenId id = create(Duration.ofDays(1));
    door.clock.advance(Duration.ofDays(20));
    door.tokens.revoke(id);
    assertThat(sweep.run()).as("its object is as young as its revocation").isZero();
    door.clock.advance(TokenSweep.KEPT.plus(MOMENT));
    assertThat(sweep.run()).isOne();
  }

  @Test
  void leavesTokensInForceAndReadsNoYoungOnes() {
    TokenId old = create(Duration.ofDays(90));
    door.clock.advance(Duration.ofDays(60));
    TokenId young = create(Duration.ofDays(1));
    door.state.forgetRequests();
    assertThat(sweep.run()).isZero();
    assertThat(door.state.requests())
        .filteredOn(request -> request.operation().equals("GetObject"))
        .extracting(Fault.Request::key)
        .containsExactly(StateKeys.token(old).value());
    assertThat(door.tokens.list()).extracting(Token::id).containsExactlyInAnyOrder(old, young);
  }

  @Test
  void refusesTheHolderOfWhatIsGoneAsOneWhoseTokenExpired() {
    IssuedToken issued = door.tokens.create(Door.grant(Door.ROLE, Map.of(), Duration.ofDays(1)));
    door.clock.advance(Duration.ofDays(1));
    assertThat(door.authenticate(Door.basic(issued))).isInstanceOf(Authentication.Refused.class);
    door.clock.advance(TokenSweep.KEPT.plus(MOMENT));
    assertThat(sweep.run()).isOne();
    assertThat(door.authenticate(Door.basic(issued))).isInstanceOf(Authentication.Refused.class);
  }

  @Test
  void leavesWhatIsNoTokenAndGoesOnWithTheOthers() {
    door.state.upload("tokens/readme.txt", new byte[] {1});
    door.state.upload("tokens/nxt_000000000000000000000000.json", new byte[] {1});
    create(Duration.ofDays(1));
    door.clock.advance(Duration.ofDays(9));
    assertThat(sweep.run()).isOne();
    assertThat(door.state.listAll(StateKeys.TOKENS)).hasSize(2);
  }

  @Test
  void goesOnAfterADeletionThatFailedDoneOrNot() {
    for (Fault fault : new Fault[] {Fault.NOT_DONE, Fault.DONE}) {
      create(Duration.ofDays(1));
      create(Duration.ofDays(1));
      door.clock.advance(Duration.ofDays(9));
      door.state.failing(r -> r.operation().equals("DeleteObject") ? fault : Fault.NONE);
      assertThatExceptionOfType(StoreException.class).isThrownBy(sweep::run);
      door.state.failing(Fault.Plan.NEVER);
      sweep.run();
      assertThat(door.tokens.list()).isEmpty();
    }
  }

  @Test
  void isNotStoppedByATokenThatIsRevokedMeanwhile() {
    TokenId id = create(Duration.ofDays(1));
    door.clock.advance(Duration.ofDays(9));
    door.state.interleaving(
        _ -> {
          door.state.interleaving(_ -> {});
          sweep.run();
        });
    assertThat(door.tokens.revoke(id)).isFalse();
    assertThat(door.tokens.find(id)).isEqualTo(Optional.empty());
  }
}
