package io.narthex.local.host;

import io.narthex.aws.s3.S3Access;
import io.narthex.cache.read.CacheBucket;
import io.narthex.serve.ServeConfig;
import java.net.URI;
import java.util.Optional;

/** What the serving function is told here. */
final class LocalServe {
  private LocalServe() {}

  static ServeConfig config(S3Access access, HostOptions options, String account, URI url) {
    return new ServeConfig(
        access,
        options.bucket(),
        options.stateBucket(),
        new CacheBucket("arn:aws:s3:::" + options.bucket(), account),
        Optional.of(url));
  }
}
