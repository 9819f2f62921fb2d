package io.narthex.cache.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.luben.zstd.Zstd;
import com.sun.management.ThreadMXBean;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.store.Tags;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.path.StorePathHash;
import io.narthex.nix.path.StorePathName;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardCodecTest {
  private static final StorePath GLIBC =
      StorePath.parse("3n58xw4373jp0ljirf06d8077j15pc4j-glibc-2.37-8");
  private static final StorePathHash HELLO = new StorePathHash("00z58xw4373jp0ljirf06d8077j15pc4");
  private static final StorePathHash BAD = new StorePathHash("0z058xw4373jp0ljirf06d8077j15pc4");
  private static final Slice SLICE = new Slice(5, 0);

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final Shard SHARD =
      Shard.of(
          SLICE,
          7,
          List.of(
              new Entry(BAD, VerdictTag.REJECTED, Optional.empty()),
              new Entry(HELLO, VerdictTag.VERIFIED, Optional.of(described("nar/1w1.nar.xz")))));

  private static Described described(String url) {
    return new Described(
        new StorePathName("hello-2.12.1"),
        url,
        "xz",
        226560,
        OptionalLong.of(50088),
        List.of(GLIBC),
        Optional.of(StorePath.parse(GLIBC + ".drv")),
        List.of("cache.nixos.org-1"),
        Instant.parse("2026-11-29T05:00:00.987Z"),
        new Tags(Map.of("team", "b", "nix-for-b", "yes")));
  }

  /** The test vector of docs/index.md. */
  private static final String LINES =
      """
      {"shard":"0","bits":5,"revision":7,"entries":2}
      {"hash":"00z58xw4373jp0ljirf06d8077j15pc4","verdict":"verified","name":"hello-2.12.1","url":"nar/1w1.nar.xz","compression":"xz","narSize":226560,"fileSize":50088,"references":["3n58xw4373jp0ljirf06d8077j15pc4j-glibc-2.37-8"],"deriver":"3n58xw4373jp0ljirf06d8077j15pc4j-glibc-2.37-8.drv","signers":["cache.nixos.org-1"],"uploaded":"2026-11-29T05:00:00Z","tags":{"nix-for-b":"yes","team":"b"}}
      {"hash":"0z058xw4373jp0ljirf06d8077j15pc4","verdict":"rejected"}
      """;

  @Test
  void isLinesOfJson() {
    byte[] bytes = ShardCodec.write(SHARD);
    assertThat(new String(Zstd.decompress(bytes, LINES.length()), UTF_8)).isEqualTo(LINES);
    assertThat(ShardCodec.write(SHARD)).isEqualTo(bytes);
  }

  /** What its uploader wrote is nobody's word but his, and may be a megabyte. */
  @Test
  void saysLittleOfWhatIsNotVerified() throws MalformedIndexException {
    String line =
        """
        {"hash":"00z58xw4373jp0ljirf06d8077j15pc4","verdict":"waiting","name":"hello-2.12.1","uploaded":"2026-11-29T05:00:00Z","tags":{"nix-for-b":"yes","team":"b"}}
        """;
    String head =
        """
        {"shard":"0","bits":5,"revision":7,"entries":1}
        """;
    var waiting = new Entry(HELLO, VerdictTag.WAITING, Optional.of(described("nar/1w1.nar.xz")));
    Shard shard = Shard.of(SLICE, 7, List.of(waiting));
    byte[] bytes = ShardCodec.write(shard);
    assertThat(new String(Zstd.decompress(bytes, 1000), UTF_8)).isEqualTo(head + line);
    assertThat(ShardCodec.read(bytes, SLICE)).isEqualTo(shard);
    String before =
        LINES
            .replace("\"verdict\":\"verified\"", "\"verdict\":\"waiting\"")
            .replaceFirst("entries\":2", "entries\":1")
            .replaceFirst("\\{[^{]*rejected.*\n", "");
    assertThat(ShardCodec.read(Zstd.compress(before.getBytes(UTF_8)), SLICE)).isEqualTo(shard);
  }

  @Test
  void isReadAsItWasWritten() throws MalformedIndexException {
    assertThat(ShardCodec.read(ShardCodec.write(SHARD), SLICE)).isEqualTo(SHARD);
    Shard none = Shard.of(SLICE, 0, List.of());
    assertThat(ShardCodec.read(ShardCodec.write(none), SLICE)).isEqualTo(none);
  }

  @Test
  void mayHaveFieldsOfANewerVersion() throws MalformedIndexException {
    String newer =
        LINES
            .replace("\"bits\":5", "\"bits\":5,\"since\":[1]")
            .replace("\"verdict\":\"rejected\"", "\"verdict\":\"rejected\",\"why\":{\"a\":[{}]}");
    assertThat(ShardCodec.read(Zstd.compress(newer.getBytes(UTF_8)), SLICE)).isEqualTo(SHARD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"shard\":\"0\",\"bits\":5,\"revision\":7,\"entries\":1}",
        "{\"shard\":\"1\",\"bits\":5,\"revision\":7,\"entries\":0}",
        "{\"shard\":\"0\",\"bits\":4,\"revision\":7,\"entries\":0}",
        "{\"shard\":\"0\",\"bits\":5,\"revision\":-7,\"entries\":0}",
        "{\"shard\":\"0\",\"bits\":5,\"revision\":7,\"entries\":1}{\"hash\":\"x\"}",
        "{\"shard\":\"0\",\"bits\":5,\"revision\":7,\"entries\":1}"
            + "{\"hash\":\"00z58xw4373jp0ljirf06d8077j15pc4\",\"verdict\":\"good\"}",
        "{\"shard\":\"0\",\"bits\":5,\"revision\":7,\"entries\":1}"
            + "{\"hash\":\"z0z58xw4373jp0ljirf06d8077j15pc4\",\"verdict\":\"rejected\"}",
        "{\"shard\":\"0\",\"bits\":5,\"revision\":7,\"entries\":1}"
            + "{\"hash\":\"00z58xw4373jp0ljirf06d8077j15pc4\",\"verdict\":\"verified\",\"name\":3}",
      })
  void thatIsSomethingElseIsRefused(String lines) {
    byte[] bytes = Zstd.compress(lines.getBytes(UTF_8));
    assertThatExceptionOfType(MalformedIndexException.class)
        .isThrownBy(() -> ShardCodec.read(bytes, SLICE));
  }

  @Test
  void thatIsDamagedIsRefused() {
    byte[] bytes = ShardCodec.write(SHARD);
    for (int i = 0; i < bytes.length; i++) {
      byte[] damaged = bytes.clone();
      damaged[i] ^= 0x08;
      assertThat(readOrRefused(damaged))
          .as("byte %d", i)
          .isIn(Optional.empty(), Optional.of(SHARD));
    }
    for (byte[] other : List.of(new byte[0], new byte[] {1, 2, 3})) {
      assertThatExceptionOfType(MalformedIndexException.class)
          .isThrownBy(() -> ShardCodec.read(other, SLICE));
    }
  }

  @Test
  void thatClaimsToBeLargeIsRefusedBeforeAnythingIsAllocatedForIt() {
    byte[] claim = Arrays.copyOf(Zstd.compress(new byte[32 << 20]), 64);
    byte[] large = Zstd.compress(new byte[ShardCodec.MAX_SIZE + 1]);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (byte[] bytes : List.of(claim, large)) {
      assertThatExceptionOfType(MalformedIndexException.class)
          .isThrownBy(() -> ShardCodec.read(bytes, SLICE))
          .withMessageContaining("damaged shard");
    }
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(8 << 20);
  }

  @Test
  void mayBeAsSmallAsZstdMakesIt() throws MalformedIndexException {
    var lines = new byte[ShardCodec.MAX_SIZE];
    assertThat(ShardCodec.decompress(Zstd.compress(lines))).hasSameSizeAs(lines);
  }

  @Test
  void isNotWrittenThatCouldNotBeRead() {
    String large = "x".repeat(ShardCodec.MAX_SIZE);
    Shard shard =
        Shard.of(
            SLICE,
            0,
            List.of(new Entry(HELLO, VerdictTag.VERIFIED, Optional.of(described(large)))));
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> ShardCodec.write(shard))
        .withMessageContaining("too large");
  }

  @Test
  void givesTheEntriesThatAreAskedFor() throws MalformedIndexException {
    var hashes = new TreeSet<>(Set.of(BAD, new StorePathHash("z".repeat(32))));
    assertThat(ShardLines.entries(ShardCodec.write(SHARD), SLICE, hashes))
        .isEqualTo(Map.of(BAD, SHARD.entries().get(BAD)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"bits\":4", "\"bits\":5,\"shard\":\"1\"", "\"bits\":\"5\"", "", "}{"})
  void ofAnotherSliceGivesNoEntries(String bits) {
    byte[] bytes = Zstd.compress(LINES.replace("\"bits\":5", bits).getBytes(UTF_8));
    var hashes = new TreeSet<>(Set.of(HELLO));
    assertThatExceptionOfType(MalformedIndexException.class)
        .isThrownBy(() -> ShardLines.entries(bytes, SLICE, hashes));
  }

  /** Some bits of a frame say nothing. */
  private static Optional<Shard> readOrRefused(byte[] bytes) {
    try {
      return Optional.of(ShardCodec.read(bytes, SLICE));
    } catch (MalformedIndexException e) {
      return Optional.empty();
    }
  }
}
