package io.narthex.provision.stack;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The calls of the SDK that the adapters make, and the actions that AWS asks for them.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html">Actions
 *     of Amazon S3</a>
 */
enum AwsCall {
  GET_OBJECT("getObject", "s3:GetObject", "s3:GetObjectVersion"),
  PRESIGN_GET_OBJECT("presignGetObject", "s3:GetObject"),
  HEAD_OBJECT("headObject", "s3:GetObject"),
  PUT_OBJECT("putObject", "s3:PutObject", "s3:PutObjectTagging"),
  DELETE_OBJECT("deleteObject", "s3:DeleteObject", "s3:DeleteObjectVersion"),
  LIST_OBJECTS_V2("listObjectsV2", "s3:ListBucket"),
  LIST_OBJECT_VERSIONS("listObjectVersions", "s3:ListBucketVersions"),
  GET_OBJECT_TAGGING("getObjectTagging", "s3:GetObjectTagging", "s3:GetObjectVersionTagging"),
  PUT_OBJECT_TAGGING("putObjectTagging", "s3:PutObjectTagging", "s3:PutObjectVersionTagging"),
  GET_BUCKET_POLICY("getBucketPolicy", "s3:GetBucketPolicy"),
  GET_BUCKET_LOCATION("getBucketLocation", "s3:GetBucketLocation"),
  GET_BUCKET_VERSIONING("getBucketVersioning", "s3:GetBucketVersioning"),
  GET_BUCKET_OWNERSHIP("getBucketOwnershipControls", "s3:GetBucketOwnershipControls"),
  GET_BUCKET_ENCRYPTION("getBucketEncryption", "s3:GetEncryptionConfiguration"),
  GET_BUCKET_NOTIFICATION("getBucketNotificationConfiguration", "s3:GetBucketNotification"),
  PUT_BUCKET_NOTIFICATION("putBucketNotificationConfiguration", "s3:PutBucketNotification"),
  SEND_MESSAGE_BATCH("sendMessageBatch", "sqs:SendMessage");

  private final String method;
  private final List<String> actions;

  AwsCall(String method, String... actions) {
    this.method = method;
    this.actions = List.of(actions);
  }

  static Optional<AwsCall> of(String method) {
    return Arrays.stream(values()).filter(call -> call.method.equals(method)).findFirst();
  }

  /** The actions of some methods, which must all be known here. */
  static Set<String> actions(Set<String> methods) {
    var actions = new TreeSet<String>();
    for (String method : methods) {
      actions.addAll(
          of(method)
              .orElseThrow(() -> new AssertionError("which actions does " + method + " need?"))
              .actions);
    }
    return actions;
  }
}
