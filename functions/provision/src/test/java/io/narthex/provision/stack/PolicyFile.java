package io.narthex.provision.stack;

import static io.narthex.provision.stack.Tree.at;
import static io.narthex.provision.stack.Tree.list;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** A policy of {@code infra/policies}, filled in for the names of {@link SampleStack}. */
final class PolicyFile {
  private PolicyFile() {}

  static List<Object> statements(String name) {
    return statements(name, SampleStack.CACHE_BUCKET);
  }

  static List<Object> statements(String name, String cacheBucket) {
    return statements(name, cacheBucket, "@SigningKey@");
  }

  /** One that is about the key that the cache signs with. */
  static List<Object> aboutKey(String name, String signingKey) {
    return statements(name, SampleStack.CACHE_BUCKET, signingKey);
  }

  private static List<Object> statements(String name, String cacheBucket, String signingKey) {
    String role = "arn:aws:iam::" + SampleStack.ACCOUNT + ":role/narthex-";
    String here = SampleStack.REGION + ":" + SampleStack.ACCOUNT + ":";
    String queue = "arn:aws:sqs:" + here + "narthex-";
    try {
      String text =
          Files.readString(SampleStack.ROOT.resolve("infra/policies/" + name + ".json"))
              .replace("@CacheBucket@", cacheBucket)
              .replace("@StateBucket@", SampleStack.STATE_BUCKET)
              .replace("@ValidateRole@", role + "ValidateRole")
              .replace("@IndexRole@", role + "IndexRole")
              .replace("@IndexTaskRole@", role + "IndexTaskRole")
              .replace("@ProvisionRole@", role + "ProvisionRole")
              .replace("@SigningKey@", signingKey)
              .replace("@UploadPrincipals@", role + "ci")
              .replace("@UploadQueue@", queue + "UploadQueue")
              .replace("@IndexQueue@", queue + "IndexQueue")
              .replace("@DeadLetterQueue@", queue + "DeadLetterQueue")
              .replace("@Stack@", "arn:aws:cloudformation:" + here + "stack/narthex/*");
      return list(at(new JsonMapper().readValue(text, Object.class), "Statement"));
    } catch (IOException e) {
      throw new AssertionError(name, e);
    }
  }
}
