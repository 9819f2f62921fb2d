package io.narthex.aws.events;

import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

/** The SDK's client for events, built once at start. */
public final class EventBridgeClients {
  private EventBridgeClients() {}

  /** A client with the credentials of the environment; the caller closes it. */
  public static EventBridgeClient client(String region) {
    return EventBridgeClient.builder()
        .region(Region.of(region))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }
}
