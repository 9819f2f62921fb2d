package io.narthex.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.admission.Outcome;
import io.narthex.nix.path.StorePathHash;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RehearsalTest {
  @Test
  void findsThatNothingIsThere() throws IOException {
    assertThat(Rehearsal.look())
        .containsExactly(new Outcome.Absent(new StorePathHash("0".repeat(32))));
  }
}
