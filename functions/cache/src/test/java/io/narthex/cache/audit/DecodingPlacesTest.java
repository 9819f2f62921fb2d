package io.narthex.cache.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.nix.codec.Compression;
import io.narthex.nix.hash.Hash;
import io.narthex.nix.hash.HashAlgorithm;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.path.StoreDir;
import io.narthex.nix.path.StorePath;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DecodingPlacesTest {
  private static final Hash HASH = Hash.of(HashAlgorithm.SHA256, new byte[32]);
  private static final int MEBIBYTE = 1 << 20;

  private static NarInfo narInfo(Compression compression) {
    return NarInfo.unsigned(
            StoreDir.DEFAULT,
            StorePath.parse("0".repeat(32) + "-small"),
            HASH,
            1000,
            List.of(),
            "nar/x")
        .withFile("nar/x", compression, HASH, 1000);
  }

  /** Whether a second archive waits until the first has been decoded. */
  private static boolean isTakenInTurn(Compression compression, int mebibytes)
      throws InterruptedException {
    DecodingPlaces places = new DecodingPlaces(4, (long) mebibytes * MEBIBYTE);
    Thread second;
    boolean waits;
    try (DecodingPlaces.Place first = places.take(narInfo(compression))) {
      assertThat(first.pass()).isNotNull();
      second = Thread.ofPlatform().start(() -> places.take(narInfo(compression)).close());
      while (second.isAlive() && second.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      waits = second.isAlive();
    }
    second.join();
    return waits;
  }

  @Test
  void whatADecoderTakesDoesNotDependOnTheArchiveAlone() throws InterruptedException {
    assertThat(isTakenInTurn(Compression.BR, 40)).isTrue();
    assertThat(isTakenInTurn(Compression.BR, 80)).isFalse();
    assertThat(isTakenInTurn(Compression.ZSTD, 40)).isFalse();
  }

  @Test
  void oneIsDecodedHoweverLittleMemoryThereIs() throws InterruptedException {
    assertThat(isTakenInTurn(Compression.BR, 1)).isTrue();
  }
}
