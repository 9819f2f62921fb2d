package io.narthex.aws.s3;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.call.Answered;
import io.narthex.aws.call.SignedCalls;
import io.narthex.cache.read.PublicAccessSource.Restriction;
import io.narthex.cache.store.StoreException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * The one call to S3 Control that is needed: what S3 knows of a whole account is not at the address
 * of S3.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_GetPublicAccessBlock.html">GetPublicAccessBlock
 *     of an account</a>
 */
public final class S3Control {
  private static final String PATH = "/v20180820/configuration/publicAccessBlock";
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private final SignedCalls calls;
  private final String account;

  /**
   * At AWS's own address, whatever the endpoint of S3 is.
   *
   * @param account 12 digits
   */
  public S3Control(S3Access access, String account) {
    this(access, account, address(Region.of(access.region()), account));
  }

  S3Control(S3Access access, String account, URI endpoint) {
    this.account = requireNonNull(account, "account is null");
    this.calls =
        new SignedCalls(
            "s3", Region.of(access.region()), S3Clients.credentials(access), endpoint, TIMEOUT);
  }

  static URI address(Region region, String account) {
    return URI.create(
        "https://%s.s3-control.%s.%s"
            .formatted(account, region.id(), PartitionMetadata.of(region).dnsSuffix()));
  }

  /**
   * Whether Block Public Access of the account restricts public buckets. {@code UNKNOWN} if we may
   * not ask, which takes {@code s3:GetAccountPublicAccessBlock}.
   *
   * @throws StoreException if it could not be asked
   */
  public Restriction getAccountPublicAccessBlock() {
    try {
      Answered answer = calls.get(PATH, Map.of("x-amz-account-id", account));
      return AccountPublicAccess.read(answer.status(), answer.body());
    } catch (IOException | SdkException e) {
      throw new StoreException("GetPublicAccessBlock of account " + account, e);
    }
  }
}
