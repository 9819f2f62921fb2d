package io.narthex.aws.s3;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Optional;

/**
 * Where S3 is and as whom it is asked.
 *
 * @param region e.g. {@code eu-west-2}
 * @param endpoint of a store that is not AWS; empty for AWS
 * @param credentials a key pair; empty for those of the environment
 * @param profile of the shared configuration files that has the credentials if no pair is given;
 *     empty for the default chain, as in Lambda
 * @param isPathStyle whether the bucket is named by the path and not by the host
 */
public record S3Access(
    String region,
    Optional<URI> endpoint,
    Optional<StaticCredentials> credentials,
    Optional<String> profile,
    boolean isPathStyle) {
  public S3Access {
    requireNonNull(region, "region is null");
    requireNonNull(endpoint, "endpoint is null");
    requireNonNull(credentials, "credentials is null");
    requireNonNull(profile, "profile is null");
    if (!region.matches("[a-z0-9-]{1,50}")) {
      throw new IllegalArgumentException("not a region: " + region);
    }
    if (endpoint.filter(uri -> uri.getHost() == null).isPresent()) {
      throw new IllegalArgumentException("not an absolute URL with a host: " + endpoint.get());
    }
  }

  /** Without a profile; a store that is not AWS is addressed by path. */
  public S3Access(String region, Optional<URI> endpoint, Optional<StaticCredentials> credentials) {
    this(region, endpoint, credentials, Optional.empty(), endpoint.isPresent());
  }

  /** AWS itself in one region, with the credentials of the environment. */
  public static S3Access aws(String region) {
    return new S3Access(region, Optional.empty(), Optional.empty());
  }
}
