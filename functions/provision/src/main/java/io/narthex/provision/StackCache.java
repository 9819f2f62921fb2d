package io.narthex.provision;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.env.InvalidEnvironmentException;
import io.narthex.cache.provision.Attachment;
import io.narthex.cache.provision.Provisioning;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.store.StoreException;
import io.narthex.nix.signature.PublicKey;
import java.util.Optional;

/**
 * The cache as one resource of a stack: made, changed, and left as it is when the stack goes. All
 * of it can be repeated, as Lambda repeats what was not answered.
 */
final class StackCache {
  private final String bucket;
  private final Provisioning provisioning;
  private final Attachment attachment;
  private final KeyCheck keyCheck;

  /**
   * One cache.
   *
   * @param bucket name of the cache bucket
   */
  StackCache(String bucket, Provisioning provisioning, Attachment attachment, KeyCheck keyCheck) {
    this.bucket = requireNonNull(bucket, "bucket is null");
    this.provisioning = requireNonNull(provisioning, "provisioning is null");
    this.attachment = requireNonNull(attachment, "attachment is null");
    this.keyCheck = requireNonNull(keyCheck, "keyCheck is null");
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
    Optional<PublicKey> key = signingKey(properties);
    Settings settings = key.map(properties.settings()::signingWith).orElse(properties.settings());
    if (!properties.attach()) {
      provisioning.provision(settings);
      return new Reply.Success(new PhysicalId(bucket, ours).toString(), key);
    }
    return switch (attachment.attach()) {
      case Attachment.Outcome.Unsuitable(var problems) ->
          new Reply.Failed(
              unchanged, "%s cannot be used: %s".formatted(bucket, String.join("; ", problems)));
      case Attachment.Outcome.AlreadyOn _ -> {
        provisioning.provision(settings);
        yield new Reply.Success(new PhysicalId(bucket, ours).toString(), key);
      }
      case Attachment.Outcome.TurnedOn _ -> {
        provisionOrDetach(settings);
        yield new Reply.Success(new PhysicalId(bucket, true).toString(), key);
      }
    };
  }

  /** Before anything is changed. */
  private Optional<PublicKey> signingKey(ProvisionProperties properties) {
    Optional<PublicKey> key = properties.signingKey().flatMap(keyCheck::check);
    if (key.filter(properties.settings()::trusts).isPresent()) {
      throw new IllegalArgumentException(
          "the public half of SigningKey must not be in TrustedPublicKeys");
    }
    return key;
  }

  /** A resource that could not be made is not deleted: nothing of it may be left. */
  private void provisionOrDetach(Settings settings) {
    try {
      provisioning.provision(settings);
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
