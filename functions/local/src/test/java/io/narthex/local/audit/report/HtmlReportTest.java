package io.narthex.local.audit.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.cache.audit.ArchiveRead;
import io.narthex.cache.audit.AuditFinding;
import io.narthex.cache.audit.AuditReport;
import io.narthex.cache.audit.AuditRun;
import io.narthex.cache.audit.AuditTally;
import io.narthex.cache.audit.AuditVerdict;
import io.narthex.cache.audit.AuditedPath;
import io.narthex.cache.audit.MissedReference;
import io.narthex.cache.audit.PathSizes;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.Finding;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.path.StorePathHash;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlReportTest {
  private static final Instant BEGAN = Instant.parse("2026-11-29T10:00:00Z");
  private static final StorePath MISSED =
      StorePath.parse("00z058xw4373jp0ljirf06d8077j15pc-glibc-2.42");

  @TempDir private Path folder;

  @Test
  void saysWhatIsWrongWithWhichPath() throws IOException {
    String page = page(rejected(1, "sha256:a", "sha256:b"), waiting(2), unchecked(3), verified(4));

    assertThat(page)
        .contains("1 of 4 paths is rejected.")
        .contains("<h2>Rejected paths<span class=\"count\">1</span></h2>")
        .contains("<b>hello-1</b>")
        .contains("<span class=\"chip bad\">nar-hash</span>")
        .contains("<code>sha256:a</code>")
        .contains("<code>sha256:b</code>")
        .contains("<b>glibc-2.42</b>")
        .contains("the connection was cut");
  }

  @Test
  void aSoundCacheHasNoTablesOfPaths() throws IOException {
    assertThat(page(verified(1), verified(2)))
        .contains("All 2 paths are sound.")
        .doesNotContain("Rejected paths")
        .doesNotContain("Findings by check")
        .doesNotContain("class=\"paths");
  }

  @Test
  void saysThatEveryArchiveWasReadOnlyIfItWas() throws IOException {
    assertThat(page(verified(1), verified(2))).contains("Every archive was read.");
    assertThat(page(verified(1), verified(2, ArchiveRead.KNOWN), unchecked(3)))
        .contains("Of 3 archives 1 read, 1 known from an earlier audit, 1 not read.")
        .doesNotContain("Every archive was read");
    assertThat(page(unchecked(1))).contains("Of 1 archive 0 read, 1 not read.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "</code></td></tr></table><script src=//evil.example/x.js></script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</style><svg onload=alert(1)>",
        "</script><!--",
        "--><![CDATA[<b>]]>",
        "&lt;script&gt;&#60;b&#62;",
        "javascript:alert(1)",
        "\u2028\u2029\u202E\u2066txt.exe",
        "\uFEFF<\u0000script>",
        "\uD800<b>\uDC00",
        "`${alert(1)}`"
      })
  void noTextOfACacheBecomesMarkup(String hostile) throws IOException {
    String page =
        page(
            new AuditedPath(
                hash(1),
                Optional.of("/nix/store/" + hash(1) + "-" + hostile),
                AuditVerdict.REJECTED,
                Optional.empty(),
                List.of(failed(new Finding(CheckName.URL, hostile, hostile, hostile))),
                Optional.of(new PathSizes(hostile, 1, 1, List.of(hostile), ArchiveRead.READ)),
                List.of()),
            new AuditedPath(
                hash(2),
                Optional.empty(),
                AuditVerdict.UNCHECKED,
                Optional.of(hostile),
                List.of(),
                Optional.empty(),
                List.of()));

    assertThat(tags(page)).isEqualTo(tags(harmless()));
    assertThat(attributes(page)).isEqualTo(attributes(harmless()));
    assertThat(page.chars().filter(c -> c != '\n' && Character.isISOControl(c)).count()).isZero();
    assertThat(page).doesNotContain("\u202E").doesNotContain("\u2066").doesNotContain("\uFEFF");
  }

  /** The same page with nothing hostile in it. */
  private String harmless() throws IOException {
    return page(
        new AuditedPath(
            hash(1),
            Optional.of("/nix/store/" + hash(1) + "-x"),
            AuditVerdict.REJECTED,
            Optional.empty(),
            List.of(failed(new Finding(CheckName.URL, "x", "x", "x"))),
            Optional.of(new PathSizes("x", 1, 1, List.of("x"), ArchiveRead.READ)),
            List.of()),
        new AuditedPath(
            hash(2),
            Optional.empty(),
            AuditVerdict.UNCHECKED,
            Optional.of("x"),
            List.of(),
            Optional.empty(),
            List.of()));
  }

  @Test
  void thePageLoadsNothingAndRunsItsOwnScriptAlone() throws IOException {
    String page = page(rejected(1, "a", "b"));

    assertThat(page)
        .contains("default-src &#39;none&#39;; style-src &#39;sha256-")
        .doesNotContain("unsafe")
        .doesNotContain("http://")
        .doesNotContain(" style=")
        .doesNotContainPattern("(src|href)=\"(?!#|data:,\")");
  }

  @Test
  void aPageHoldsSoManyRowsAndSaysThatThereAreMore() throws IOException {
    AuditedPath[] many = new AuditedPath[PathSection.MAX_ROWS + 5];
    for (int i = 0; i < many.length; i++) {
      many[i] = rejected(i, "a", "b");
    }

    String page = page(many);

    assertThat(page).contains("The first 2,000 are shown; all are in <code>report.json</code>.");
    assertThat(page.split("<td class=\"text\" data-label=\"Store path\">", -1))
        .hasSize(1 + PathSection.MAX_ROWS + AT_MOST_LARGEST);
    assertThat(page).contains("<span class=\"count\">2,005</span>");
  }

  @Test
  void whatIsCutOfIncompleteClosuresIsSaidToo() throws IOException {
    AuditedPath[] many = new AuditedPath[PathSection.MAX_ROWS + 5];
    for (int i = 0; i < many.length; i++) {
      many[i] = waiting(i);
    }

    String page = page(many);

    String closures = page.substring(page.indexOf("<section id=\"closures\">"));
    assertThat(closures.substring(0, closures.indexOf("<table")))
        .contains("<span class=\"count\">2,005</span>")
        .contains("The first 2,000 are shown; all are in <code>report.json</code>.");
    assertThat(page(waiting(1))).doesNotContain("are shown");
  }

  /** How many there are in the table of the largest. */
  private static final int AT_MOST_LARGEST = 20;

  @Test
  void aPathWithVeryManyFindingsHasASmallRow() throws IOException {
    Finding finding = new Finding(CheckName.SIGNATURES, "Sig", "x".repeat(900), "y".repeat(900));
    String page =
        page(
            new AuditedPath(
                hash(1),
                Optional.empty(),
                AuditVerdict.REJECTED,
                Optional.empty(),
                Collections.nCopies(5000, failed(finding)),
                Optional.empty(),
                List.of()));

    assertThat(page).contains("4,988 more").hasSizeLessThan(60_000);
  }

  @Test
  void memoryDoesNotGrowWithTheReport() throws IOException {
    Path json = folder.resolve("large.json");
    try (Writer out = Files.newBufferedWriter(json)) {
      String small = json(unchecked(1));
      int paths = small.indexOf("\"paths\":[", small.indexOf("\"missing\""));
      out.write(small.substring(0, paths) + "\"paths\":[");
      String one = small.substring(small.indexOf('{', paths), small.lastIndexOf(']'));
      for (int i = 0; i < 200_000; i++) {
        out.write((i == 0 ? "" : ",") + one);
      }
      out.write("]}");
    }
    var written = new long[1];
    try (BufferedWriter out = new BufferedWriter(counting(written))) {
      HtmlReport.write(json, out);
    }

    assertThat(Files.size(json)).isGreaterThan(20_000_000);
    assertThat(written[0]).isLessThan(2_000_000);
  }

  @Test
  void whatIsNoReportIsRefused() throws IOException {
    Path json = Files.writeString(folder.resolve("other.json"), "[]");

    assertThatThrownBy(() -> HtmlReport.write(json, folder.resolve("page.html")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not the report of an audit");
  }

  private static Writer counting(long[] written) {
    return new Writer() {
      @Override
      public void write(char[] buffer, int offset, int length) {
        written[0] += length;
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }

  private static StorePathHash hash(int number) {
    return new StorePathHash(String.format(Locale.ROOT, "%032d", number));
  }

  private static AuditFinding failed(Finding finding) {
    return new AuditFinding(AuditFinding.Weight.FAILED, finding);
  }

  private static AuditedPath rejected(int number, String expected, String actual) {
    return path(
        number,
        AuditVerdict.REJECTED,
        List.of(failed(new Finding(CheckName.NAR_HASH, "NarHash", expected, actual))),
        List.of());
  }

  private static AuditedPath waiting(int number) {
    var finding = new Finding(CheckName.CLOSURE, "References", MISSED + " admitted", "nothing");
    return path(
        number,
        AuditVerdict.WAITING,
        List.of(new AuditFinding(AuditFinding.Weight.WAITS, finding)),
        List.of(new MissedReference(MISSED, MissedReference.Why.ABSENT)));
  }

  private static AuditedPath verified(int number) {
    return path(number, AuditVerdict.VERIFIED, List.of(), List.of());
  }

  private static AuditedPath verified(int number, ArchiveRead archive) {
    return new AuditedPath(
        hash(number),
        Optional.empty(),
        AuditVerdict.VERIFIED,
        Optional.empty(),
        List.of(),
        Optional.of(new PathSizes("xz", 100, 1000, List.of(), archive)),
        List.of());
  }

  private static AuditedPath unchecked(int number) {
    return new AuditedPath(
        hash(number),
        Optional.empty(),
        AuditVerdict.UNCHECKED,
        Optional.of("the connection was cut"),
        List.of(),
        Optional.empty(),
        List.of());
  }

  private static AuditedPath path(
      int number, AuditVerdict verdict, List<AuditFinding> findings, List<MissedReference> misses) {
    return new AuditedPath(
        hash(number),
        Optional.of("/nix/store/" + hash(number) + "-hello-" + number),
        verdict,
        Optional.empty(),
        findings,
        Optional.of(new PathSizes("xz", 100, 1000, List.of("sample-1"), ArchiveRead.READ)),
        misses);
  }

  private String page(AuditedPath... paths) throws IOException {
    Path json = Files.writeString(folder.resolve("report.json"), json(paths));
    Path page = folder.resolve("report.html");
    HtmlReport.write(json, page);
    return Files.readString(page);
  }

  private String json(AuditedPath... paths) throws IOException {
    Path file = folder.resolve("model.json");
    var tally = new AuditTally();
    try (var spool = new ListSpool();
        OutputStream out = Files.newOutputStream(file)) {
      var report = new AuditReport(tally, spool);
      for (AuditedPath path : paths) {
        tally.add(path);
        report.accept(path);
      }
      Settings settings = Settings.trusting(List.of());
      report.write(
          new AuditRun("file:///srv/cache", false, "all", BEGAN, BEGAN, true, "none", settings),
          out);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return Files.readString(file);
  }

  /** The tags of a page, in their order. */
  private static List<String> tags(String page) {
    return Pattern.compile("</?[a-zA-Z!][a-zA-Z0-9]*")
        .matcher(body(page))
        .results()
        .map(found -> found.group())
        .toList();
  }

  /** The names of all attributes. */
  private static Set<String> attributes(String page) {
    var names = new HashSet<String>();
    Matcher tag = Pattern.compile("<[a-z][^>]*>").matcher(body(page));
    while (tag.find()) {
      Matcher name = Pattern.compile("\\s([^\\s=\"]+)=\"[^\"]*\"").matcher(tag.group());
      while (name.find()) {
        names.add(name.group(1));
      }
    }
    return names;
  }

  private static String body(String page) {
    return page.substring(page.indexOf("</style>"), page.lastIndexOf("<script>"));
  }
}
