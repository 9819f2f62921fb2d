package io.narthex.aws.s3;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Optional;

/**
 * Where S3 is and as whom it is asked.
 *
 * @param region e.g. {@code eu-west-2}
 * @param endpoint of a store that is not AWS, addressed by path; empty for AWS
 * @param credentials a key pair; empty for the default chain, as in Lambda
 */
public record S3Access(
    String region, Optional<URI> endpoint, Optional<StaticCredentials> credentials) {
  public S3Access {
    requireNonNull(region, "region is null");
    requireNonNull(endpoint, "endpoint is null");
    requireNonNull(credentials, "credentials is null");
    if (!region.matches("[a-z0-9-]{1,50}")) {
      throw new IllegalArgumentException("not a region: " + region);
    }
    if (endpoint.filter(uri -> uri.getHost() == null).isPresent()) {
      throw new IllegalArgumentException("not an absolute URL with a host: " + endpoint.get());
    }
  }

  /** AWS itself in one region, with the credentials of the environment. */
  public static S3Access aws(String region) {
    return new S3Access(region, Optional.empty(), Optional.empty());
  }
}
