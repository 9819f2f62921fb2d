package io.narthex.aws.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.aws.call.Answered;
import io.narthex.aws.call.SignedCalls;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;

/**
 * The one call to CloudFormation that is needed, by its Query API.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html">DescribeStacks</a>
 */
final class CloudFormation {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Map<String, String> FORM =
      Map.of("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");

  private final SignedCalls calls;

  /** At AWS's own address in that region if no other is given. */
  CloudFormation(Region region, AwsCredentialsProvider credentials, Optional<URI> endpoint) {
    this.calls =
        new SignedCalls(
            "cloudformation",
            region,
            credentials,
            endpoint.orElseGet(() -> SignedCalls.address("cloudformation", region)),
            TIMEOUT);
  }

  /**
   * The outputs of a stack, by their keys.
   *
   * @throws StackException if there is no such stack, or the caller may not see it
   */
  Map<String, String> describeStacks(String stack) {
    String body =
        "Action=DescribeStacks&Version=2010-05-15&StackName=" + URLEncoder.encode(stack, UTF_8);
    try {
      Answered answer = calls.post(body.getBytes(UTF_8), FORM);
      if (!answer.isSuccess()) {
        throw new StackException(QueryAnswer.error(answer.text()));
      }
      return QueryAnswer.outputs(answer.text());
    } catch (IOException | SdkException e) {
      throw new StackException("DescribeStacks", e);
    }
  }
}
