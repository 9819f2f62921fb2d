package io.narthex.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.narthex.nix.codec.Compression;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditCommandTest {
  private final SampleStore samples = new SampleStore(7);
  private SamplePath base = samples.path("base");
  private SamplePath top = samples.path("top", base.storePath());
  private SamplePath apart = samples.path("apart");

  @TempDir Path directory;

  @BeforeEach
  void write() throws IOException {
    for (SamplePath path : List.of(base, top, apart)) {
      write(path);
    }
  }

  private void write(SamplePath path) throws IOException {
    Files.createDirectories(cache().resolve("nar"));
    Files.write(cache().resolve(path.narKey()), path.file());
    Files.write(cache().resolve(path.narInfoKey()), path.narInfoBytes());
  }

  private Path cache() {
    return directory.resolve("cache");
  }

  private record Said(int code, String out, String err) {
    List<JsonNode> json() throws IOException {
      List<JsonNode> all = new ArrayList<>();
      for (String line : out.lines().toList()) {
        all.add(new JsonMapper().readTree(line));
      }
      return all;
    }
  }

  private Said audit(String... options) {
    var arguments =
        new ArrayList<>(
            List.of(
                "audit",
                "file://" + cache(),
                "--trusted-public-key",
                samples.publicKey().toString(),
                "--scratch",
                directory.toString()));
    arguments.addAll(List.of(options));
    return run(arguments);
  }

  private static Said run(List<String> arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    PrintStream outBefore = System.out;
    PrintStream errBefore = System.err;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      String[] all = arguments.toArray(new String[0]);
      int code = Narthex.commandLine(all).execute(all);
      return new Said(
          code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(outBefore);
      System.setErr(errBefore);
    }
  }

  @Test
  void aSoundCacheIsZero() {
    Said said = audit();
    assertThat(said.err()).contains("xz by ").contains("trusting sample-1");
    assertThat(said.out()).contains("3 paths: 3 verified, 0 rejected");
    assertThat(said.code()).isZero();
  }

  @Test
  void findingsAreOneAndSaidInJsonAndInTheReport() throws IOException {
    Files.write(cache().resolve(base.narKey()), apart.file());
    Path report = directory.resolve("report");
    Said said = audit("--json", "--report", report.toString());
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.json())
        .extracting(path -> path.path("verdict").textValue())
        .containsExactlyInAnyOrder("rejected", "waiting", "verified");
    JsonNode json = new JsonMapper().readTree(report.resolve("report.json").toFile());
    assertThat(json.path("summary").path("rejected").intValue()).isEqualTo(1);
    assertThat(json.path("paths").size()).isEqualTo(2);
    assertThat(json.path("missing").path(0).path("why").textValue()).isEqualTo("rejected");
  }

  @Test
  void warningsFailOnlyIfTheyAreTo() throws IOException {
    SamplePath quiet =
        samples.of(
            samples.storePath("quiet"),
            SampleStore.directory("/nix/store/" + base.storePath() + "/run"),
            Compression.XZ,
            List.of());
    write(quiet.with(samples.signed(quiet.narInfo())));
    assertThat(audit().out()).contains("warning: undeclared-references");
    assertThat(audit().code()).isZero();
    assertThat(audit("--fail-on", "warning").code()).isEqualTo(1);
    assertThat(audit("--undeclared", "reject").code()).isEqualTo(1);
  }

  @Test
  void aQuickAuditVerifiesNothingAndIsZeroIfNothingIsWrong() throws IOException {
    Said said = audit("--quick", "--json");
    assertThat(said.code()).isZero();
    assertThat(said.json())
        .extracting(path -> path.path("verdict").textValue())
        .containsOnly("unchecked");
    Files.delete(cache().resolve(base.narKey()));
    assertThat(audit("--quick").code()).isEqualTo(1);
  }

  @Test
  void aClosureIsThePathAndWhatItNeeds() throws IOException {
    Said said = audit("--json", "--closure", "/nix/store/" + top.storePath());
    assertThat(said.json())
        .extracting(path -> path.path("hash").textValue())
        .containsExactlyInAnyOrder(top.storePath().hash().nix32(), base.storePath().hash().nix32());
  }

  @Test
  void namedPathsAreThoseAndOneThatIsNotThereIsMissed() throws IOException {
    Path list = directory.resolve("list");
    String absent = "/nix/store/" + samples.storePath("absent");
    Files.writeString(list, "/nix/store/" + top.storePath() + "\n\n" + absent + "\n");
    Said said = audit("--json", "--paths", list.toString());
    assertThat(said.json())
        .extracting(path -> path.path("verdict").textValue())
        .containsExactlyInAnyOrder("verified", "waiting");
    assertThat(said.code()).isEqualTo(1);
  }

  @Test
  void aSampleIsSoMany() throws IOException {
    Said said = audit("--json", "--sample", "2");
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(said.json()).hasSize(2);
  }

  @Test
  void aFolderThatIsNoCacheIsTwo() throws IOException {
    Path empty = Files.createDirectory(directory.resolve("empty"));
    Said said = run(List.of("audit", "file://" + empty));
    assertThat(said.err()).contains("no path was audited");
    assertThat(said.code()).isEqualTo(2);
  }

  @Test
  void aStateIsGoneOnFrom() throws IOException {
    String state = directory.resolve("state").toString();
    assertThat(audit("--state", state).code()).isZero();
    long size = Files.size(Path.of(state));
    assertThat(audit("--state", state).code()).isZero();
    assertThat(Files.size(Path.of(state))).isEqualTo(size);
    Files.write(cache().resolve(apart.narKey()), base.file());
    assertThat(audit("--state", state).code()).isEqualTo(1);
  }

  @Test
  void aStateIsOfOneCache() throws IOException {
    Path state = directory.resolve("state");
    assertThat(audit("--state", state.toString()).code()).isZero();
    byte[] kept = Files.readAllBytes(state);
    Path other = Files.createDirectory(directory.resolve("other"));
    Said said = run(List.of("audit", "file://" + other, "--state", state.toString()));
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains(state + " is the state of an audit of file://" + cache());
    assertThat(state).hasBinaryContent(kept);
  }

  @Test
  void whatCannotRunIsTwo() {
    List<List<String>> wrong =
        List.of(
            List.of("audit", "file:///no/such/directory"),
            List.of("audit", "file://" + cache(), "--no-such-option"),
            List.of("audit", "file://" + cache(), "--paths", "x", "--sample", "3"),
            List.of("audit", "file://" + cache(), "--apply"),
            List.of("audit", "s3://bucket", "--apply", "--quick"),
            List.of("audit", "file://" + cache(), "--paths", directory + "/none"),
            List.of("audit", "file://" + cache(), "--closure", "nonsense"));
    for (List<String> arguments : wrong) {
      assertThat(run(arguments).code()).as(arguments.toString()).isEqualTo(2);
    }
  }
}
