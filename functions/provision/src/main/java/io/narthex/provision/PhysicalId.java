package io.narthex.provision;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the custom resource is called while it lasts, e.g. {@code narthex:example-nix-cache} or
 * {@code narthex:example-nix-cache:event-bridge}. CloudFormation gives it back with every later
 * request, so it holds all that must be remembered.
 *
 * @param bucket name of the cache bucket
 * @param turnedOnEventBridge whether that was us
 */
record PhysicalId(String bucket, boolean turnedOnEventBridge) {
  /** Of a resource that could not be made: there is nothing to take out again. */
  static final String NONE = "narthex:nothing:done";

  private static final Pattern ID = Pattern.compile("narthex:([a-z0-9.-]{3,63})(:event-bridge)?");

  PhysicalId {
    requireNonNull(bucket, "bucket is null");
  }

  /** Reads one; empty for what we never gave away, or gave to a resource that was not made. */
  static Optional<PhysicalId> parse(String text) {
    Matcher id = ID.matcher(text);
    return id.matches()
        ? Optional.of(new PhysicalId(id.group(1), id.group(2) != null))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "narthex:" + bucket + (turnedOnEventBridge ? ":event-bridge" : "");
  }
}
