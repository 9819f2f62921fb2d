package io.narthex.local.host;

import io.narthex.aws.oidc.LoopbackIssuers;
import io.narthex.aws.s3.S3Access;
import io.narthex.cache.principal.Authentication.Refused;
import io.narthex.cache.read.CacheBucket;
import io.narthex.cache.read.Denial;
import io.narthex.serve.ServeConfig;
import io.narthex.serve.ServeLog;
import java.net.URI;
import java.util.Optional;

/** What the serving function is told here. */
final class LocalServe {
  private LocalServe() {}

  /** A cache bucket of the account of this machine. */
  static CacheBucket bucket(String name) {
    return new CacheBucket("arn:aws:s3:::" + name, LocalAccount.ID);
  }

  static ServeConfig config(S3Access access, HostOptions options, URI url, URI sts) {
    return new ServeConfig(
        access,
        options.bucket(),
        options.stateBucket(),
        bucket(options.bucket()),
        Optional.of(url),
        Optional.of(sts),
        Optional.empty(),
        LoopbackIssuers.ASKED);
  }

  static ServeLog log(OutcomeView view) {
    return new ServeLog() {
      @Override
      public void denied(Denial denial, int status, String requestId) {
        view.showDenied(denial, status, requestId);
      }

      @Override
      public void unauthenticated(Refused refused, String requestId) {
        view.showUnauthenticated(refused, requestId);
      }

      @Override
      public void policyNotUnderstood(String reason) {
        System.err.println("the bucket policy is not understood: " + reason);
      }

      @Override
      public void notPrimed(String reason) {}
    };
  }
}
