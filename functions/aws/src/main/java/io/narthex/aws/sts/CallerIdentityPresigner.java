package io.narthex.aws.sts;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.login.Audience;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * Presigns {@code sts:GetCallerIdentity} with somebody's AWS credentials, for one cache and a
 * minute.
 *
 * @see CallerIdentityPresigner#url
 */
public final class CallerIdentityPresigner {
  private static final Duration LIFE = Duration.ofMinutes(1);

  private final Region region;
  private final AwsCredentialsProvider credentials;
  private final URI endpoint;
  private final Clock clock;

  /** At AWS's own address in that region if no other is given. */
  public CallerIdentityPresigner(
      Region region, AwsCredentialsProvider credentials, Optional<URI> endpoint, Clock clock) {
    this.region = requireNonNull(region, "region is null");
    this.credentials = requireNonNull(credentials, "credentials is null");
    this.endpoint = endpoint.orElseGet(() -> address(region));
    this.clock = requireNonNull(clock, "clock is null");
  }

  // In every region that is switched on, by its own address: the global one is one region's.
  private static URI address(Region region) {
    return region.isGlobalRegion()
        ? URI.create("https://sts.amazonaws.com")
        : URI.create(
            "https://sts.%s.%s".formatted(region.id(), PartitionMetadata.of(region).dnsSuffix()));
  }

  /**
   * The URL, which says who signed it to whoever sends it to STS with {@link Audience#HEADER}. It
   * is shown to nobody but the cache.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException if there are no credentials
   */
  public String url(Audience audience) {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .uri(endpoint)
            .method(SdkHttpMethod.GET)
            .putRawQueryParameter("Action", "GetCallerIdentity")
            .putRawQueryParameter("Version", "2011-06-15")
            .putHeader(Audience.HEADER, audience.value())
            .build();
    SignedRequest signed =
        AwsV4HttpSigner.create()
            .sign(
                sign ->
                    sign.identity(credentials.resolveCredentials())
                        .request(request)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "sts")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, signingRegion())
                        .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, LIFE)
                        .putProperty(HttpSigner.SIGNING_CLOCK, clock));
    URI uri = signed.request().getUri();
    return "%s://%s/?%s".formatted(uri.getScheme(), uri.getRawAuthority(), uri.getRawQuery());
  }

  private String signingRegion() {
    return region.isGlobalRegion() ? "us-east-1" : region.id();
  }
}
