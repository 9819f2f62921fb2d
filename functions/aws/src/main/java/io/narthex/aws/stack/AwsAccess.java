package io.narthex.aws.stack;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.sts.CallerIdentityPresigner;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;

/** AWS in one region, as the caller: by a profile, or by AWS's usual chain. */
public final class AwsAccess {
  private final Region region;
  private final AwsCredentialsProvider credentials;
  private final Endpoints endpoints;

  private AwsAccess(Region region, AwsCredentialsProvider credentials, Endpoints endpoints) {
    this.region = requireNonNull(region, "region is null");
    this.credentials = requireNonNull(credentials, "credentials is null");
    this.endpoints = requireNonNull(endpoints, "endpoints is null");
  }

  /**
   * With what the caller has configured.
   *
   * @param region empty for that of the environment or of the profile
   * @param profile of AWS's configuration files; empty for the environment's credentials
   * @param environment the variables of this process
   * @throws StackException if no region is configured
   */
  public static AwsAccess of(
      Optional<String> region, Optional<String> profile, Map<String, String> environment) {
    return new AwsAccess(
        region.map(Region::of).orElseGet(() -> configured(profile)),
        // The usual chain has the environment before any profile, even one that was asked for.
        profile
            .<AwsCredentialsProvider>map(ProfileCredentialsProvider::create)
            .orElseGet(() -> DefaultCredentialsProvider.builder().build()),
        Endpoints.of(environment, profile));
  }

  private static Region configured(Optional<String> profile) {
    DefaultAwsRegionProviderChain.Builder chain = DefaultAwsRegionProviderChain.builder();
    profile.ifPresent(chain::profileName);
    try {
      return chain.build().getRegion();
    } catch (SdkClientException e) {
      throw new StackException("in which region? Say --region, or set AWS_REGION", e);
    }
  }

  /**
   * What proves to a cache who the caller is.
   *
   * @param sts where the cache asks STS, if it tells; else it is what is configured, or AWS's own
   */
  public CallerIdentityPresigner callerIdentity(Optional<URI> sts) {
    return new CallerIdentityPresigner(
        region, credentials, sts.or(() -> endpoints.of("STS")), Clock.systemUTC());
  }

  /**
   * The URL of a stack's cache.
   *
   * @throws StackException if there is no such stack, or it is not one of Narthex
   */
  public URI cacheUrl(String stack) {
    return Optional.ofNullable(cloudFormation().describeStacks(stack).get(StackOutputs.CACHE_URL))
        .map(URI::create)
        .orElseThrow(
            () -> new StackException("the stack " + stack + " is not one of Narthex: no CacheUrl"));
  }

  CloudFormation cloudFormation() {
    return new CloudFormation(region, credentials, endpoints.of("CLOUDFORMATION"));
  }

  StateMachines stateMachines() {
    return new StateMachines(region, credentials, endpoints.of("SFN"));
  }

  /** A client for objects; the caller closes it. */
  public S3Client s3() {
    Optional<URI> endpoint = endpoints.of("S3");
    S3ClientBuilder builder =
        S3Client.builder()
            .region(region)
            .credentialsProvider(credentials)
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .serviceConfiguration(
                S3Configuration.builder()
                    .pathStyleAccessEnabled(endpoint.isPresent())
                    .chunkedEncodingEnabled(false)
                    .build());
    endpoint.ifPresent(builder::endpointOverride);
    return builder.build();
  }

  /** A client for queues; the caller closes it. */
  SqsClient sqs() {
    SqsClientBuilder builder =
        SqsClient.builder()
            .region(region)
            .credentialsProvider(credentials)
            .httpClientBuilder(UrlConnectionHttpClient.builder());
    endpoints.of("SQS").ifPresent(builder::endpointOverride);
    return builder.build();
  }
}
