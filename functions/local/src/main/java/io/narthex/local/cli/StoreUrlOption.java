package io.narthex.local.cli;

import io.narthex.aws.s3.S3Access;
import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Option;

/** An S3 that is not AWS's. */
public final class StoreUrlOption {
  private static final String REGION = "us-east-1";

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description =
          "The S3-compatible store that has the bucket (default: of up the embedded one, else AWS).")
  private Optional<URI> endpoint = Optional.empty();

  /** Whether there is one. */
  public boolean isGiven() {
    return endpoint.isPresent();
  }

  /** How it is asked, with the bucket in the path. */
  public Optional<S3Access> access(AwsOption aws) {
    return access(aws, true);
  }

  Optional<S3Access> access(AwsOption aws, boolean isPathStyle) {
    return endpoint.map(
        url ->
            new S3Access(
                aws.region().orElse(REGION),
                Optional.of(url),
                Optional.empty(),
                aws.profile(),
                isPathStyle));
  }
}
