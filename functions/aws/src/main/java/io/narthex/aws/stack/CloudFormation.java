package io.narthex.aws.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * The one call to CloudFormation that is needed, by its Query API: a module of the SDK for it is
 * not worth its megabytes.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html">DescribeStacks</a>
 */
final class CloudFormation {
  private static final int MAX_ANSWER = 1 << 20;

  private final Region region;
  private final AwsCredentialsProvider credentials;
  private final URI endpoint;

  /** At AWS's own address in that region if no other is given. */
  CloudFormation(Region region, AwsCredentialsProvider credentials, Optional<URI> endpoint) {
    this.region = requireNonNull(region, "region is null");
    this.credentials = requireNonNull(credentials, "credentials is null");
    this.endpoint = endpoint.orElseGet(() -> address(region));
  }

  private static URI address(Region region) {
    return URI.create(
        "https://cloudformation.%s.%s/"
            .formatted(region.id(), PartitionMetadata.of(region).dnsSuffix()));
  }

  /**
   * The outputs of a stack, by their keys.
   *
   * @throws StackException if there is no such stack, or the caller may not see it
   */
  Map<String, String> describeStacks(String stack) {
    String body =
        "Action=DescribeStacks&Version=2010-05-15&StackName=" + URLEncoder.encode(stack, UTF_8);
    try (SdkHttpClient http = UrlConnectionHttpClient.create()) {
      SignedRequest signed = sign(body);
      HttpExecuteResponse answer =
          http.prepareRequest(
                  HttpExecuteRequest.builder()
                      .request(signed.request())
                      .contentStreamProvider(signed.payload().orElseThrow())
                      .build())
              .call();
      String text = text(answer.responseBody());
      if (!answer.httpResponse().isSuccessful()) {
        throw new StackException(QueryAnswer.error(text));
      }
      return QueryAnswer.outputs(text);
    } catch (IOException | SdkException e) {
      throw new StackException("DescribeStacks", e);
    }
  }

  private SignedRequest sign(String body) {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .uri(endpoint)
            .method(SdkHttpMethod.POST)
            .putHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
            .build();
    return AwsV4HttpSigner.create()
        .sign(
            sign ->
                sign.identity(credentials.resolveCredentials())
                    .request(request)
                    .payload(ContentStreamProvider.fromUtf8String(body))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "cloudformation")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region.id()));
  }

  private static String text(Optional<AbortableInputStream> body) throws IOException {
    try (InputStream in =
        body.map(InputStream.class::cast).orElseGet(InputStream::nullInputStream)) {
      return new String(in.readNBytes(MAX_ANSWER), UTF_8);
    }
  }
}
