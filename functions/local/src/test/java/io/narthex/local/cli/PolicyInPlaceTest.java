package io.narthex.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.aws.s3.S3Access;
import io.narthex.aws.s3.S3Clients;
import io.narthex.aws.s3.StaticCredentials;
import io.narthex.testkit.SampleStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** {@code policy explain} and {@code check} of a host that runs here, and of a stack. */
final class PolicyInPlaceTest {
  private static final String BUCKET = "example-nix-cache";
  private static final String USER = "arn:aws:iam::123456789012:user/";
  private static final String STRANGER = "arn:aws:iam::444455556666:root";

  @TempDir private Path directory;

  private Path data() {
    return directory.resolve("data");
  }

  private Ended run(Map<String, String> environment, List<String> arguments)
      throws IOException, InterruptedException {
    try (var process = NarthexProcess.start(directory, environment, arguments)) {
      int code = process.exitCode();
      assertThat(process.output()).doesNotContain("\tat ");
      return new Ended(code, process.output());
    }
  }

  private Ended here(String... arguments) throws IOException, InterruptedException {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", data().toString()));
    return run(Map.of(), all);
  }

  private Ended explain(String principal, String... options)
      throws IOException, InterruptedException {
    var all = new ArrayList<>(List.of("policy", "explain", "--key", "nar/x"));
    all.addAll(List.of("--principal", principal));
    all.addAll(List.of(options));
    return here(all.toArray(String[]::new));
  }

  private NarthexProcess up() throws IOException, InterruptedException {
    NarthexProcess up =
        NarthexProcess.start(
            directory, "up", "--data", data().toString(), "--s3-port", "0", "--http-port", "0");
    assertThat(up.awaitFile(data().resolve("narthex.env"))).as(up.output()).isTrue();
    return up;
  }

  private void asAdministrator(Consumer<S3Client> change) throws IOException {
    List<String> lines = Files.readAllLines(data().resolve("aws-credentials"));
    int profile = lines.indexOf("[admin]");
    var pair =
        new StaticCredentials(
            lines.get(profile + 1).split(" = ")[1], lines.get(profile + 2).split(" = ")[1]);
    String endpoint = RunningHost.in(data()).variable("NARTHEX_S3");
    try (S3Client s3 =
        S3Clients.client(
            new S3Access("us-east-1", Optional.of(URI.create(endpoint)), Optional.of(pair)))) {
      change.accept(s3);
    }
  }

  @Test
  void decidesWithWhatTheHostKnowsOfItsUsers() throws IOException, InterruptedException {
    try (var _ = up()) {
      assertThat(here("user", "create", "writer", "--policy", "upload")).returns(0, Ended::code);
      assertThat(here("user", "create", "reader", "--tag", "team=a")).returns(0, Ended::code);
      Ended writer = explain(USER + "writer", "--action", "s3:PutObject");
      assertThat(writer).returns(0, Ended::code);
      assertThat(writer.output())
          .contains("the account's identity policies decide", "identity policy writer");
      assertThat(explain(USER + "cache-upload", "--action", "s3:PutObject"))
          .returns(0, Ended::code);
      assertThat(explain(USER + "reader", "--action", "s3:PutObject")).returns(1, Ended::code);
      assertThat(explain(USER + "nobody", "--action", "s3:PutObject")).returns(1, Ended::code);
      asAdministrator(
          s3 -> {
            var _ =
                s3.putBucketPolicy(
                    put ->
                        put.bucket(BUCKET)
                            .policy(
                                """
                                {"Statement":{"Sid":"TeamA","Effect":"Allow","Principal":"*",
                                 "Action":"s3:GetObject","Resource":"arn:aws:s3:::%s/*",
                                 "Condition":{"StringEquals":{"aws:PrincipalTag/team":"a"}}}}"""
                                    .formatted(BUCKET)));
          });
      assertThat(explain(USER + "reader"))
          .returns(0, Ended::code)
          .satisfies(ended -> assertThat(ended.output()).contains("Statement[0] TeamA"));
      assertThat(explain(USER + "writer", "--action", "s3:GetObjectTagging"))
          .returns(1, Ended::code);
      assertThat(explain(USER + "reader", "--context", "aws:PrincipalTag/team=b"))
          .returns(1, Ended::code);
    }
  }

  @Test
  void countsBlockPublicAccess() throws IOException, InterruptedException {
    try (var _ = up()) {
      asAdministrator(
          s3 -> {
            var _ =
                s3.putBucketPolicy(
                    put ->
                        put.bucket(BUCKET)
                            .policy(
                                """
                                {"Statement":{"Effect":"Allow","Principal":"*",
                                 "Action":"s3:GetObject","Resource":"arn:aws:s3:::%s/*"}}"""
                                    .formatted(BUCKET)));
          });
      Path all =
          Files.writeString(
              directory.resolve("all.json"),
              "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}}");
      assertThat(explain("anonymous")).returns(0, Ended::code);
      assertThat(explain(STRANGER, "--identity-policy", all.toString())).returns(0, Ended::code);
      asAdministrator(
          s3 -> {
            var _ =
                s3.putPublicAccessBlock(
                    put ->
                        put.bucket(BUCKET)
                            .publicAccessBlockConfiguration(
                                block -> block.restrictPublicBuckets(true)));
          });
      assertThat(explain("anonymous"))
          .returns(1, Ended::code)
          .satisfies(ended -> assertThat(ended.output()).contains("Block Public Access"));
      assertThat(explain(STRANGER, "--identity-policy", all.toString())).returns(1, Ended::code);
      assertThat(explain(USER + "ann")).returns(0, Ended::code);
    }
  }

  @Test
  void checksThePolicyThatIsInPlace() throws IOException, InterruptedException {
    try (var _ = up()) {
      assertThat(here("policy", "check")).returns(0, Ended::code);
      asAdministrator(
          s3 -> {
            var _ = s3.deleteBucketPolicy(delete -> delete.bucket(BUCKET));
          });
      assertThat(here("policy", "check"))
          .returns(2, Ended::code)
          .satisfies(ended -> assertThat(ended.output()).contains("has no policy"));
      assertThat(explain("anonymous"))
          .isEqualTo(new Ended(1, "IMPLICIT_DENY: nothing allows it\n"));
      Files.writeString(data().resolve("operator-key"), "0".repeat(64));
      assertThat(here("policy", "check"))
          .isEqualTo(new Ended(2, "narthex: not the operator key of this host\n"));
    }
    assertThat(here("policy", "check"))
        .returns(2, Ended::code)
        .satisfies(ended -> assertThat(ended.output()).contains("narthex up"));
  }

  @Test
  void findsTheBucketOfAStackAndItsAccount() throws IOException, InterruptedException {
    Path s3 = Files.createDirectory(directory.resolve("s3"));
    try (var stack = SampleDeployment.start(s3, new SampleStore(1))) {
      var question =
          List.of("policy", "explain", "--stack", "narthex", "--action", "s3:ListBucket", "--json");
      assertThat(run(stack.environment("operator"), question)).returns(0, Ended::code);
      stack.restrictPublicBuckets();
      assertThat(run(stack.environment("operator"), question))
          .returns(1, Ended::code)
          .satisfies(
              ended ->
                  assertThat(ended.output())
                      .startsWith("{\"decision\":\"IMPLICIT_DENY\",\"reason\":\"the bucket policy")
                      .contains("Block Public Access", "\"statement\":null"));
      var own = new ArrayList<>(question);
      own.addAll(List.of("--principal", "arn:aws:iam::111122223333:user/ann"));
      assertThat(run(stack.environment("operator"), own)).returns(0, Ended::code);
      assertThat(
              run(stack.environment("operator"), List.of("policy", "check", "--stack", "narthex")))
          .returns(0, Ended::code);
      assertThat(run(stack.environment("uploader"), question))
          .returns(2, Ended::code)
          .satisfies(ended -> assertThat(ended.output()).contains("cannot be had"));
    }
  }
}
