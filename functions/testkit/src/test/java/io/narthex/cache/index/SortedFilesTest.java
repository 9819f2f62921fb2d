package io.narthex.cache.index;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.cache.store.ListPage;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.path.StorePathHash;
import io.narthex.nix.path.StorePathName;
import io.narthex.testkit.Fault;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SortedFilesTest {
  /** Four partitions, of two pieces each. */
  private static final int DEPTH = 8;

  private final QueriedCache cache = new QueriedCache();

  private List<StorePath> many(int count) {
    var paths = new ArrayList<StorePath>();
    for (int i = 0; i < count; i++) {
      StorePath[] references =
          IntStream.of(i / 2, i / 3, 0)
              .filter(of -> of < paths.size())
              .distinct()
              .mapToObj(paths::get)
              .toArray(StorePath[]::new);
      paths.add(cache.add("path-" + i % 50, 10, references));
    }
    return paths;
  }

  private IndexReader reader() {
    return new IndexReader(cache.state, cache.clock);
  }

  private Map<String, String> objects(Generation generation) {
    var objects = new TreeMap<String, String>();
    for (ListPage.Entry entry : cache.state.listAll(generation.prefix())) {
      objects.put(
          entry.key().value().substring(generation.prefix().length()),
          HexFormat.of().formatHex(cache.state.open(entry.key()).orElseThrow().readAll()));
    }
    return objects;
  }

  @Test
  void haveAllReferrersOfEveryPath() {
    List<StorePath> paths = many(300);
    Generation generation = cache.build(DEPTH);
    for (StorePath path : paths) {
      List<StorePathHash> expected =
          reader()
              .entries(generation, paths.stream().map(StorePath::hash).toList())
              .values()
              .stream()
              .filter(entry -> entry.described().orElseThrow().references().contains(path))
              .map(Entry::hash)
              .sorted()
              .toList();
      assertThat(reader().referrers(generation, path.hash(), Optional.empty()).next(1000))
          .isEqualTo(expected);
    }
  }

  @Test
  void goOnAfterAnyReferrerOfManyByFewRequests() {
    StorePath popular = cache.add("popular", 1);
    for (int i = 0; i < 5000; i++) {
      cache.add("user", 1, popular);
    }
    Generation generation = cache.build(2);
    List<StorePathHash> all =
        reader().referrers(generation, popular.hash(), Optional.empty()).next(10_000);
    assertThat(all).hasSize(5000).isSorted();
    for (int i : List.of(0, 1, 2499, 4998, 4999)) {
      cache.state.forgetRequests();
      Referrers after = reader().referrers(generation, popular.hash(), Optional.of(all.get(i)));
      assertThat(after.next(10)).isEqualTo(all.subList(i + 1, Math.min(i + 11, 5000)));
      assertThat(cache.state.requests().size()).isLessThan(8);
    }
  }

  @Test
  void areTheSameBytesForAnUnchangedCache() {
    many(300);
    Map<String, String> first = objects(cache.build(DEPTH));
    Map<String, String> second = objects(cache.build(DEPTH));
    assertThat(first.keySet()).anyMatch(key -> key.startsWith("referrers/"));
    assertThat(first.keySet()).noneMatch(key -> key.startsWith("runs/"));
    assertThat(second).isEqualTo(first);
  }

  @Test
  void areTheSameBytesHoweverLittleIsReadAtOnce() {
    many(300);
    Map<String, String> expected = objects(cache.build(DEPTH));
    Rebuild rebuild = cache.rebuild();
    Generation generation = rebuild.begin(DEPTH);
    List<Slice> pieces = rebuild.pieces(generation);
    pieces.forEach(piece -> rebuild.build(generation, piece));
    for (Slice partition : rebuild.partitions(generation)) {
      cache.state.forgetRequests();
      var sort = new PartitionSort(cache.state, new Parallel(4), 1);
      assertThat(sort.sort(generation, partition, pieces)).isPositive();
      // Of each run its table, two sections of pairs and one of names; some are empty.
      assertThat(cache.state.requests()).hasSizeGreaterThan(3 * pieces.size());
    }
    rebuild.finish(generation);
    assertThat(objects(generation)).isEqualTo(expected);
  }

  @Test
  void areTheSameBytesAfterAFailureAtAnyRequest() {
    many(40);
    Map<String, String> expected = objects(cache.build(DEPTH));
    cache.state.forgetRequests();
    cache.build(DEPTH);
    for (int failing = 0; failing < 130; failing += 7) {
      Generation generation = cache.rebuild().begin(DEPTH);
      cache.rebuild().pieces(generation).forEach(piece -> cache.rebuild().build(generation, piece));
      for (Fault fault : List.of(Fault.NOT_DONE, Fault.DONE)) {
        failAt(failing, fault, generation);
      }
      sortAndFinish(generation);
      assertThat(objects(generation)).isEqualTo(expected);
    }
  }

  private void failAt(int number, Fault fault, Generation generation) {
    int[] left = {number};
    cache.state.failing(_ -> left[0]-- == 0 ? fault : Fault.NONE);
    try {
      sortAndFinish(generation);
    } catch (StoreException e) {
      assertThat(e).hasMessageContaining("failed");
    } finally {
      cache.state.failing(Fault.Plan.NEVER);
    }
  }

  private void sortAndFinish(Generation generation) {
    cache
        .rebuild()
        .partitions(generation)
        .forEach(partition -> cache.rebuild().sort(generation, partition));
    cache.rebuild().finish(generation);
  }

  @Test
  void areNotWrittenTwice() {
    many(20);
    Generation generation = cache.build(DEPTH);
    Rebuild rebuild = cache.rebuild();
    List<Slice> partitions = rebuild.partitions(generation);
    assertThat(partitions).hasSize(4);
    long sum = partitions.stream().mapToLong(one -> rebuild.sort(generation, one)).sum();
    assertThat(sum).isEqualTo(20);
    assertThat(cache.state.requests()).noneMatch(Fault.Request::isWrite);
  }

  @Test
  void needEveryPieceAndAreNeededToFinish() {
    many(20);
    Rebuild rebuild = cache.rebuild();
    Generation generation = rebuild.begin(DEPTH);
    List<Slice> pieces = rebuild.pieces(generation);
    pieces.stream().skip(1).forEach(piece -> rebuild.build(generation, piece));
    Slice partition = rebuild.partitions(generation).getFirst();
    assertThatThrownBy(() -> rebuild.sort(generation, partition))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("is not there");
    rebuild.build(generation, pieces.getFirst());
    assertThatThrownBy(() -> rebuild.finish(generation))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("is not sorted");
    assertThat(reader().served()).isEmpty();
  }

  @Test
  void haveNoPathsThatAreNotVerified() {
    StorePath libc = cache.add("glibc", 1);
    cache.upload(cache.path("glibc-user"), 1, VerdictTag.WAITING, libc);
    cache.upload(cache.path("glibc-user"), 1, VerdictTag.REJECTED, libc);
    Generation generation = cache.build(0);
    assertThat(reader().referrers(generation, libc.hash(), Optional.empty()).next(9)).isEmpty();
    assertThat(reader().search(generation, "glibc", Optional.empty()).next(9))
        .containsExactly(libc);
  }

  /** The vectors of docs/index.md. */
  @Test
  void areTheseBytes() {
    StorePath libc = new StorePath(new StorePathHash("0".repeat(31) + "1"), name("libc-2"));
    StorePath hello = new StorePath(new StorePathHash("z" + "0".repeat(31)), name("hello"));
    cache.upload(libc, 10, VerdictTag.VERIFIED, libc);
    cache.upload(hello, 20, VerdictTag.VERIFIED, libc);
    Map<String, String> objects = objects(cache.build(0));
    String libcHash = "0".repeat(38) + "01";
    String helloHash = "f8" + "0".repeat(38);
    assertThat(objects.get("referrers/0.pairs"))
        .isEqualTo(
            "4e58503100"
                + "0".repeat(16)
                + "0000000000000002".repeat(256)
                + (libcHash + libcHash)
                + (libcHash + helloHash));
    assertThat(objects.get("names/0.hashes")).isEqualTo(helloHash + libcHash);
    assertThat(
            text(
                cache.state.open(new ObjectKey("index/1/names/0.txt.zst")).orElseThrow().readAll()))
        .isEqualTo("1 hello\n1 libc-2\n");
  }

  private static StorePathName name(String name) {
    return new StorePathName(name);
  }

  private static String text(byte[] zstd) {
    try {
      return new String(ShardCodec.decompress(zstd), US_ASCII);
    } catch (MalformedIndexException e) {
      throw new AssertionError(e);
    }
  }
}
