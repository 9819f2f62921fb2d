package io.narthex.local.doors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import io.narthex.aws.s3.S3Access;
import io.narthex.aws.s3.S3Clients;
import io.narthex.aws.s3.S3ObjectStore;
import io.narthex.aws.s3.S3VersionedStore;
import io.narthex.aws.s3.StaticCredentials;
import io.narthex.cache.principal.Admittance;
import io.narthex.cache.principal.StoredPrincipals;
import io.narthex.cache.principal.Tokens;
import io.narthex.cache.provision.Provisioning;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.store.NewObject;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.Tags;
import io.narthex.local.s3.EmbeddedS3;
import io.narthex.local.s3.EmbeddedS3Config;
import io.narthex.local.s3.auth.S3User;
import io.narthex.local.s3.auth.SecretKey;
import io.narthex.policy.AccountId;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * One cache bucket with an S3 endpoint in front of it, and the serving function: everybody has an
 * access key for the one and a token for the other.
 */
final class TwoDoors implements AutoCloseable {
  static final String BUCKET = "example-nix-cache";

  private static final String STATE = "example-nix-cache-state";
  private static final String REGION = "us-east-1";
  private static final String ROOT = "arn:aws:iam::" + Person.ACCOUNT + ":root";

  private final EmbeddedS3 endpoint;
  private final Map<String, S3Client> clients;
  private final S3Client nobody;
  private final Map<String, String> authorizations;
  private final S3VersionedStore objects;

  TwoDoors(Path data) {
    List<S3User> users = new ArrayList<>(Person.all().stream().map(Person::user).toList());
    users.add(Person.serve());
    users.add(new S3User("AKroot", new SecretKey("secret-root"), ROOT, List.of()));
    endpoint =
        EmbeddedS3.start(
            new EmbeddedS3Config(data, 0, new AccountId(Person.ACCOUNT), users, event -> {}));
    endpoint.createBucket(BUCKET, true);
    endpoint.createBucket(STATE, false);
    clients =
        Person.all().stream()
            .collect(toMap(Person::name, person -> S3Clients.client(access(person.name()))));
    nobody =
        S3Client.builder()
            .region(Region.of(REGION))
            .endpointOverride(endpoint.endpoint())
            .forcePathStyle(true)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .httpClient(UrlConnectionHttpClient.create())
            .build();
    S3Client root = S3Clients.client(access("root"));
    objects = new S3VersionedStore(root, BUCKET);
    authorizations = tokens(new S3ObjectStore(root, STATE));
  }

  private Map<String, String> tokens(S3ObjectStore state) {
    new Provisioning(objects, state).provision(Settings.trusting(List.of()));
    String accounts = "{\"accounts\": {\"%s\": {}}}".formatted(Person.OTHER_ACCOUNT);
    var _ =
        state.putIfAbsent(
            new ObjectKey("principals.json"),
            NewObject.of(accounts.getBytes(UTF_8), "application/json"));
    Clock clock = Clock.systemUTC();
    var principals = new StoredPrincipals(state, problem -> {}, clock);
    var tokens = new Tokens(state, new Admittance(Person.ACCOUNT, principals), clock);
    return Person.all().stream()
        .collect(toMap(Person::name, person -> ApiDoor.basic(tokens.create(person.grant()))));
  }

  private S3Access access(String name) {
    return new S3Access(
        REGION,
        Optional.of(endpoint.endpoint()),
        Optional.of(new StaticCredentials("AK" + name, "secret-" + name)));
  }

  /** Puts an object with these tags, verified. */
  void put(String key, Map<String, String> tags) {
    Tags verified = new Tags(tags).with("nix-verdict", "verified");
    var _ =
        objects.putIfAbsent(
            new ObjectKey(key), NewObject.of(key.getBytes(UTF_8), "text/plain").tagged(verified));
  }

  /** Sets the policy of the bucket. */
  void policy(String json) {
    endpoint.putBucketPolicy(BUCKET, json);
  }

  /** Whether the S3 endpoint lets somebody read; nobody in particular without a person. */
  boolean s3Allows(Optional<Person> person, String key) {
    S3Client client = person.map(Person::name).map(clients::get).orElse(nobody);
    try {
      var _ = client.headObject(request -> request.bucket(BUCKET).key(key));
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() != 403) {
        throw e;
      }
      return false;
    }
  }

  /** The serving function as it starts now, with nothing in memory. */
  ApiDoor api() {
    URI url = endpoint.endpoint();
    return ApiDoor.of(
        Map.of(
            "AWS_REGION",
            REGION,
            "NARTHEX_CACHE_BUCKET",
            BUCKET,
            "NARTHEX_STATE_BUCKET",
            STATE,
            "NARTHEX_ACCOUNT",
            Person.ACCOUNT,
            "NARTHEX_S3_ENDPOINT",
            url.toString(),
            "NARTHEX_S3_ACCESS_KEY_ID",
            "AKserve",
            "NARTHEX_S3_SECRET_ACCESS_KEY",
            "secret-serve"),
        person -> authorizations.getOrDefault(person.name(), ""));
  }

  @Override
  public void close() {
    clients.values().forEach(S3Client::close);
    nobody.close();
    endpoint.close();
  }
}
