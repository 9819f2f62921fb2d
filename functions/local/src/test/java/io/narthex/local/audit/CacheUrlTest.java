package io.narthex.local.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.aws.s3.S3Access;
import java.net.URI;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CacheUrlTest {
  @Test
  void aBucketOfAwsIsAddressedByHostUnlessItsNameHasADot() {
    S3Access plain = CacheUrl.access("cache", Map.of("region", "eu-west-2", "profile", "p"));
    assertThat(plain.region()).isEqualTo("eu-west-2");
    assertThat(plain.profile()).contains("p");
    assertThat(plain.endpoint()).isEmpty();
    assertThat(plain.isPathStyle()).isFalse();
    assertThat(CacheUrl.access("cache.example", Map.of()).isPathStyle()).isTrue();
    assertThat(CacheUrl.access("cache", Map.of()).region()).isEqualTo("us-east-1");
  }

  @Test
  void anEndpointMayBeAHostOrAUrl() {
    assertThat(CacheUrl.access("c", Map.of("endpoint", "h:9000", "scheme", "http")).endpoint())
        .isEqualTo(Optional.of(URI.create("http://h:9000")));
    S3Access url = CacheUrl.access("c", Map.of("endpoint", "http://h:9000/"));
    assertThat(url.endpoint()).isEqualTo(Optional.of(URI.create("http://h:9000")));
    assertThat(url.isPathStyle()).isTrue();
    assertThat(
            CacheUrl.access("c", Map.of("endpoint", "h", "addressing-style", "virtual"))
                .isPathStyle())
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/srv/cache",
        "ssh://user:secret@host",
        "file:///no/such/directory",
        "https://user:secret@host/",
        "s3://bucket?compression=xz"
      })
  void whatIsNoCacheThatCanBeAuditedIsRefused(String url) {
    assertThatThrownBy(() -> CacheUrl.open(url, cache -> Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
  }

  @Test
  void aBucketIsNamedWithItsEndpointAndWithoutCredentials() {
    String url = "s3://bucket/a/?region=eu-west-2&endpoint=http://user:secret@127.0.0.1:9000/";
    try (AuditSource source = CacheUrl.open(url, cache -> Optional.empty())) {
      assertThat(source.url()).isEqualTo("s3://bucket/a?endpoint=http://127.0.0.1:9000");
    }
    try (AuditSource source = CacheUrl.open("s3://bucket", cache -> Optional.empty())) {
      assertThat(source.url()).isEqualTo("s3://bucket");
    }
  }

  @Test
  void credentialsAreAskedForByTheUrlOfTheCache() {
    var asked = new ArrayList<URI>();
    try (AuditSource source =
        CacheUrl.open(
            "https://cache.example.org/one?priority=10",
            cache -> {
              asked.add(cache);
              return Optional.empty();
            })) {
      assertThat(source.url()).isEqualTo("https://cache.example.org/one/");
      assertThat(source.cache().isListable()).isFalse();
    }
    assertThat(asked).containsExactly(URI.create("https://cache.example.org/one/"));
  }
}
