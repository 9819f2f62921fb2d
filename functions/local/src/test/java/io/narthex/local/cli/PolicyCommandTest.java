package io.narthex.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PolicyCommandTest {
  private static final String ANN = "arn:aws:iam::111122223333:user/ann";

  @TempDir private Path directory;
  private Path policy;

  /** How a command ended. */
  private record Ended(int code, String output) {}

  @BeforeEach
  void writePolicy() throws IOException {
    policy =
        Files.writeString(
            directory.resolve("policy.json"),
            """
            {"Version":"2012-10-17","Statement":[
             {"Sid":"Team","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:user/ann"},
              "Action":"s3:GetObject","Resource":"arn:aws:s3:::cache/nar/*",
              "Condition":{"StringEquals":{"s3:ExistingObjectTag/nix-verdict":"verified"}}},
             {"Effect":"Deny","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::cache/*",
              "Condition":{"IpAddress":{"aws:SourceIp":"192.0.2.0/24"}}}]}""");
  }

  @Test
  void explainsWhoMayAndWhoMayNot() throws IOException, InterruptedException {
    Ended allowed = explain("--principal", ANN, "--tag", "nix-verdict=verified");
    assertThat(allowed)
        .isEqualTo(
            new Ended(
                0,
                """
                ALLOW: the bucket policy allows it
                decided by bucket policy, Statement[0] Team
                  bucket policy, Statement[0] Team (Allow): applies
                  bucket policy, Statement[1] (Deny): Condition IpAddress aws:SourceIp: absent, wanted \
                192.0.2.0/24
                """));
    assertThat(explain("--principal", ANN))
        .isEqualTo(
            new Ended(
                1,
                """
                IMPLICIT_DENY: nothing allows it
                  bucket policy, Statement[0] Team (Allow): Condition StringEquals \
                s3:ExistingObjectTag/nix-verdict: absent, wanted verified
                  bucket policy, Statement[1] (Deny): Condition IpAddress aws:SourceIp: absent, wanted \
                192.0.2.0/24
                """));
    Ended json =
        explain(
            "--principal",
            ANN,
            "--tag",
            "nix-verdict=verified",
            "--context",
            "aws:SourceIp=192.0.2.7",
            "--json");
    assertThat(json.code()).isEqualTo(1);
    assertThat(json.output())
        .startsWith(
            """
            {"decision":"EXPLICIT_DENY","reason":"an explicit Deny applies","statement":\
            {"identityPolicy":null,"index":1,"sid":null},"statements":[""")
        .endsWith("]}\n");
  }

  @Test
  void asksIdentityPoliciesOfOtherAccounts() throws IOException, InterruptedException {
    Path held =
        Files.writeString(
            directory.resolve("mine.json"),
            """
            {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}}""");
    String account = "444455556666";
    Ended without =
        explain("--principal", ANN, "--tag", "nix-verdict=verified", "--account", account);
    assertThat(without.code()).isEqualTo(1);
    assertThat(without.output()).contains("cross-account: no identity policy allows it");
    Ended with =
        explain(
            "--principal",
            ANN,
            "--tag",
            "nix-verdict=verified",
            "--account",
            account,
            "--identity-policy",
            held.toString());
    assertThat(with.code()).isZero();
    assertThat(with.output()).contains("identity policy mine, Statement[0] (Allow): applies");
  }

  @Test
  void asksS3ForThePolicyOfABucket() throws IOException, InterruptedException {
    HttpServer s3 =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    s3.createContext("/cache", exchange -> answer(exchange, 200, Files.readString(policy)));
    s3.createContext(
        "/bare",
        exchange -> answer(exchange, 404, "<Error><Code>NoSuchBucketPolicy</Code></Error>"));
    s3.start();
    try {
      String endpoint = "http://127.0.0.1:" + s3.getAddress().getPort();
      Ended cache = ask(endpoint, "cache");
      assertThat(cache.output()).startsWith("ALLOW: the bucket policy allows it\n");
      assertThat(cache.code()).isZero();
      assertThat(ask(endpoint, "bare"))
          .isEqualTo(new Ended(1, "IMPLICIT_DENY: nothing allows it\n"));
    } finally {
      s3.stop(0);
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      boolean isAsked = "policy".equals(exchange.getRequestURI().getRawQuery());
      byte[] bytes =
          (isAsked ? body : "<Error><Code>NoSuchPublicAccessBlockConfiguration</Code></Error>")
              .getBytes(UTF_8);
      exchange.sendResponseHeaders(isAsked ? status : 404, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private Ended ask(String endpoint, String bucket) throws IOException, InterruptedException {
    String call =
        "policy explain --endpoint %s --principal %s --key nar/x --tag nix-verdict=verified %s"
            .formatted(endpoint, ANN, bucket);
    var environment = Map.of("AWS_ACCESS_KEY_ID", "A", "AWS_SECRET_ACCESS_KEY", "s");
    try (var process = NarthexProcess.start(directory, environment, List.of(call.split(" ", -1)))) {
      return new Ended(process.exitCode(), process.output());
    }
  }

  @Test
  void saysBadInputInALine() throws IOException, InterruptedException {
    for (String[] arguments :
        new String[][] {
          {"policy", "explain", policy.toString()},
          {"policy", "explain", "--bucket", "cache", "--principal", "ann", policy.toString()},
          {"policy", "explain"},
          {"policy", "check"},
          {"policy", "explain", "--data", directory.toString(), policy.toString()},
          {"policy", "explain", "--data", directory.toString(), "--stack", "narthex"},
          {"policy", "check", "--stack", "narthex", policy.toString()},
          {"policy", "check", "--data", directory.toString(), "--bucket", "cache"},
          {"policy", "check", "--data", directory.resolve("none").toString()},
          {"policy", "explain", "--batch", "--data", directory.toString()},
          {"policy", "explain", "--batch", directory.resolve("none").toString()},
          {"policy", "check", directory.resolve("none").toString()}
        }) {
      Ended ended = run(arguments);
      assertThat(ended.code()).isEqualTo(2);
      assertThat(ended.output()).startsWith("narthex: ").hasLineCount(1);
    }
  }

  @Test
  void checksWhatS3WouldTake() throws IOException, InterruptedException {
    assertThat(run("policy", "check", policy.toString(), "--bucket", "cache"))
        .isEqualTo(new Ended(0, ""));
    assertThat(run("policy", "check", policy.toString(), "--bucket", "other"))
        .isEqualTo(
            new Ended(
                1,
                """
                rejected        Statement[0].Resource: Policy has invalid resource
                rejected        Statement[1].Resource: Policy has invalid resource
                """));
    Path open = directory.resolve("open.json");
    Files.writeString(
        open,
        """
        {"Statement":{"Effect":"Allow","Principal":"*","Action":"s3:ListBucket","Resource":"arn:aws:s3:::cache"}}""");
    Ended risky = run("policy", "check", "--json", open.toString());
    assertThat(risky.code()).isZero();
    assertThat(risky.output())
        .startsWith("[{\"kind\":\"risky\",\"where\":\"Statement[0].Principal\",");
  }

  @Test
  void decidesBatchesFromAFile() throws IOException, InterruptedException {
    String line =
        """
        {"id":1,"account":"111122223333","action":"s3:GetObject","resource":"arn:aws:s3:::cache/k"}
        """;
    Path good = Files.writeString(directory.resolve("good.jsonl"), line);
    assertThat(run("policy", "explain", "--batch", good.toString()))
        .isEqualTo(new Ended(0, "{\"id\":1,\"decision\":\"IMPLICIT_DENY\",\"statement\":null}\n"));
    Path bad = Files.writeString(directory.resolve("bad.jsonl"), "{}\n" + line);
    assertThat(run("policy", "explain", "--batch", bad.toString()))
        .isEqualTo(
            new Ended(
                2,
                """
                {"id":null,"error":"no account"}
                {"id":1,"decision":"IMPLICIT_DENY","statement":null}
                """));
  }

  private Ended explain(String... options) throws IOException, InterruptedException {
    String[] arguments = new String[options.length + 7];
    System.arraycopy(
        new String[] {
          "policy", "explain", policy.toString(), "--bucket", "cache", "--key", "nar/x"
        },
        0,
        arguments,
        0,
        7);
    System.arraycopy(options, 0, arguments, 7, options.length);
    return run(arguments);
  }

  private Ended run(String... arguments) throws IOException, InterruptedException {
    try (var process = NarthexProcess.start(directory, arguments)) {
      return new Ended(process.exitCode(), process.output());
    }
  }
}
