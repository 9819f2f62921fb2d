package io.narthex.local.s3.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Pattern;

/**
 * A bucket and a key that can be a path of plain files. Refuses, with status 400, what S3 would
 * take but a directory tree cannot tell apart or hold: empty segments, {@code .} and {@code ..}, a
 * slash at either end, control characters, segments over 255 bytes, and the names that the store
 * keeps for itself.
 *
 * @param bucket 3 to 63 characters of a–z, 0–9, dot and hyphen
 * @param key 1 to 1024 bytes in UTF-8
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html">Naming
 *     objects</a>
 */
public record ObjectName(String bucket, String key) {
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
  private static final int MAX_KEY_BYTES = 1024;
  private static final int MAX_SEGMENT_BYTES = 255;

  /** Checks both. */
  public ObjectName {
    requireBucketName(bucket);
    if (key.isEmpty() || CONTROL.matcher(key).find()) {
      throw S3Refusal.invalidArgument("The key is empty or has control characters.");
    }
    if (key.getBytes(UTF_8).length > MAX_KEY_BYTES) {
      throw new S3Refusal(400, "KeyTooLongError", "The key is longer than 1024 bytes.");
    }
    if (key.startsWith(".mpus-") || key.startsWith(".s3proxy-")) {
      throw S3Refusal.invalidArgument("Keys that begin with .mpus- or .s3proxy- are reserved.");
    }
    for (String segment : key.split("/", -1)) {
      requireSegment(segment);
    }
  }

  /** Refuses what is not the name of a bucket. */
  public static void requireBucketName(String bucket) {
    if (!BUCKET.matcher(bucket).matches() || bucket.contains("..")) {
      throw new S3Refusal(400, "InvalidBucketName", "Not the name of a bucket: " + bucket);
    }
  }

  /** Whether a key that can be stored may begin with this: its complete segments are allowed. */
  public static boolean mayBeginWith(String prefix) {
    try {
      String key = prefix.substring(0, prefix.lastIndexOf('/') + 1) + "x";
      return new ObjectName("any", key).key().equals(key);
    } catch (S3Refusal refusal) {
      return false;
    }
  }

  private static void requireSegment(String segment) {
    if (segment.isEmpty()
        || segment.equals(".")
        || segment.equals("..")
        || segment.startsWith(".narthex-")) {
      throw S3Refusal.invalidArgument(
          "The embedded endpoint cannot store a key with a segment \"" + segment + "\".");
    }
    if (segment.getBytes(UTF_8).length > MAX_SEGMENT_BYTES) {
      throw new S3Refusal(400, "KeyTooLongError", "A segment of the key is longer than 255 bytes.");
    }
  }

  /** The object's ARN, the key as it is stored. */
  public String arn() {
    return "arn:aws:s3:::" + bucket + "/" + key;
  }
}
