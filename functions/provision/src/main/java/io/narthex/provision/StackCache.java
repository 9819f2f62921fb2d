package io.narthex.provision;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.env.InvalidEnvironmentException;
import io.narthex.cache.provision.Attachment;
import io.narthex.cache.provision.Provisioning;
import io.narthex.cache.store.StoreException;
import java.util.Optional;

/**
 * The cache as one resource of a stack: made, changed, and left as it is when the stack goes. All
 * of it can be repeated, as Lambda repeats what was not answered.
 */
final class StackCache {
  private final String bucket;
  private final Provisioning provisioning;
  private final Attachment attachment;

  /**
   * One cache.
   *
   * @param bucket name of the cache bucket
   */
  StackCache(String bucket, Provisioning provisioning, Attachment attachment) {
    this.bucket = requireNonNull(bucket, "bucket is null");
    this.provisioning = requireNonNull(provisioning, "provisioning is null");
    this.attachment = requireNonNull(attachment, "attachment is null");
  }

  /** Does what is asked. Whatever fails is told to CloudFormation, which would wait for an hour. */
  Reply answer(CustomResourceRequest request) {
    return switch (request.type()) {
      case CREATE, UPDATE -> make(request);
      case DELETE -> delete(request.physicalId());
    };
  }

  private Reply make(CustomResourceRequest request) {
    Optional<PhysicalId> before = request.physicalId();
    String unchanged = before.map(PhysicalId::toString).orElse(PhysicalId.NONE);
    if (before.filter(id -> id.turnedOnEventBridge() && !id.bucket().equals(bucket)).isPresent()) {
      return new Reply.Failed(
          unchanged, "ExistingBucketName cannot be changed: deploy another stack for " + bucket);
    }
    try {
      return make(ProvisionProperties.from(request.properties()), before, unchanged);
    } catch (InvalidEnvironmentException e) {
      return new Reply.Failed(unchanged, String.join("; ", e.problems()));
    } catch (IllegalArgumentException | StoreException e) {
      return new Reply.Failed(unchanged, String.valueOf(e.getMessage()));
    }
  }

  private Reply make(
      ProvisionProperties properties, Optional<PhysicalId> before, String unchanged) {
    boolean ours = before.filter(PhysicalId::turnedOnEventBridge).isPresent();
    if (!properties.attach()) {
      provisioning.provision(properties.settings());
      return new Reply.Success(new PhysicalId(bucket, ours).toString());
    }
    return switch (attachment.attach()) {
      case Attachment.Outcome.Unsuitable(var problems) ->
          new Reply.Failed(
              unchanged, "%s cannot be used: %s".formatted(bucket, String.join("; ", problems)));
      case Attachment.Outcome.AlreadyOn _ -> {
        provisioning.provision(properties.settings());
        yield new Reply.Success(new PhysicalId(bucket, ours).toString());
      }
      case Attachment.Outcome.TurnedOn _ -> {
        provisionOrDetach(properties);
        yield new Reply.Success(new PhysicalId(bucket, true).toString());
      }
    };
  }

  /** A resource that could not be made is not deleted: nothing of it may be left. */
  private void provisionOrDetach(ProvisionProperties properties) {
    try {
      provisioning.provision(properties.settings());
    } catch (StoreException e) {
      attachment.detach();
      throw e;
    }
  }

  /** Objects, settings and policies stay. */
  private Reply delete(Optional<PhysicalId> id) {
    String name = id.map(PhysicalId::toString).orElse(PhysicalId.NONE);
    try {
      if (id.filter(it -> it.turnedOnEventBridge() && it.bucket().equals(bucket)).isPresent()) {
        attachment.detach();
      }
      return new Reply.Success(name);
    } catch (StoreException e) {
      return new Reply.Failed(name, String.valueOf(e.getMessage()));
    }
  }
}
