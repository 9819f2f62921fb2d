package io.narthex.local.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.aws.s3.S3Access;
import io.narthex.aws.s3.S3Clients;
import io.narthex.aws.s3.StaticCredentials;
import io.narthex.cache.principal.Authentication.Refused;
import io.narthex.cache.read.Denial;
import io.narthex.cache.store.ObjectKey;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.S3Client;

/** What a host says of those whom its cache URL does not let read. */
class RefusedReadsTest {
  private static final String SECRET = "nxs_" + "s".repeat(43);
  private static final String CREDENTIALS =
      Base64.getEncoder().encodeToString(("nxt_" + "0".repeat(24) + ":" + SECRET).getBytes(UTF_8));
  private static final String CLOSED_NARS =
      """
      {"Version": "2012-10-17", "Statement": [
        {"Sid": "ReadPaths", "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
         "Resource": ["arn:aws:s3:::example-nix-cache/*.narinfo"]},
        {"Sid": "NarsAreClosed", "Effect": "Deny", "Principal": "*", "Action": "s3:GetObject",
         "Resource": "arn:aws:s3:::example-nix-cache/nar/*",
         "Condition": {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::123456789012:role/*"}}}]}
      """;

  @TempDir private Path data;

  @Test
  void aLineSaysWhoWasRefusedWhatAndByWhichStatement() throws IOException, InterruptedException {
    var store = new SampleStore(2);
    SamplePath path = store.path("hello-1.0");
    try (Running running = Running.in(data, store);
        S3Client admin = admin(running)) {
      running.upload(path);
      admin.putBucketPolicy(r -> r.bucket(Running.BUCKET).policy(CLOSED_NARS));
    }
    try (Running running = Running.in(data, store)) {
      assertThat(status(running, path.narInfoKey(), "")).isEqualTo(200);
      assertThat(running.lines()).isEmpty();
      assertThat(status(running, path.narKey(), "")).isEqualTo(404);
      assertThat(status(running, "nix-cache-info", "")).isEqualTo(404);
      assertThat(status(running, path.narInfoKey(), "Basic " + CREDENTIALS)).isEqualTo(401);
      assertThat(running.lines())
          .hasSize(3)
          .startsWith(
              "denied  anonymous  s3:GetObject " + path.narKey() + "  by statement NarsAreClosed",
              "denied  anonymous  s3:GetObject nix-cache-info  no statement allows it")
          .allSatisfy(line -> assertThat(line).doesNotContain(SECRET, CREDENTIALS));
      assertThat(running.lines().getLast()).startsWith("denied  bad credentials: ");
    }
  }

  private static int status(Running running, String key, String authorization)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(running.host.url().resolve("/" + key));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    }
  }

  private S3Client admin(Running running) {
    AccessKey key = LocalKeys.in(data, Running.BUCKET).accessKey(LocalAccount.ADMIN);
    return S3Clients.client(
        new S3Access(
            "us-east-1",
            Optional.of(running.host.s3Endpoint()),
            Optional.of(new StaticCredentials(key.id(), key.secret()))));
  }

  @ParameterizedTest
  @CsvSource({
    "EXPLICIT_DENY, by a statement without a Sid",
    "IMPLICIT_DENY, no statement allows it",
    "NO_POLICY, there is no bucket policy that can be understood",
    "PUBLIC_ACCESS_BLOCKED, Block Public Access is on",
    "UNKNOWN_ACCOUNT, principals.json does not name the account",
  })
  void saysWhatDecided(Denial.Kind kind, String text) {
    assertThat(RefusalText.of(denial("nar/x.nar", kind)))
        .isEqualTo("anonymous  s3:GetObject nar/x.nar  " + text);
  }

  @Test
  void whatACallerWritesBeginsNoLineAndCommandsNoTerminal() {
    assertThat(RefusalText.of(denial("log/a\nverified  b", Denial.Kind.IMPLICIT_DENY)))
        .contains("log/a?verified  b");
    assertThat(RefusalText.of(new Refused("issuer \u001b[2J\r\u009b1\u202e is unknown")))
        .isEqualTo("bad credentials: issuer ?[2J??1? is unknown");
  }

  @Test
  void inJsonItHasTheFieldsOfTheFunctionsLog() {
    var printed = new ByteArrayOutputStream();
    var json = new OutcomeJson(new PrintStream(printed, true, UTF_8));
    json.showDenied(denial("nar/x.nar", Denial.Kind.NO_POLICY), 404, "r-1");
    json.showUnauthenticated(new Refused("expired"), "r-2");
    assertThat(printed.toString(UTF_8).lines())
        .hasSize(2)
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .contains(
                        "\"event\":\"denied\",\"principal\":\"anonymous\","
                            + "\"action\":\"s3:GetObject\",\"key\":\"nar/x.nar\","
                            + "\"decision\":\"NO_POLICY\",\"statement\":null,\"status\":404"),
            line -> assertThat(line).contains("\"event\":\"unauthenticated\"", "\"expired\""));
  }

  private static Denial denial(String key, Denial.Kind kind) {
    return new Denial("anonymous", "s3:GetObject", new ObjectKey(key), kind, Optional.empty());
  }
}
