package io.narthex.cache.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.path.StorePathHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompactSetTest {
  private static final int DEPTH = 6;

  private static List<Entry> entries(Random random, int count) {
    return Stream.generate(() -> SliceTest.hash(random))
        .limit(count)
        .map(hash -> new Entry(hash, verdict(random), Optional.empty()))
        .toList();
  }

  private static VerdictTag verdict(Random random) {
    return switch (random.nextInt(100)) {
      case 0 -> VerdictTag.REJECTED;
      case 1, 2 -> VerdictTag.WAITING;
      default -> VerdictTag.VERIFIED;
    };
  }

  private static List<Segment.Of> segments(List<Entry> entries) {
    return Slice.ALL
        .split(DEPTH)
        .map(
            slice ->
                Shard.of(slice, 3, entries.stream().filter(e -> slice.contains(e.hash())).toList()))
        .map(Segment::of)
        .toList();
  }

  private static Optional<VerdictTag> ask(CompactSet set, StorePathHash hash)
      throws MalformedIndexException {
    return set.segment(hash).orElseThrow().found().verdict(hash, DEPTH);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 20_000})
  void knowsEveryPathAndItsVerdict(int count) throws MalformedIndexException {
    List<Entry> entries = entries(new Random(count), count);
    CompactSet set = CompactSet.empty(Slice.ALL, DEPTH).with(segments(entries));
    CompactSet read = CompactSet.read(set.write(), Slice.ALL, DEPTH);
    for (Entry entry : entries) {
      assertThat(ask(read, entry.hash())).contains(entry.verdict());
    }
    assertThat(read.paths()).isEqualTo(count);
    assertThat(read.isComplete()).isTrue();
    assertThat(read.write()).isEqualTo(set.write());
  }

  /** 313 paths a shard: 20 bits each, and 5 in a million of others are taken for one of them. */
  @Test
  void isSmallAndSeldomWrong() throws MalformedIndexException {
    var random = new Random(1);
    List<Entry> entries = entries(random, 20_000);
    CompactSet set = CompactSet.empty(Slice.ALL, DEPTH).with(segments(entries));
    assertThat(set.write().length * 8.0 / entries.size()).isLessThan(20);
    int wrong = 0;
    for (int i = 0; i < 200_000; i++) {
      wrong += ask(set, SliceTest.hash(random)).isPresent() ? 1 : 0;
    }
    assertThat(wrong).isLessThan(10);
  }

  /** The test vector of docs/index.md. */
  @Test
  void isTheseBytes() {
    var slice = new Slice(1, 1);
    Shard shard =
        Shard.of(
            slice,
            300,
            List.of(
                new Entry(hash("h000080"), VerdictTag.VERIFIED, Optional.empty()),
                new Entry(hash("h0000z0"), VerdictTag.VERIFIED, Optional.empty()),
                new Entry(hash("zzzzzz0"), VerdictTag.WAITING, Optional.empty())));
    byte[] bytes = CompactSet.empty(Slice.ALL, 1).with(List.of(Segment.of(shard))).write();
    assertThat(HexFormat.of().formatHex(bytes))
        .isEqualTo("4e5853310100000fac02020100" + "000000800000affffff8");
  }

  private static StorePathHash hash(String prefix) {
    return new StorePathHash(prefix + "0".repeat(StorePathHash.LENGTH - prefix.length()));
  }

  @Test
  void keepsWhatALaterRevisionSays() {
    var slice = new Slice(1, 1);
    Entry entry = new Entry(hash("z"), VerdictTag.VERIFIED, Optional.empty());
    CompactSet later =
        CompactSet.empty(Slice.ALL, 1)
            .with(List.of(Segment.of(Shard.of(slice, 5, List.of(entry)))));
    assertThat(later.with(List.of(Segment.of(Shard.of(slice, 4, List.of()))))).isEqualTo(later);
    assertThat(later.with(List.of(Segment.of(Shard.of(slice, 6, List.of())))).paths()).isZero();
    assertThat(later.isComplete()).isFalse();
  }

  @Test
  void thatIsCutOrOfAnotherIndexIsRefused() {
    byte[] bytes =
        CompactSet.empty(Slice.ALL, DEPTH).with(segments(entries(new Random(2), 500))).write();
    var refused = new ArrayList<byte[]>();
    for (int length = 0; length < bytes.length; length += 7) {
      refused.add(Arrays.copyOf(bytes, length));
    }
    refused.add(Arrays.copyOf(bytes, bytes.length + 1));
    for (byte[] other : refused) {
      assertThatExceptionOfType(MalformedIndexException.class)
          .isThrownBy(() -> CompactSet.read(other, Slice.ALL, DEPTH));
    }
    assertThatExceptionOfType(MalformedIndexException.class)
        .isThrownBy(() -> CompactSet.read(bytes, new Slice(1, 0), DEPTH));
    assertThatExceptionOfType(MalformedIndexException.class)
        .isThrownBy(() -> CompactSet.read(bytes, Slice.ALL, DEPTH + 1));
  }
}
