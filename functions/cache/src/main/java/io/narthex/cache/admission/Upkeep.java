package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.principal.TokenSweep;
import java.time.Duration;

/**
 * What is due every few minutes though nothing was uploaded: a change of the settings is followed,
 * waiting ends, and tokens that are long over are taken away.
 */
public final class Upkeep {
  /** Younger marks have an event of their own under way. */
  private static final Duration AGE = Duration.ofMinutes(5);

  private final Relook relook;
  private final Sweep sweep;
  private final TokenSweep tokens;
  private final int rounds;

  /**
   * From its parts.
   *
   * @param rounds of looking at everything again that one run may make, at least 1; each is a few
   *     thousand messages
   */
  public Upkeep(Relook relook, Sweep sweep, TokenSweep tokens, int rounds) {
    this.relook = requireNonNull(relook, "relook is null");
    this.sweep = requireNonNull(sweep, "sweep is null");
    this.tokens = requireNonNull(tokens, "tokens is null");
    this.rounds = rounds;
    if (rounds < 1) {
      throw new IllegalArgumentException("rounds must be at least 1");
    }
  }

  /**
   * Does what is due. If it stops anywhere, the next run goes on from there.
   *
   * @return how many keys will be looked at
   * @throws io.narthex.cache.store.StoreException if the store or the queue failed
   */
  public int run() {
    int sent = 0;
    for (int round = 0; round < rounds; round++) {
      int more = relook.run();
      sent += more;
      if (more == 0) {
        break;
      }
    }
    sent += sweep.run(AGE);
    tokens.run();
    return sent;
  }
}
