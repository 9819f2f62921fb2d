package io.narthex.provision;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.signature.PublicKey;
import java.util.Optional;

/** What CloudFormation is told. */
sealed interface Reply {
  /**
   * By what name it knows the resource from now on. Another one than before would make it delete
   * the resource of that name.
   */
  String physicalId();

  /**
   * It was done.
   *
   * @param signingKey for the outputs of the stack: its attribute {@code SigningPublicKey}
   */
  record Success(String physicalId, Optional<PublicKey> signingKey) implements Reply {
    public Success {
      requireNonNull(physicalId, "physicalId is null");
      requireNonNull(signingKey, "signingKey is null");
    }

    Success(String physicalId) {
      this(physicalId, Optional.empty());
    }
  }

  /**
   * It was not; the deployment goes back to what was there.
   *
   * @param reason that a person can act on; cut off after 1,000 characters, as an answer has at
   *     most 4,096 bytes
   */
  record Failed(String physicalId, String reason) implements Reply {
    private static final int MAX_REASON = 1000;

    public Failed {
      requireNonNull(physicalId, "physicalId is null");
      if (reason.length() > MAX_REASON) {
        reason = reason.substring(0, MAX_REASON) + "…";
      }
    }
  }
}
