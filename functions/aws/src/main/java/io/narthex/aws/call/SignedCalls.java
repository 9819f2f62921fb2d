package io.narthex.aws.call;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
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
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * Requests to one service of AWS, signed as the caller.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html">AWS Signature
 *     Version 4</a>
 */
public final class SignedCalls {
  /** No answer that is asked for here is longer. */
  private static final int MAX_ANSWER = 4 << 20;

  private final String service;
  private final Region region;
  private final AwsCredentialsProvider credentials;
  private final URI endpoint;
  private final Duration timeout;

  /**
   * To one service.
   *
   * @param service as signatures name it, e.g. {@code states}
   * @param timeout for the connection, and for each read
   */
  public SignedCalls(
      String service,
      Region region,
      AwsCredentialsProvider credentials,
      URI endpoint,
      Duration timeout) {
    this.service = requireNonNull(service, "service is null");
    this.region = requireNonNull(region, "region is null");
    this.credentials = requireNonNull(credentials, "credentials is null");
    this.endpoint = requireNonNull(endpoint, "endpoint is null");
    this.timeout = requireNonNull(timeout, "timeout is null");
  }

  /**
   * AWS's own address of a service.
   *
   * @param host its first label or labels, e.g. {@code cloudformation}
   */
  public static URI address(String host, Region region) {
    return URI.create(
        "https://%s.%s.%s/".formatted(host, region.id(), PartitionMetadata.of(region).dnsSuffix()));
  }

  /**
   * A GET.
   *
   * @throws IOException if nothing answers
   * @throws SdkException if there are no credentials, or nothing answers
   */
  public Answered get(String path, Map<String, String> headers) throws IOException {
    SdkHttpRequest request =
        request(headers).uri(endpoint.resolve(path)).method(SdkHttpMethod.GET).build();
    return send(sign(request, _ -> {}));
  }

  /**
   * A POST to the endpoint itself.
   *
   * @throws IOException if nothing answers
   * @throws SdkException if there are no credentials, or nothing answers
   */
  public Answered post(byte[] body, Map<String, String> headers) throws IOException {
    SdkHttpRequest request = request(headers).uri(endpoint).method(SdkHttpMethod.POST).build();
    return send(sign(request, sign -> sign.payload(ContentStreamProvider.fromByteArray(body))));
  }

  private static SdkHttpRequest.Builder request(Map<String, String> headers) {
    SdkHttpRequest.Builder request = SdkHttpRequest.builder();
    headers.forEach(request::putHeader);
    return request;
  }

  private SignedRequest sign(
      SdkHttpRequest request, Consumer<SignRequest.Builder<AwsCredentialsIdentity>> payload) {
    return AwsV4HttpSigner.create()
        .sign(
            sign -> {
              sign.identity(credentials.resolveCredentials())
                  .request(request)
                  .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                  .putProperty(AwsV4HttpSigner.REGION_NAME, region.id())
                  .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, !service.equals("s3"));
              payload.accept(sign);
            });
  }

  private Answered send(SignedRequest signed) throws IOException {
    HttpExecuteRequest.Builder request = HttpExecuteRequest.builder().request(signed.request());
    signed.payload().ifPresent(request::contentStreamProvider);
    try (SdkHttpClient http =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(timeout)
            .socketTimeout(timeout)
            .build()) {
      HttpExecuteResponse answer = http.prepareRequest(request.build()).call();
      return new Answered(answer.httpResponse().statusCode(), bytes(answer.responseBody()));
    }
  }

  private static byte[] bytes(Optional<AbortableInputStream> body) throws IOException {
    try (InputStream in =
        body.map(InputStream.class::cast).orElseGet(InputStream::nullInputStream)) {
      return in.readNBytes(MAX_ANSWER);
    }
  }
}
