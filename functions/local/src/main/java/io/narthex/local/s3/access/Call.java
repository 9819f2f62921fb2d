package io.narthex.local.s3.access;

import static java.util.Objects.requireNonNull;

import io.narthex.local.s3.model.ObjectName;
import io.narthex.local.s3.model.S3Refusal;
import io.narthex.local.s3.model.TagSet;
import io.narthex.policy.RequestContext;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The request that this thread is answering, as far as the store must know it.
 *
 * @param caller verified
 * @param operation what was asked for
 * @param context the condition keys that do not depend on the state of the store
 * @param conditions of a write
 * @param tags of the object to be written; for a copy, empty means those of the source
 * @param gate decides
 * @param answer takes headers for the answer
 */
public record Call(
    Caller caller,
    Operation operation,
    RequestContext context,
    Conditions conditions,
    Optional<TagSet> tags,
    Gate gate,
    BiConsumer<String, String> answer) {
  /** Bound while a request is answered. */
  public static final ScopedValue<Call> CURRENT = ScopedValue.newInstance();

  private static final String EXISTING_TAG = "s3:ExistingObjectTag/";

  /** Checks that nothing is missing. */
  public Call {
    requireNonNull(caller, "caller");
    requireNonNull(operation, "operation");
    requireNonNull(context, "context");
    requireNonNull(conditions, "conditions");
    requireNonNull(tags, "tags");
    requireNonNull(gate, "gate");
    requireNonNull(answer, "answer");
  }

  /** Refuses with 403 what the policies do not allow. */
  public void require(String action, String resource) {
    require(action, resource, context);
  }

  /** The same for an action that depends on the tags of the version it is about. */
  public void require(String action, ObjectName name, TagSet existing) {
    RequestContext.Builder keys = context.toBuilder();
    existing.tags().forEach((key, value) -> keys.value(EXISTING_TAG + key, value));
    require(action, name.arn(), keys.build());
  }

  /** The same where the request itself sets tags. */
  public void requireTagging(String action, ObjectName name, TagSet existing, TagSet requested) {
    RequestContext.Builder keys = context.toBuilder();
    existing.tags().forEach((key, value) -> keys.value(EXISTING_TAG + key, value));
    withRequestTags(keys, requested.tags());
    require(action, name.arn(), keys.build());
  }

  /** Adds the keys that speak of tags in a request. */
  public static void withRequestTags(RequestContext.Builder keys, Map<String, String> tags) {
    tags.forEach(
        (key, value) -> {
          keys.value("s3:RequestObjectTag/" + key, value);
          keys.value("s3:RequestObjectTagKeys", key);
        });
  }

  /**
   * Refuses a read of what is not there: as absent to those who may list the bucket, with 403 to
   * others.
   */
  public S3Refusal missing(ObjectName name, S3Refusal absent) {
    if (gate.allows(caller, "s3:ListBucket", "arn:aws:s3:::" + name.bucket(), context)) {
      return absent;
    }
    return denied("s3:ListBucket", "arn:aws:s3:::" + name.bucket());
  }

  private void require(String action, String resource, RequestContext keys) {
    if (!gate.allows(caller, action, resource, keys)) {
      throw denied(action, resource);
    }
  }

  private S3Refusal denied(String action, String resource) {
    return S3Refusal.accessDenied(
        caller.displayName() + " is not authorized to perform " + action + " on " + resource);
  }
}
