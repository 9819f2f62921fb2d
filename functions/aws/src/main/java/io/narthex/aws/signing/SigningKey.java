package io.narthex.aws.signing;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.signature.KeyName;
import java.util.regex.Pattern;

/** Where the key lies that this cache signs with, and what readers call it. */
public sealed interface SigningKey {
  /** The whole ARN: permissions are given by it. */
  String arn();

  /** What signatures by it are called. */
  KeyName name();

  /** The region that the ARN names, where the key is asked. */
  default String region() {
    return arn().split(":", -1)[3];
  }

  /**
   * A secret of Secrets Manager, whose text is a secret key as Nix writes it.
   *
   * @param name the same as in the secret
   */
  record Secret(String arn, KeyName name) implements SigningKey {
    private static final Pattern ARN =
        Pattern.compile(
            "arn:[a-z-]+:secretsmanager:[a-z0-9-]+:\\d{12}:secret:[\\w/+=.@-]+-[A-Za-z0-9]{6}");

    public Secret {
      requireNonNull(name, "name is null");
      if (!isArn(arn)) {
        throw new IllegalArgumentException("not the whole ARN of a secret: " + arn);
      }
    }

    private static boolean isArn(String text) {
      return ARN.matcher(text).matches();
    }
  }

  /** A key of KMS of the spec {@code ECC_NIST_EDWARDS25519}, which never leaves it. */
  record KmsKey(String arn, KeyName name) implements SigningKey {
    private static final Pattern ARN =
        Pattern.compile("arn:[a-z-]+:kms:[a-z0-9-]+:\\d{12}:key/[\\w-]+");

    public KmsKey {
      requireNonNull(name, "name is null");
      if (!isArn(arn)) {
        throw new IllegalArgumentException("not the ARN of a KMS key: " + arn);
      }
    }

    private static boolean isArn(String text) {
      return ARN.matcher(text).matches();
    }
  }

  /**
   * Tells the two apart by the ARN.
   *
   * @throws IllegalArgumentException if it is neither, or the name is not one of a key
   */
  static SigningKey of(String arn, String name) {
    if (Secret.isArn(arn)) {
      return new Secret(arn, new KeyName(name));
    }
    if (KmsKey.isArn(arn)) {
      return new KmsKey(arn, new KeyName(name));
    }
    throw new IllegalArgumentException("neither the ARN of a secret nor of a KMS key: " + arn);
  }
}
