package io.narthex.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * {@code closure}, {@code referrers}, {@code search} and {@code stats}, by what a cache answers.
 */
class QueryCommandsTest {
  private static final String LIBC = "00000000000000000000000000000000";
  private static final String HELLO = "00000000000000000000000000000001";

  private final Map<String, String> answers = new TreeMap<>();
  private final List<String> asked = new ArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String address = exchange.getRequestURI().toString();
          asked.add(address);
          byte[] body = answers.getOrDefault(address, "nothing here\n").getBytes(UTF_8);
          exchange.sendResponseHeaders(answers.containsKey(address) ? 200 : 404, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Ended run(Callable<Integer> command, String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.add("--netrc=/dev/null");
    all.add("--cache=http://127.0.0.1:" + server.getAddress().getPort());
    var out = new ByteArrayOutputStream();
    PrintStream before = System.out;
    PrintStream beforeErr = System.err;
    try (var print = new PrintStream(out, true, UTF_8)) {
      System.setOut(print);
      System.setErr(print);
      int code =
          new CommandLine(command)
              .setExecutionExceptionHandler(
                  (e, _, _) -> {
                    print.println(e.getMessage());
                    return 2;
                  })
              .execute(all.toArray(String[]::new));
      return new Ended(code, out.toString(UTF_8));
    } finally {
      System.setOut(before);
      System.setErr(beforeErr);
    }
  }

  private static String path(String hash, String name, long narSize) {
    return "{\"hash\":\"%s\",\"storePath\":\"/nix/store/%s-%s\",\"narSize\":%d,\"fileSize\":%d}"
        .formatted(hash, hash, name, narSize, narSize / 2);
  }

  private static String closure(String paths, String next, String absent) {
    return """
        {"paths":[%s],%s"count":2,"narSize":4096,"fileSize":2048,
         "missing":{"absent":[%s],"waiting":[],"rejected":[]},"complete":true}
        """
        .formatted(paths, next, absent);
  }

  @Test
  void printsAClosureOfSeveralParts() {
    answers.put(
        "/api/v1/closure/" + HELLO,
        closure(path(LIBC, "libc", 3072), "\"next\":\"" + LIBC + "\",", ""));
    answers.put(
        "/api/v1/closure/" + HELLO + "?after=" + LIBC, closure(path(HELLO, "hello", 1024), "", ""));
    assertThat(run(new ClosureCommand(), "/nix/store/" + HELLO + "-hello"))
        .isEqualTo(
            new Ended(
                0,
                """
                   3.0 KiB     1.5 KiB  /nix/store/%s-libc
                   1.0 KiB       512 B  /nix/store/%s-hello
                   4.0 KiB     2.0 KiB  2 paths, 0 missing
                """
                    .formatted(LIBC, HELLO)));
    assertThat(run(new ClosureCommand(), HELLO, "--json").output())
        .contains("-libc\"", "-hello\"", "\"narSize\" : 4096", "\"absent\" : [ ]");
  }

  @Test
  void saysWhatIsMissingOfAClosureByItsExitCodeToo() {
    answers.put(
        "/api/v1/closure/" + HELLO, closure(path(HELLO, "hello", 10), "", "\"" + LIBC + "-libc\""));
    Ended ended = run(new ClosureCommand(), HELLO);
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.output()).contains("absent    " + LIBC + "-libc", "1 missing");
  }

  @Test
  void takesAPathThatIsNotThereForOneThatIsMissing() {
    Ended ended = run(new ClosureCommand(), HELLO);
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.output())
        .contains("narthex: nothing here\n", "absent    " + HELLO, "0 paths, 1 missing");
  }

  @Test
  void saysThatSomeMayBeHidden() {
    answers.put(
        "/api/v1/referrers/" + LIBC + "?limit=100",
        found(path(HELLO, "hello", 10), "").replace("true", "false"));
    assertThat(run(new ReferrersCommand(), LIBC).output())
        .contains("05:00:00Z; those that you may not see are not among them\n")
        .doesNotContain("there are more");
  }

  @Test
  void saysWhyItCannot() {
    assertThat(run(new StatsCommand())).isEqualTo(new Ended(2, "nothing here\n"));
    assertThat(run(new ClosureCommand(), "nonsense").output()).contains("not a store path");
    answers.put("/api/v1/stats", "{\"asOf\":1}");
    assertThat(run(new StatsCommand()).output()).contains("not an answer that this narthex reads");
  }

  private static String found(String paths, String next) {
    return "{\"asOf\":\"2026-11-29T05:00:00Z\",\"paths\":[%s],%s\"complete\":true}"
        .formatted(paths, next);
  }

  @Test
  void searchesAsManyPartsAsTheLimitNeeds() {
    String first = "/api/v1/search?name=gtk%2B&limit=2";
    answers.put(first, found(path(LIBC, "gtk+", 10), "\"next\":\"" + LIBC + "-gtk+\","));
    answers.put(
        "/api/v1/search?name=gtk%2B&limit=1&after=" + LIBC + "-gtk+",
        found(path(HELLO, "my-gtk+", 10), "\"next\":\"" + HELLO + "-my-gtk+\","));
    Ended ended = run(new SearchCommand(), "gtk+", "--limit=2");
    assertThat(ended.code()).isZero();
    assertThat(ended.output())
        .contains("-gtk+\n", "-my-gtk+\n", "2 paths as of 2026-11-29T05:00:00Z; there are more");
    assertThat(asked).hasSize(2).first().isEqualTo(first);
  }

  @Test
  void printsReferrersOrThatThereAreNone() {
    answers.put("/api/v1/referrers/" + LIBC + "?limit=100", found(path(HELLO, "hello", 10), ""));
    answers.put("/api/v1/referrers/" + HELLO + "?limit=100", found("", ""));
    Ended some = run(new ReferrersCommand(), LIBC, "--json");
    assertThat(some.code()).isZero();
    assertThat(some.output()).contains("\"more\" : false", "-hello\"", "\"asOf\" : \"2026-11-29");
    assertThat(run(new ReferrersCommand(), HELLO).code()).isEqualTo(1);
  }

  @Test
  void printsStatistics() {
    String sum = "{\"paths\":2,\"narSize\":4096,\"fileSize\":2048}";
    String stats =
        """
        {"asOf":"2026-11-29T05:00:00Z","paths":2,"narSize":4096,"fileSize":2048,
         "verdicts":{"verified":2,"waiting":1,"rejected":0},"compression":{"xz":%s},
         "signers":{"key-1":%s},"uploaded":{"2026-11-28":%s}}
        """
            .formatted(sum, sum, sum);
    answers.put("/api/v1/stats", stats);
    assertThat(run(new StatsCommand(), "--json")).isEqualTo(new Ended(0, stats));
    assertThat(run(new StatsCommand()).output())
        .contains("as of 2026-11-29T05:00:00Z")
        .containsPattern("waiting +1\n")
        .containsPattern("  xz +2 +4.0 KiB +2.0 KiB\n")
        .containsPattern("  2026-11-28 +2 ");
  }
}
