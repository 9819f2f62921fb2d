package io.narthex.local.s3.access;

import static java.util.Objects.requireNonNull;

import io.narthex.local.s3.model.ObjectName;
import io.narthex.local.s3.model.S3Refusal;
import io.narthex.local.s3.model.TagSet;
import io.narthex.policy.RequestContext;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The request that this thread is answering, as far as the store must know it.
 *
 * @param caller verified
 * @param operation what was asked for
 * @param keys the condition keys that do not depend on the state of the store
 * @param conditions of a write
 * @param tags of the object to be written; for a copy, empty means those of the source
 * @param gate decides
 * @param answer takes headers for the answer
 */
public record Call(
    Caller caller,
    Operation operation,
    RequestKeys keys,
    Conditions conditions,
    Optional<TagSet> tags,
    Gate gate,
    BiConsumer<String, String> answer) {
  /** Bound while a request is answered. */
  public static final ScopedValue<Call> CURRENT = ScopedValue.newInstance();

  private static final String EXISTING_TAG = "s3:ExistingObjectTag/";
  private static final String LIST_BUCKET = "s3:ListBucket";
  private static final String PUT_OBJECT = "s3:PutObject";
  private static final String PUT_OBJECT_TAGGING = "s3:PutObjectTagging";

  /** Checks that nothing is missing. */
  public Call {
    requireNonNull(caller, "caller");
    requireNonNull(operation, "operation");
    requireNonNull(keys, "keys");
    requireNonNull(conditions, "conditions");
    requireNonNull(tags, "tags");
    requireNonNull(gate, "gate");
    requireNonNull(answer, "answer");
  }

  /** Refuses with 403 what the policies do not allow of the request itself. */
  public void require(String action, String resource) {
    RequestContext.Builder asked = keys.of(action);
    if (action.equals(PUT_OBJECT)) {
      tags.ifPresent(requested -> addRequestTags(asked, requested));
    }
    require(action, resource, asked.build());
  }

  /**
   * The same for an action about a version that is there.
   *
   * @param versionId that the request names
   * @param existing the tags of the version
   */
  public void require(String action, ObjectName name, Optional<String> versionId, TagSet existing) {
    require(action, name.arn(), of(action, versionId, existing).build());
  }

  /** The same where the request sets the tags of that version. */
  public void requireTagging(
      String action,
      ObjectName name,
      Optional<String> versionId,
      TagSet existing,
      TagSet requested) {
    RequestContext.Builder asked = of(action, versionId, existing);
    addRequestTags(asked, requested);
    require(action, name.arn(), asked.build());
  }

  /**
   * Refuses to make an object with these tags. Which existing tags S3 means there, if any, is not
   * documented.
   */
  public void requireNewTags(String resource, TagSet requested) {
    RequestContext.Builder put = keys.of(PUT_OBJECT);
    addRequestTags(put, requested);
    require(PUT_OBJECT, resource, put.build());
    RequestContext.Builder tagging = keys.of(PUT_OBJECT_TAGGING).unknownUnder(EXISTING_TAG);
    addRequestTags(tagging, requested);
    require(PUT_OBJECT_TAGGING, resource, tagging.build());
  }

  private RequestContext.Builder of(String action, Optional<String> versionId, TagSet existing) {
    RequestContext.Builder asked = keys.of(action);
    versionId.ifPresent(id -> asked.value("s3:versionid", id));
    existing.tags().forEach((key, value) -> asked.value(EXISTING_TAG + key, value));
    return asked;
  }

  private static void addRequestTags(RequestContext.Builder asked, TagSet requested) {
    requested
        .tags()
        .forEach(
            (key, value) -> {
              asked.value("s3:RequestObjectTag/" + key, value);
              asked.value("s3:RequestObjectTagKeys", key);
            });
  }

  /**
   * Refuses a read of what is not there: as absent to those who may list the bucket, with 403 to
   * others.
   */
  public S3Refusal missing(String bucket, S3Refusal absent) {
    String resource = "arn:aws:s3:::" + bucket;
    return gate.allows(caller, LIST_BUCKET, resource, keys.ofUnknownListing())
        ? absent
        : denied(LIST_BUCKET, resource);
  }

  private void require(String action, String resource, RequestContext context) {
    if (!gate.allows(caller, action, resource, context)) {
      throw denied(action, resource);
    }
  }

  private S3Refusal denied(String action, String resource) {
    return S3Refusal.accessDenied(
        caller.displayName() + " is not authorized to perform " + action + " on " + resource);
  }
}
