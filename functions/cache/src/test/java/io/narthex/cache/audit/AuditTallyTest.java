package io.narthex.cache.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.nix.path.StorePathHash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AuditTallyTest {
  private static final int PATHS = 60;

  /** Three at a time have archives of the same size. */
  private static AuditedPath path(int number) {
    var hash = new StorePathHash("%032d".formatted(number));
    return new AuditedPath(
        hash,
        Optional.of("/nix/store/" + hash + "-path"),
        AuditVerdict.VERIFIED,
        Optional.empty(),
        List.of(),
        Optional.of(
            new PathSizes("xz", number, 1000 + number / 3, List.of("a-1"), ArchiveRead.READ)),
        List.of());
  }

  private static List<AuditTally.Large> largest(List<AuditedPath> paths) {
    var tally = new AuditTally();
    paths.forEach(tally::add);
    return tally.largest();
  }

  @Test
  void theLargestAreTheSameInWhateverOrderPathsAreCounted() {
    List<AuditedPath> paths = new ArrayList<>();
    for (int number = 0; number < PATHS; number++) {
      paths.add(path(number));
    }
    List<AuditTally.Large> inOrder = largest(paths);
    assertThat(inOrder).hasSize(20).isSortedAccordingTo(AuditTally.Large.LARGEST_FIRST);
    assertThat(inOrder.getFirst().storePath()).contains("%032d".formatted(PATHS - 3));
    assertThat(inOrder.getLast().storePath()).contains("%032d".formatted(PATHS - 20));

    Collections.shuffle(paths, new Random(7));
    assertThat(largest(paths)).isEqualTo(inOrder);
    assertThat(largest(paths.reversed())).isEqualTo(inOrder);
  }
}
