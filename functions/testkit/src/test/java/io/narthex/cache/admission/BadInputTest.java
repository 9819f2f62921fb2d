package io.narthex.cache.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.report.Report;
import io.narthex.cache.report.Standing;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.CheckOutcome;
import io.narthex.cache.verdict.CheckResult;
import io.narthex.cache.verdict.Finding;
import io.narthex.testkit.MemoryCache;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that can be wrong with an upload, one thing a row, and what it gets. */
class BadInputTest {
  private static final String HASH = "sha256:[0-9a-z]{52}";
  private static final String ZERO = BadInput.ZERO_HASH;
  private static final String NUMBER = "[0-9]+";

  private final SampleStore store = new SampleStore(1);
  private final MemoryCache cache = new MemoryCache(Settings.trusting(List.of(store.publicKey())));

  /** What is uploaded and the one finding it gets; expected and actual are patterns. */
  record Row(
      String name,
      Function<SampleStore, Upload> upload,
      CheckName check,
      String field,
      String expected,
      String actual) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Row> rejected() {
    return Stream.of(narInfos(), archives(), urls(), signatures(), addresses())
        .flatMap(List::stream);
  }

  private static List<Row> narInfos() {
    return List.of(
        new Row(
            "malformed narinfo",
            s -> BadInput.good(s).text("rubbish"),
            CheckName.NARINFO_SYNTAX,
            "narinfo",
            "a narinfo as Nix reads it",
            ".+"),
        new Row(
            "narinfo without StorePath",
            s -> BadInput.good(s).without("StorePath"),
            CheckName.NARINFO_SYNTAX,
            "StorePath",
            "a narinfo as Nix reads it",
            ".+"),
        new Row(
            "malformed reference",
            s -> BadInput.good(s).line("References", "../../etc/passwd"),
            CheckName.REFERENCES,
            "References",
            "a narinfo as Nix reads it",
            ".+"),
        new Row(
            "narinfo over the size limit",
            BadInput::tooLargeNarInfo,
            CheckName.NARINFO_SYNTAX,
            "size",
            "at most 1048576 bytes",
            NUMBER + " bytes as stored"),
        new Row(
            "key of another path",
            BadInput::underAnotherKey,
            CheckName.KEY_MATCHES_STORE_PATH,
            "StorePath",
            "[0-9a-z]{32}-…",
            "[0-9a-z]{32}-hello-1\\.0"),
        new Row(
            "another store dir",
            s ->
                BadInput.line(
                    s, "StorePath", "/gnu/store/00bgd045z0d4icpbc2yyz4gx48ak44la-hello-1.0"),
            CheckName.STORE_DIR,
            "StorePath",
            "/nix/store/…",
            "/gnu/store/…"));
  }

  private static List<Row> archives() {
    return List.of(
        new Row(
            "not an archive",
            BadInput::notAnArchive,
            CheckName.ARCHIVE,
            "NAR",
            "a Nix archive",
            ".+ at byte 8"),
        new Row(
            "bytes after the archive",
            BadInput::bytesAfterTheArchive,
            CheckName.ARCHIVE,
            "NAR",
            "a Nix archive",
            ".+ at byte " + NUMBER),
        new Row(
            "bytes after the compressed stream",
            BadInput::bytesAfterTheStream,
            CheckName.COMPRESSION,
            "Compression",
            "a whole xz stream",
            ".+"),
        new Row(
            "truncated stream",
            BadInput::truncatedStream,
            CheckName.COMPRESSION,
            "Compression",
            "a whole xz stream",
            ".+"),
        new Row(
            "wrong compression label",
            s -> BadInput.line(s, "Compression", "zstd"),
            CheckName.COMPRESSION,
            "Compression",
            "a whole zstd stream",
            ".+"),
        new Row(
            "unknown compression",
            s -> BadInput.line(s, "Compression", "arj"),
            CheckName.COMPRESSION,
            "Compression",
            "a compression that Nix knows",
            "arj"),
        new Row(
            "wrong NarHash",
            s -> BadInput.line(s, "NarHash", ZERO),
            CheckName.NAR_HASH,
            "NarHash",
            ZERO,
            HASH),
        new Row(
            "NarSize too large",
            s -> BadInput.line(s, "NarSize", "100000"),
            CheckName.NAR_SIZE,
            "NarSize",
            "100000",
            NUMBER),
        new Row(
            "NarSize too small",
            s -> BadInput.line(s, "NarSize", "100"),
            CheckName.NAR_SIZE,
            "NarSize",
            "100",
            "more"),
        new Row("archive bomb", BadInput::bomb, CheckName.NAR_SIZE, "NarSize", "1000", "more"),
        new Row(
            "wrong FileHash",
            s -> BadInput.line(s, "FileHash", ZERO),
            CheckName.FILE_HASH,
            "FileHash",
            ZERO,
            HASH),
        new Row(
            "wrong FileSize",
            s -> BadInput.line(s, "FileSize", "7"),
            CheckName.FILE_SIZE,
            "FileSize",
            "7",
            NUMBER));
  }

  private static List<Row> urls() {
    return Stream.of(
            "https://example.org/nar/x.nar",
            "s3://other/nar/x.nar",
            "//example.org/nar/x.nar",
            "/nar/x.nar",
            "../nar/x.nar",
            "nar/../x.narinfo",
            "nar/./x.nar",
            "nar//x.nar",
            "nar/",
            "nar/x.nar?versionId=1",
            "nar/x.nar#y",
            "nar/%2e%2e/x",
            "nar\\x.nar",
            "log/x",
            "nix-cache-info")
        .map(
            url ->
                new Row(
                    "URL " + url,
                    s -> BadInput.narUnderUrl(s, url),
                    CheckName.URL,
                    "URL",
                    "a plain path under nar/",
                    Pattern.quote(url)))
        .toList();
  }

  private static List<Row> signatures() {
    return List.of(
        new Row(
            "forged signature",
            BadInput::forged,
            CheckName.SIGNATURES,
            "Sig",
            "a signature by sample-1",
            "one under that name that does not sign this fingerprint"),
        new Row(
            "signature of another length",
            s -> BadInput.good(s).line("Sig", "sample-1:AAAA"),
            CheckName.SIGNATURES,
            "Sig",
            "a signature by sample-1",
            "one under that name that is not 64 bytes long"),
        new Row(
            "signature of another length beside a good one",
            s -> BadInput.good(s).more("Sig: sample-1:AAAA"),
            CheckName.SIGNATURES,
            "Sig",
            "a signature by sample-1",
            "one under that name that is not 64 bytes long"),
        new Row(
            "references changed after signing",
            s -> BadInput.good(s).line("References", "00bgd045z0d4icpbc2yyz4gx48ak44la-evil"),
            CheckName.SIGNATURES,
            "Sig",
            "a signature by sample-1",
            "one under that name that does not sign this fingerprint"));
  }

  private static List<Row> addresses() {
    return List.of(
        new Row(
            "content other than its address",
            BadInput::wrongContent,
            CheckName.CONTENT_ADDRESS,
            "CA",
            HASH,
            HASH),
        new Row(
            "content address of another path",
            BadInput::addressOfAnotherPath,
            CheckName.CONTENT_ADDRESS,
            "CA",
            "the content address of [0-9a-z]{32}-hello-1\\.0",
            "that of [0-9a-z]{32}-hello-1\\.0"));
  }

  @ParameterizedTest
  @MethodSource("rejected")
  void rejectsWithOneFindingAndNeverServes(Row row) {
    Upload bad = row.upload().apply(store);
    SamplePath neighbour = store.path("neighbour-1.0");
    Unserved watch = Unserved.watch(cache, bad.narInfoKey(), bad.narKey());
    bad.to(cache.cache());
    neighbour.uploadTo(cache.cache());
    cache.drain();

    Report report = cache.report(bad.hash());
    assertThat(report.standing()).isEqualTo(Standing.REJECTED);
    List<Finding> failures =
        report.checks().stream().flatMap(outcome -> outcome.failures().stream()).toList();
    assertThat(failures)
        .filteredOn(finding -> finding.check() == row.check())
        .singleElement()
        .satisfies(finding -> assertMatches(finding, row));
    assertThat(cache.isThere(bad.narInfoKey())).isFalse();
    assertOthersUnharmed(watch, neighbour);
  }

  static Stream<Row> waiting() {
    return Stream.of(
        new Row(
            "missing signature",
            BadInput::unsigned,
            CheckName.SIGNATURES,
            "Sig",
            "1 of sample-1",
            "none"),
        new Row(
            "untrusted key",
            s -> BadInput.good(s).line("Sig", "stranger-1:" + "A".repeat(86) + "=="),
            CheckName.SIGNATURES,
            "Sig",
            "1 of sample-1",
            "0; others: stranger-1"),
        new Row(
            "missing NAR",
            s -> BadInput.good(s).withoutNar(),
            CheckName.NAR_PRESENT,
            "URL",
            "nar/[0-9a-z]{52}\\.nar\\.xz",
            "no such object"),
        new Row(
            "missing reference",
            BadInput::withReference,
            CheckName.CLOSURE,
            "References",
            "[0-9a-z]{32}-missing-1\\.0 admitted",
            "not in this cache or upstream"));
  }

  @ParameterizedTest
  @MethodSource("waiting")
  void waitsForWhatIsMissingAndDoesNotServeMeanwhile(Row row) {
    Upload bad = row.upload().apply(store);
    SamplePath neighbour = store.path("neighbour-1.0");
    Unserved watch = Unserved.watch(cache, bad.narInfoKey(), bad.narKey());
    bad.to(cache.cache());
    neighbour.uploadTo(cache.cache());
    cache.drain();

    Report report = cache.report(bad.hash());
    assertThat(report.standing()).isEqualTo(Standing.WAITING);
    assertThat(report.checks().stream().map(CheckOutcome::result))
        .filteredOn(CheckResult.Waits.class::isInstance)
        .singleElement()
        .satisfies(result -> assertMatches(((CheckResult.Waits) result).finding(), row));
    assertOthersUnharmed(watch, neighbour);
  }

  @ParameterizedTest
  @MethodSource("waiting")
  void withdrawsWhatWaitedTooLongUnlessItIsAReference(Row row) {
    Upload bad = row.upload().apply(store);
    Unserved watch = Unserved.watch(cache, bad.narInfoKey(), bad.narKey());
    bad.to(cache.cache());
    cache.drain();
    cache.clock().advance(Duration.ofMinutes(61));
    new Sweep(cache.state(), keys -> keys.forEach(cache::send), cache.clock())
        .run(Duration.ofMinutes(1));
    cache.drain();

    boolean mayWaitOn = row.check() == CheckName.CLOSURE;
    assertThat(cache.report(bad.hash()).standing())
        .isEqualTo(mayWaitOn ? Standing.WAITING : Standing.REJECTED);
    assertThat(cache.isThere(bad.narInfoKey())).isEqualTo(mayWaitOn);
    assertThat(watch.servedSoFar()).isEmpty();
  }

  private static void assertMatches(Finding finding, Row row) {
    assertThat(finding.check()).isEqualTo(row.check());
    assertThat(finding.field()).isEqualTo(row.field());
    assertThat(finding.expected()).matches(row.expected());
    assertThat(finding.actual()).matches(row.actual());
  }

  private void assertOthersUnharmed(Unserved watch, SamplePath neighbour) {
    assertThat(watch.servedSoFar()).isEmpty();
    assertThat(cache.isServed(neighbour.narInfoKey())).isTrue();
    assertThat(cache.isServed(neighbour.narKey())).isTrue();
    assertThat(cache.deadLetters()).isEmpty();
  }
}
