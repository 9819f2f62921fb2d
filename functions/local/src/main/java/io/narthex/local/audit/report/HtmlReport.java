package io.narthex.local.audit.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Writes {@code report.html} from {@code report.json}: one page that needs nothing else, which
 * shows of each kind of path as many as a page can hold. Its memory does not grow with the report.
 *
 * <p>The page loads nothing and runs its own script alone: its policy names both by their hash, so
 * that markup in the name of a path would do nothing even if it got in.
 */
public final class HtmlReport {
  private static final String STYLE = resource("report.css");
  private static final String SCRIPT = resource("report.js");

  private final Html html;
  private final ReportFile report;
  private final JsonNode sums;

  private HtmlReport(Html html, ReportFile report) throws IOException {
    this.html = html;
    this.report = report;
    this.sums = report.sums();
  }

  /**
   * Writes the page.
   *
   * @param json a report that an audit has written
   * @param page is replaced
   * @throws IOException also if the first is not such a report
   */
  public static void write(Path json, Path page) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(page)) {
      write(json, out);
    }
  }

  static void write(Path json, Writer out) throws IOException {
    new HtmlReport(new Html(out), new ReportFile(json)).page();
  }

  private void page() throws IOException {
    head();
    PathSection paths = new PathSection(html, report);
    Closures closures = new Closures(html, sums, paths);
    new Overview(html, sums).write();
    Sums tables = new Sums(html, sums);
    tables.checks();
    closures.missing();
    tables.shares(
        "compressions", "Bytes by compression", "compressions", "compression", "Compression");
    tables.shares("signers", "Bytes by signer", "signers", "signer", "Trusted key");
    new Sizes(html, sums).write();
    new Conditions(html, sums).write();
    paths(paths, closures);
    html.markup("</main>\n<script>").markup(SCRIPT).markup("</script>\n</body>\n</html>\n");
  }

  private void head() {
    html.markup("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.open("meta", "http-equiv", "Content-Security-Policy", "content", policy()).line();
    html.markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.markup("<meta name=\"color-scheme\" content=\"light dark\">\n");
    html.markup("<meta name=\"referrer\" content=\"no-referrer\">\n");
    html.markup("<link rel=\"icon\" href=\"data:,\">\n");
    html.element("title", "Audit of " + sums.path("cache").asText()).line();
    html.markup("<style>").markup(STYLE).markup("</style>\n</head>\n<body>\n<main>\n");
  }

  private void paths(PathSection section, Closures closures) throws IOException {
    JsonNode summary = sums.path("summary");
    long rejected = summary.path("rejected").asLong();
    long waiting = summary.path("waiting").asLong();
    long unreadable = summary.path("unchecked").asLong() - summary.path("unread").asLong();
    long warned = summary.path("warned").asLong();
    section.write(
        "rejected",
        "Rejected paths",
        "At least one check failed. Nothing of this should be served.",
        rejected,
        PathSection.verdict("rejected"));
    closures.incomplete();
    section.write(
        "waiting",
        "Waiting paths",
        "Nothing is wrong with them and something is missing.",
        waiting,
        PathSection.verdict("waiting"));
    section.write(
        "unchecked",
        "Unchecked paths",
        "They could not be read to the end: not known to be good, and not known to be bad.",
        unreadable,
        PathSection.verdict("unchecked"));
    section.write(
        "warnings",
        "Paths with warnings",
        "Legal but odd. A warning alone stands in nobody's way.",
        warned,
        PathSection.result("warned"));
  }

  private static String policy() {
    return "default-src 'none'; style-src '"
        + hash(STYLE)
        + "'; script-src '"
        + hash(SCRIPT)
        + "'; img-src data:; base-uri 'none'; form-action 'none'";
  }

  private static String hash(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not in the package");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
