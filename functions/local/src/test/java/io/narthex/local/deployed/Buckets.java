package io.narthex.local.deployed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Locale.ROOT;
import static java.util.Objects.requireNonNull;

import io.narthex.aws.s3.S3Access;
import io.narthex.aws.s3.S3Clients;
import io.narthex.aws.s3.S3ObjectStore;
import io.narthex.aws.s3.S3VersionedStore;
import io.narthex.aws.s3.StaticCredentials;
import io.narthex.cache.provision.Provisioning;
import io.narthex.cache.settings.Settings;
import io.narthex.local.s3.EmbeddedS3;
import io.narthex.local.s3.EmbeddedS3Config;
import io.narthex.local.s3.auth.S3User;
import io.narthex.local.s3.auth.SecretKey;
import io.narthex.nix.signature.PublicKey;
import io.narthex.policy.AccountId;
import io.narthex.policy.MalformedPolicyException;
import io.narthex.policy.PolicyDocument;
import io.narthex.testkit.SamplePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The two buckets of a cache on an S3 endpoint with the policies of {@code infra/}, where nobody
 * but the test hears of events.
 */
final class Buckets implements AutoCloseable {
  private static final String CACHE = "example-nix-cache";
  private static final String STATE = "example-nix-cache-state";
  private static final String ACCOUNT = "111122223333";
  private static final String REGION = "eu-west-2";
  private static final String UPLOAD = "upload";
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

  private final EmbeddedS3 server;
  private final S3Client uploader;

  private Buckets(Path directory) {
    List<S3User> users =
        Stream.concat(
                Stream.of(UPLOAD),
                Stream.of(DeployedFunction.values()).map(DeployedFunction::policy))
            .map(Buckets::role)
            .toList();
    server =
        EmbeddedS3.start(
            new EmbeddedS3Config(directory, 0, new AccountId(ACCOUNT), users, _ -> {}));
    server.createBucket(CACHE, true);
    server.createBucket(STATE, false);
    server.putBucketPolicy(CACHE, policy("bucket-policy"));
    uploader = client(UPLOAD);
  }

  /** Provisioned, to trust a key. */
  static Buckets start(Path directory, PublicKey trusted) {
    var buckets = new Buckets(directory);
    try (S3Client client = buckets.client(DeployedFunction.PROVISION.policy())) {
      new Provisioning(new S3VersionedStore(client, CACHE), new S3ObjectStore(client, STATE))
          .provision(Settings.trusting(List.of(trusted)));
    }
    return buckets;
  }

  private static S3User role(String name) {
    try {
      return new S3User(
          keyId(name),
          new SecretKey(SECRET),
          "arn:aws:sts::%s:assumed-role/narthex-%s/session".formatted(ACCOUNT, name),
          List.of(PolicyDocument.parseIdentityPolicy(policy(name))));
    } catch (MalformedPolicyException e) {
      throw new IllegalStateException(name, e);
    }
  }

  private static String keyId(String role) {
    return role.toUpperCase(ROOT);
  }

  private static String policy(String name) {
    String resource = "/policies/" + name + ".json";
    try (InputStream in = requireNonNull(Buckets.class.getResourceAsStream(resource), resource)) {
      String role = "arn:aws:iam::" + ACCOUNT + ":role/narthex-";
      return new String(in.readAllBytes(), UTF_8)
          .replace("@CacheBucket@", CACHE)
          .replace("@StateBucket@", STATE)
          .replace("@ValidateRole@", role + "validate")
          .replace("@ProvisionRole@", role + DeployedFunction.PROVISION.policy());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private S3Client client(String role) {
    return S3Clients.client(
        new S3Access(
            REGION,
            Optional.of(server.endpoint()),
            Optional.of(new StaticCredentials(keyId(role), SECRET))));
  }

  /** What a function is told of them; the credentials are those of its role. */
  Map<String, String> environment(DeployedFunction function) {
    return Map.of(
        "AWS_REGION", REGION,
        "AWS_ACCESS_KEY_ID", keyId(function.policy()),
        "AWS_SECRET_ACCESS_KEY", SECRET,
        "NARTHEX_ACCOUNT", ACCOUNT,
        "NARTHEX_CACHE_BUCKET", CACHE,
        "NARTHEX_STATE_BUCKET", STATE,
        "NARTHEX_S3_ENDPOINT", server.endpoint().toString());
  }

  /** Uploads NAR and narinfo, in the order of a client. */
  void upload(SamplePath path) {
    put(path.narKey(), path.file());
    put(path.narInfoKey(), path.narInfoBytes());
  }

  private void put(String key, byte[] bytes) {
    uploader.putObject(put -> put.bucket(CACHE).key(key), RequestBody.fromBytes(bytes));
  }

  @Override
  public void close() {
    uploader.close();
    server.close();
  }
}
