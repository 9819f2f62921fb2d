package io.narthex.aws.sqs;

import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The SDK's client for queues, built once at start. */
public final class SqsClients {
  private SqsClients() {}

  /** A client with the credentials of the environment; the caller closes it. */
  public static SqsClient client(String region) {
    return SqsClient.builder()
        .region(Region.of(region))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }
}
