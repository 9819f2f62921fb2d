package io.narthex.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.local.s3.EmbeddedS3;
import io.narthex.local.s3.EmbeddedS3Config;
import io.narthex.local.s3.auth.S3User;
import io.narthex.local.s3.auth.SecretKey;
import io.narthex.policy.AccountId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code up --endpoint}, with an embedded endpoint of another process in the place of a store. */
final class UpElsewhereTest {
  private static final String ACCOUNT = "123456789012";
  private static final String ANN = "arn:aws:iam::" + ACCOUNT + ":user/ann";
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

  @TempDir private Path directory;
  private EmbeddedS3 store;

  @BeforeEach
  void startTheStore() {
    List<S3User> users =
        List.of(
            new S3User(
                "OWNER", new SecretKey(SECRET), "arn:aws:iam::" + ACCOUNT + ":root", List.of()),
            new S3User("ANN", new SecretKey(SECRET), ANN, List.of()));
    store =
        EmbeddedS3.start(
            new EmbeddedS3Config(
                directory.resolve("s3"), 0, new AccountId(ACCOUNT), users, _ -> {}));
    store.createBucket("cache", true);
    store.createBucket("cache-state", false);
    store.putBucketPolicy(
        "cache",
        """
        {"Statement":{"Sid":"Ann","Effect":"Allow","Principal":{"AWS":"%s"},"Action":"s3:GetObject",
         "Resource":"arn:aws:s3:::cache/*"}}"""
            .formatted(ANN));
  }

  @AfterEach
  void stopTheStore() {
    store.close();
  }

  private static Map<String, String> as(String user) {
    return Map.of(
        "AWS_ACCESS_KEY_ID",
        user,
        "AWS_SECRET_ACCESS_KEY",
        SECRET,
        "AWS_EC2_METADATA_DISABLED",
        "true",
        "AWS_REGION",
        "us-east-1");
  }

  private Path data() {
    return directory.resolve("data");
  }

  private NarthexProcess up(String... options) throws IOException, InterruptedException {
    var arguments =
        new ArrayList<>(
            List.of("up", "--data", data().toString(), "--http-port", "0", "--bucket", "cache"));
    arguments.addAll(List.of("--endpoint", store.endpoint().toString()));
    arguments.addAll(List.of(options));
    NarthexProcess up = NarthexProcess.start(directory, as("OWNER"), arguments);
    assertThat(up.awaitFile(data().resolve("narthex.env"))).as(up.output()).isTrue();
    return up;
  }

  private Ended run(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    try (var process = NarthexProcess.start(directory, environment, List.of(arguments))) {
      int code = process.exitCode();
      assertThat(process.output()).doesNotContain("\tat ");
      return new Ended(code, process.output());
    }
  }

  private String netrc() {
    return directory.resolve("netrc").toString();
  }

  private String cacheUrl() {
    return RunningHost.in(data()).url().toString();
  }

  @Test
  void exchangesTheTokensOfIssuersForSuchThatLetIn() throws IOException, InterruptedException {
    try (var issuer = Issuer.start();
        var up = up()) {
      Path principals =
          Files.writeString(
              directory.resolve("principals.json"),
              """
              {"issuers": [{"url": "%s", "audiences": ["%s"],
                "mappings": [{"claims": {"sub": "ann"}, "principal": "%s"}]}]}"""
                  .formatted(issuer.url(), cacheUrl(), ANN));
      String data = data().toString();
      assertThat(run(as("OWNER"), "principals", "set", principals.toString(), "--data", data))
          .returns(0, Ended::code);
      Ended exchanged =
          run(
              Map.of("NARTHEX_OIDC_TOKEN", issuer.token(cacheUrl(), "ann")),
              "token",
              "exchange",
              "--cache",
              cacheUrl(),
              "--netrc",
              netrc());
      assertThat(exchanged).as(up.output()).returns(0, Ended::code);
      assertThat(Files.readString(Path.of(netrc()))).contains("machine 127.0.0.1", "nxt_");
      assertThat(run(Map.of(), "token", "list", "--data", data).output()).contains("active", ANN);
      assertThat(
              run(
                      Map.of("NARTHEX_OIDC_TOKEN", issuer.token(cacheUrl(), "ben")),
                      "token",
                      "exchange",
                      "--cache",
                      cacheUrl(),
                      "--print")
                  .output())
          .contains("answers 401");
    }
  }

  @Test
  void saysThatNobodyLogsInWithoutAnSts() throws IOException, InterruptedException {
    try (var up = up()) {
      assertThat(up.output()).contains("Nobody can log in with AWS credentials", "--sts");
      assertThat(run(as("ANN"), "login", "--data", data().toString(), "--netrc", netrc()))
          .returns(2, Ended::code)
          .satisfies(ended -> assertThat(ended.output()).contains("no STS", "--sts URL"));
      assertThat(run(as("ANN"), "login", "--cache", cacheUrl(), "--netrc", netrc()))
          .returns(2, Ended::code)
          .satisfies(
              ended ->
                  assertThat(ended.output())
                      .contains("answers 501", "no STS", "narthex token create"));
      assertThat(Path.of(netrc())).doesNotExist();
    }
  }

  @Test
  void asksTheStsThatIsNamedAboutWhoLogsIn() throws IOException, InterruptedException {
    try (var up = up("--sts", store.endpoint().toString())) {
      assertThat(up.output()).doesNotContain("Nobody can log in");
      assertThat(run(as("ANN"), "login", "--data", data().toString(), "--netrc", netrc()))
          .returns(0, Ended::code)
          .satisfies(ended -> assertThat(ended.output()).contains(ANN));
    }
  }

  @Test
  void findsTheStsInTheProfile() throws IOException, InterruptedException {
    Path config =
        Files.writeString(
            directory.resolve("config"),
            """
            [profile ann]
            region = us-east-1
            aws_access_key_id = ANN
            aws_secret_access_key = %s
            endpoint_url = http://127.0.0.1:1
            services = here

            [services here]
            sts =
              endpoint_url = %s
            """
                .formatted(SECRET, store.endpoint()));
    Map<String, String> environment =
        Map.of(
            "AWS_CONFIG_FILE", config.toString(),
            "AWS_SHARED_CREDENTIALS_FILE", directory.resolve("none").toString());
    try (var _ = up("--sts", store.endpoint().toString())) {
      assertThat(
              run(
                  environment,
                  "login",
                  "--profile",
                  "ann",
                  "--cache",
                  cacheUrl(),
                  "--netrc",
                  netrc()))
          .returns(0, Ended::code)
          .satisfies(ended -> assertThat(ended.output()).contains(ANN));
    }
  }

  @Test
  void explainsThePolicyOfTheStore() throws IOException, InterruptedException {
    try (var _ = up()) {
      String[] question = {
        "policy", "explain", "--data", data().toString(), "--key", "nar/x", "--principal", ANN
      };
      assertThat(run(Map.of(), question))
          .returns(0, Ended::code)
          .satisfies(
              ended -> assertThat(ended.output()).contains("bucket policy, Statement[0] Ann"));
    }
  }
}
