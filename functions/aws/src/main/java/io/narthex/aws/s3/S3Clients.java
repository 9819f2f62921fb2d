package io.narthex.aws.s3;

import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * The SDK's clients, built once at start. Checksums only where S3 demands them, and no chunked
 * signing: Ceph RGW refuses both.
 */
public final class S3Clients {
  private S3Clients() {}

  /** A client; the caller closes it. */
  public static S3Client client(S3Access access) {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(access.region()))
            .credentialsProvider(credentials(access))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(configuration(access));
    access.endpoint().ifPresent(builder::endpointOverride);
    return builder.build();
  }

  /** What signs URLs; it sends nothing. The caller closes it. */
  public static S3Presigner presigner(S3Access access) {
    S3Presigner.Builder builder =
        S3Presigner.builder()
            .region(Region.of(access.region()))
            .credentialsProvider(credentials(access))
            .serviceConfiguration(configuration(access));
    access.endpoint().ifPresent(builder::endpointOverride);
    return builder.build();
  }

  private static S3Configuration configuration(S3Access access) {
    return S3Configuration.builder()
        .pathStyleAccessEnabled(access.isPathStyle())
        .chunkedEncodingEnabled(false)
        .build();
  }

  /** As whom requests are signed. */
  static AwsCredentialsProvider credentials(S3Access access) {
    return access
        .credentials()
        .map(StaticCredentials::provider)
        .or(() -> access.profile().map(ProfileCredentialsProvider::create))
        .orElseGet(() -> DefaultCredentialsProvider.builder().build());
  }
}
