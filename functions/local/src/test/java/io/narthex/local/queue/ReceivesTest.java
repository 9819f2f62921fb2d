package io.narthex.local.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ReceivesTest {
  private static final Instant EARLY = Instant.parse("2026-01-02T03:04:05Z");
  private static final Instant LATE = EARLY.plusSeconds(60);

  @Test
  void takesAReceiveThatIsStillOpenAtTheNextOneAsInterrupted() {
    Receives receives = Receives.NONE.next(EARLY).next(LATE).failed().next(LATE);
    assertThat(receives).isEqualTo(new Receives(3, 1, true, Optional.of(EARLY)));
    assertThat(receives.failures()).isEqualTo(1);
  }

  @Test
  void ofADeadProcessAreFinishedOnce() {
    Receives once = Receives.NONE.next(EARLY).processDied();
    assertThat(once).isEqualTo(new Receives(1, 1, false, Optional.of(EARLY)));
    assertThat(once.processDied()).isEqualTo(once);
    assertThat(once.failures()).isZero();
  }

  @Test
  void refuseWhatCannotBe() {
    Optional<Instant> first = Optional.of(EARLY);
    assertThatIllegalArgumentException().isThrownBy(() -> new Receives(1, 2, false, first));
    assertThatIllegalArgumentException().isThrownBy(() -> new Receives(1, 1, true, first));
    assertThatIllegalArgumentException().isThrownBy(() -> new Receives(1, -1, false, first));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Receives(0, 0, true, Optional.empty()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Receives(1, 0, true, Optional.empty()));
    assertThatIllegalArgumentException().isThrownBy(() -> new Receives(0, 0, false, first));
  }
}
