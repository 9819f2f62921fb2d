package io.narthex.cache.login;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A presigned URL as it should be, to be spoiled in one place. */
final class SampleUrl {
  static final Instant SIGNED = Instant.parse("2026-11-22T10:00:00Z");
  static final Audience AUDIENCE = new Audience("cache.example.org");
  static final String SIGNATURE = "0123456789abcdef".repeat(4);

  private final Map<String, String> parameters = new LinkedHashMap<>();
  private String origin = "https://sts.eu-west-2.amazonaws.com";

  SampleUrl() {
    parameters.put("Action", "GetCallerIdentity");
    parameters.put("Version", "2011-06-15");
    parameters.put("X-Amz-Algorithm", "AWS4-HMAC-SHA256");
    parameters.put("X-Amz-Credential", credential("eu-west-2"));
    parameters.put("X-Amz-Date", "20261122T100000Z");
    parameters.put("X-Amz-Expires", "60");
    parameters.put("X-Amz-SignedHeaders", "host%3Bx-narthex-audience");
    parameters.put("X-Amz-Signature", SIGNATURE);
  }

  static String credential(String region) {
    return "AKIAIOSFODNN7EXAMPLE%2F20261122%2F" + region + "%2Fsts%2Faws4_request";
  }

  SampleUrl at(String other) {
    origin = other;
    return this;
  }

  SampleUrl with(String name, String encodedValue) {
    parameters.put(name, encodedValue);
    return this;
  }

  SampleUrl without(String name) {
    parameters.remove(name);
    return this;
  }

  @Override
  public String toString() {
    return origin
        + "/?"
        + parameters.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining("&"));
  }
}
