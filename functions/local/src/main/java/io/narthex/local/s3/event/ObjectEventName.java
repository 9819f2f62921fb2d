package io.narthex.local.s3.event;

/**
 * What happened to an object, by the name S3 gives it in {@code eventName}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html">Event
 *     types</a>
 */
public enum ObjectEventName {
  /** One PUT wrote a new object or version. */
  CREATED_PUT("ObjectCreated:Put"),
  /** A multipart upload was completed. */
  CREATED_COMPLETE_MULTIPART_UPLOAD("ObjectCreated:CompleteMultipartUpload"),
  /** A server-side copy wrote a new object or version. */
  CREATED_COPY("ObjectCreated:Copy"),
  /** An object, or one version of it, is gone for good. */
  REMOVED_DELETE("ObjectRemoved:Delete"),
  /** A delete marker now hides the versions of a key. */
  REMOVED_DELETE_MARKER_CREATED("ObjectRemoved:DeleteMarkerCreated"),
  /** The tag set of a version was replaced. */
  TAGGING_PUT("ObjectTagging:Put"),
  /** The tag set of a version was removed. */
  TAGGING_DELETE("ObjectTagging:Delete");

  private final String wireName;

  ObjectEventName(String wireName) {
    this.wireName = wireName;
  }

  /** The name in a notification, e.g. {@code ObjectCreated:Put}. */
  public String wireName() {
    return wireName;
  }
}
