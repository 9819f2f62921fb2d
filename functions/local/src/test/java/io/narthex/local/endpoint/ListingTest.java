package io.narthex.local.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.StoreException;
import io.narthex.testkit.MemoryStore;
import io.narthex.testkit.MovableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListingTest {
  private static final int MANY = 2_500;

  private final MovableClock clock = new MovableClock();
  private final MemoryStore cache = new MemoryStore(clock);
  private final List<String> lookedAt = new ArrayList<>();
  private boolean isQueueBroken;
  @TempDir private Path directory;

  @BeforeEach
  void upload() {
    cache.upload("nix-cache-info", bytes("x"));
    cache.upload("something-else", bytes("x"));
    cache.upload("nar/b.nar", bytes("x"));
    cache.upload("nar/d.nar", bytes("x"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private List<String> run() throws InterruptedException {
    lookedAt.clear();
    new Listing(
            cache,
            keys -> {
              if (isQueueBroken) {
                throw new StoreException("the queue is broken");
              }
              keys.stream().map(ObjectKey::value).forEach(lookedAt::add);
            },
            directory.resolve("listing"),
            () -> {},
            clock)
        .run();
    clock.advance(Duration.ofMinutes(1));
    return List.copyOf(lookedAt);
  }

  /** Lists until the present state is known to be seen. */
  private void settle() throws InterruptedException {
    run();
    run();
  }

  @Test
  void findsAllThatMeansAnythingAtFirst() throws InterruptedException {
    assertThat(run()).containsExactly("nar/b.nar", "nar/d.nar");
  }

  @Test
  void looksOnceMoreAtWhatWasWrittenAMomentBefore() throws InterruptedException {
    run();
    assertThat(run()).containsExactly("nar/b.nar", "nar/d.nar");
    assertThat(run()).isEmpty();
  }

  @Test
  void findsWhatIsNewOtherOrGone() throws InterruptedException {
    settle();
    cache.upload("nar/a.nar", bytes("new"));
    cache.upload("nar/b.nar", bytes("y"));
    cache.upload("nar/c.nar", bytes("new"));
    cache.delete(new ObjectKey("nar/d.nar"));
    assertThat(run()).containsExactlyInAnyOrder("nar/a.nar", "nar/b.nar", "nar/c.nar", "nar/d.nar");
    run();
    assertThat(run()).isEmpty();
  }

  @Test
  void findsTheSameAgainIfItWasNotQueued() throws InterruptedException {
    settle();
    cache.delete(new ObjectKey("nar/b.nar"));
    isQueueBroken = true;
    assertThatExceptionOfType(StoreException.class).isThrownBy(this::run);
    isQueueBroken = false;
    assertThat(run()).containsExactly("nar/b.nar");
  }

  @Test
  void comparesManyPages() throws InterruptedException {
    for (int i = 0; i < MANY; i++) {
      cache.upload("nar/%05d.nar".formatted(i), bytes("x"));
    }
    settle();
    for (int i = 0; i < MANY; i += 2) {
      cache.delete(new ObjectKey("nar/%05d.nar".formatted(i)));
    }
    assertThat(run()).hasSize(MANY / 2).doesNotHaveDuplicates();
    assertThat(run()).isEmpty();
  }
}
