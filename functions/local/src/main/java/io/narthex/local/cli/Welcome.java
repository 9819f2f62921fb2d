package io.narthex.local.cli;

import io.narthex.local.host.LocalHost;
import java.io.PrintStream;
import java.nio.file.Path;

/** What a user sees first: where things are, and commands to copy. */
final class Welcome {
  private Welcome() {}

  static void print(PrintStream out, LocalHost host, String bucket, boolean isElsewhere) {
    if (isElsewhere) {
      printElsewhere(out, host, bucket);
    } else {
      printHere(out, host, bucket);
    }
    out.flush();
  }

  private static void printHere(PrintStream out, LocalHost host, String bucket) {
    Path key = host.signingKeyFile();
    Path data = key.getParent();
    String store =
        "s3://%s?endpoint=%s&region=us-east-1&profile=cache-upload&secret-key=%s"
            .formatted(bucket, host.s3Endpoint(), key);
    out.print(
        """
        Narthex is up.

          S3 endpoint   %s
          cache URL     %s
          public key    %s
          credentials   . %s/narthex.env

        Upload:
          . %s/narthex.env
          nix copy --to '%s' ./result
          aws s3 sync --endpoint-url %s --exclude nix-cache-info ./my-cache s3://%s

        Substitute:
          nix copy --from %s --option trusted-public-keys '%s' /nix/store/…

        Who may read, as the administrator (profile admin):
          narthex user create alice --data %s
          aws s3api put-bucket-policy --endpoint-url %s --profile admin --bucket %s --policy file://policy.json

        Ctrl-C stops it; nothing is lost. Outcomes follow.

        """
            .formatted(
                host.s3Endpoint(),
                host.url(),
                host.readersKey(),
                data,
                data,
                store,
                host.s3Endpoint(),
                bucket,
                host.url(),
                host.readersKey(),
                data,
                host.s3Endpoint(),
                bucket));
  }

  private static void printElsewhere(PrintStream out, LocalHost host, String bucket) {
    out.print(
        """
        Narthex is up.

          S3 endpoint   %s (bucket %s)
          cache URL     %s
          public key    %s

        Upload, with credentials of that store:
          nix copy --to 's3://%s?endpoint=%s&region=%s&secret-key=%s' ./result

        Substitute:
          nix copy --from %s --option trusted-public-keys '%s' /nix/store/…

        Ctrl-C stops it; nothing is lost. Outcomes follow.

        """
            .formatted(
                host.s3Endpoint(),
                bucket,
                host.url(),
                host.readersKey(),
                bucket,
                host.s3Endpoint(),
                host.region(),
                host.signingKeyFile(),
                host.url(),
                host.readersKey()));
  }
}
