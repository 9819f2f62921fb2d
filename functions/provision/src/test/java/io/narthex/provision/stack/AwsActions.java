package io.narthex.provision.stack;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The calls of the SDK that the adapters make, and the actions that AWS asks for them. The methods
 * of all clients have different names.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html">Actions
 *     of Amazon S3</a>
 */
final class AwsActions {
  private static final Map<String, Set<String>> OF_METHODS =
      Map.ofEntries(
          entry("getObject", Set.of("s3:GetObject", "s3:GetObjectVersion")),
          entry("getObjectAsBytes", Set.of("s3:GetObject", "s3:GetObjectVersion")),
          entry("presignGetObject", Set.of("s3:GetObject", "s3:GetObjectVersion")),
          entry("headObject", Set.of("s3:GetObject")),
          entry("putObject", Set.of("s3:PutObject", "s3:PutObjectTagging")),
          entry("deleteObject", Set.of("s3:DeleteObject", "s3:DeleteObjectVersion")),
          entry("listObjectsV2", Set.of("s3:ListBucket")),
          entry("listObjectVersions", Set.of("s3:ListBucketVersions")),
          entry("getObjectTagging", Set.of("s3:GetObjectTagging", "s3:GetObjectVersionTagging")),
          entry("putObjectTagging", Set.of("s3:PutObjectTagging", "s3:PutObjectVersionTagging")),
          entry("getBucketPolicy", Set.of("s3:GetBucketPolicy")),
          entry("getPublicAccessBlock", Set.of("s3:GetBucketPublicAccessBlock")),
          entry("getAccountPublicAccessBlock", Set.of("s3:GetAccountPublicAccessBlock")),
          entry("getBucketLocation", Set.of("s3:GetBucketLocation")),
          entry("getBucketVersioning", Set.of("s3:GetBucketVersioning")),
          entry("getBucketOwnershipControls", Set.of("s3:GetBucketOwnershipControls")),
          entry("getBucketEncryption", Set.of("s3:GetEncryptionConfiguration")),
          entry("getBucketNotificationConfiguration", Set.of("s3:GetBucketNotification")),
          entry("putBucketNotificationConfiguration", Set.of("s3:PutBucketNotification")),
          entry("sign", Set.of("kms:Sign")),
          entry("getPublicKey", Set.of("kms:GetPublicKey")),
          entry("getSecretValue", Set.of("secretsmanager:GetSecretValue")),
          entry("describeSecret", Set.of("secretsmanager:DescribeSecret")),
          entry("sendMessageBatch", Set.of("sqs:SendMessage")),
          entry("putEvents", Set.of("events:PutEvents")),
          entry("changeMessageVisibility", Set.of("sqs:ChangeMessageVisibility")),
          entry("getQueueAttributes", Set.of("sqs:GetQueueAttributes")),
          // It receives and deletes as the caller.
          entry(
              "startMessageMoveTask",
              Set.of(
                  "sqs:StartMessageMoveTask",
                  "sqs:ReceiveMessage",
                  "sqs:DeleteMessage",
                  "sqs:GetQueueAttributes",
                  "sqs:SendMessage")),
          entry("start", Set.of("states:StartExecution")),
          entry("startOnce", Set.of("states:StartExecution")),
          entry("running", Set.of("states:ListExecutions")),
          entry("stop", Set.of("states:StopExecution")),
          entry("describe", Set.of("states:DescribeExecution")),
          entry("maps", Set.of("states:ListMapRuns", "states:DescribeMapRun")),
          entry("startUnlessRunning", Set.of("states:ListExecutions", "states:StartExecution")),
          entry("describeStacks", Set.of("cloudformation:DescribeStacks")),
          // Of the client itself.
          entry("serviceClientConfiguration", Set.of()));

  private AwsActions() {}

  /** The actions of some methods of the SDK's clients, which must all be known here. */
  static Set<String> of(Set<String> methods) {
    var actions = new TreeSet<String>();
    for (String method : methods) {
      if (!OF_METHODS.containsKey(method)) {
        throw new AssertionError("which actions does " + method + " need?");
      }
      actions.addAll(OF_METHODS.get(method));
    }
    return actions;
  }
}
