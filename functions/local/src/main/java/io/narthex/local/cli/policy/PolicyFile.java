package io.narthex.local.cli.policy;

import io.narthex.policy.MalformedPolicyException;
import io.narthex.policy.NamedPolicy;
import io.narthex.policy.PolicyDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Policies in files; what cannot be read is said in a line. */
final class PolicyFile {
  private PolicyFile() {}

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + file, e);
    }
  }

  /** A bucket policy, which is found at {@code source}. */
  static PolicyDocument bucketPolicy(String json, String source) {
    try {
      return PolicyDocument.parse(json);
    } catch (MalformedPolicyException e) {
      throw malformed(source, e);
    }
  }

  /** An identity policy, named as its file without {@code .json}. */
  static NamedPolicy identityPolicy(Path file) {
    String name = file.getFileName().toString();
    try {
      return new NamedPolicy(
          name.endsWith(".json") ? name.substring(0, name.length() - ".json".length()) : name,
          PolicyDocument.parseIdentityPolicy(text(file)));
    } catch (MalformedPolicyException e) {
      throw malformed(file.toString(), e);
    }
  }

  private static IllegalArgumentException malformed(String source, MalformedPolicyException e) {
    return new IllegalArgumentException(source + ": " + described(e));
  }

  /** The message, and where. */
  static String described(MalformedPolicyException e) {
    String message = String.valueOf(e.getMessage());
    return e.where().isEmpty() ? message : message + " (" + e.where() + ")";
  }
}
