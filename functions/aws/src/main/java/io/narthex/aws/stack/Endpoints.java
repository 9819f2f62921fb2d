package io.narthex.aws.stack;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Where services are that are not AWS's own: {@code AWS_ENDPOINT_URL_S3} and the like for one, else
 * {@code AWS_ENDPOINT_URL} for all.
 *
 * @param environment the variables of this process
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html">
 *     Service-specific endpoints</a>
 */
record Endpoints(Map<String, String> environment) {
  private static final String ALL = "AWS_ENDPOINT_URL";

  Endpoints {
    environment = Map.copyOf(environment);
  }

  /** Of one service, named as in the variable, e.g. {@code SQS}; empty for AWS's own. */
  Optional<URI> of(String service) {
    return variable(ALL + "_" + service).or(() -> variable(ALL)).map(Endpoints::url);
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  private static URI url(String text) {
    URI url = URI.create(text);
    if (url.getHost() == null) {
      throw new IllegalArgumentException("AWS_ENDPOINT_URL: not a URL with a host: " + text);
    }
    return url;
  }
}
