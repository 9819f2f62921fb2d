package io.narthex.aws.s3;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.read.PublicAccessSource.Restriction;
import io.narthex.cache.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * The one call to S3 Control that is needed: what S3 knows of a whole account is not at the address
 * of S3. A module of the SDK for it is not worth its megabytes in the function.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_GetPublicAccessBlock.html">GetPublicAccessBlock
 *     of an account</a>
 */
public final class S3Control {
  private static final String PATH = "/v20180820/configuration/publicAccessBlock";
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  /** An answer has some 400 bytes. */
  private static final int MAX_ANSWER = 16 * 1024;

  private final Region region;
  private final AwsCredentialsProvider credentials;
  private final String account;
  private final URI endpoint;

  /**
   * At AWS's own address, whatever the endpoint of S3 is.
   *
   * @param account 12 digits
   */
  public S3Control(S3Access access, String account) {
    this(access, account, address(Region.of(access.region()), account));
  }

  S3Control(S3Access access, String account, URI endpoint) {
    this.region = Region.of(access.region());
    this.credentials = S3Clients.credentials(access);
    this.account = requireNonNull(account, "account is null");
    this.endpoint = requireNonNull(endpoint, "endpoint is null");
  }

  static URI address(Region region, String account) {
    return URI.create(
        "https://%s.s3-control.%s.%s"
            .formatted(account, region.id(), PartitionMetadata.of(region).dnsSuffix()));
  }

  /**
   * Whether Block Public Access of the account restricts public buckets. {@code UNKNOWN} if we may
   * not ask, which takes {@code s3:GetAccountPublicAccessBlock}.
   *
   * @throws StoreException if it could not be asked
   */
  public Restriction getAccountPublicAccessBlock() {
    try (SdkHttpClient http =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(TIMEOUT)
            .socketTimeout(TIMEOUT)
            .build()) {
      HttpExecuteResponse answer =
          http.prepareRequest(HttpExecuteRequest.builder().request(signed()).build()).call();
      return AccountPublicAccess.read(
          answer.httpResponse().statusCode(), bytes(answer.responseBody()));
    } catch (IOException | SdkException e) {
      throw new StoreException("GetPublicAccessBlock of account " + account, e);
    }
  }

  private SdkHttpRequest signed() {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .uri(endpoint.resolve(PATH))
            .method(SdkHttpMethod.GET)
            .putHeader("x-amz-account-id", account)
            .build();
    return AwsV4HttpSigner.create()
        .sign(
            sign ->
                sign.identity(credentials.resolveCredentials())
                    .request(request)
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region.id())
                    .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false))
        .request();
  }

  private static byte[] bytes(Optional<AbortableInputStream> body) throws IOException {
    try (InputStream in =
        body.map(InputStream.class::cast).orElseGet(InputStream::nullInputStream)) {
      return in.readNBytes(MAX_ANSWER);
    }
  }
}
