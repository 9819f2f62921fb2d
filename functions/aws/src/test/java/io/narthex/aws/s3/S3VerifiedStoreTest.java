package io.narthex.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.store.ETag;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.StoredObject;
import io.narthex.cache.store.VersionId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

class S3VerifiedStoreTest {
  private static final S3Access ACCESS =
      new S3Access(
          "eu-west-2",
          Optional.of(URI.create("http://127.0.0.1:1")),
          Optional.of(new StaticCredentials("AKIDEXAMPLE", "secret")));
  private static final Duration VALIDITY = Duration.ofMinutes(1);

  @ParameterizedTest
  @ValueSource(strings = {"3sL4kqtJlcpXroDTDmJ+rmSpXd3dIbrHY", "null"})
  void namesTheVersionInUrls(String version) {
    var found =
        new StoredObject(
            new ObjectKey("nar/x.nar"),
            new VersionId(version),
            new ETag("e"),
            1,
            Instant.EPOCH,
            Optional.empty(),
            Optional.empty());
    try (S3Client s3 = S3Clients.client(ACCESS);
        S3Presigner presigner = S3Clients.presigner(ACCESS)) {
      var store = new S3VerifiedStore(s3, presigner, "example-nix-cache");
      assertThat(store.presignGet(found, VALIDITY))
          .satisfies(
              url -> assertThat(url.getPath()).isEqualTo("/example-nix-cache/nar/x.nar"),
              url -> assertThat(url.getQuery()).contains("versionId=" + version));
      assertThat(store.presignGet(found, VALIDITY, "text/plain").getQuery())
          .contains("versionId=" + version, "response-content-type=text/plain");
    }
  }
}
