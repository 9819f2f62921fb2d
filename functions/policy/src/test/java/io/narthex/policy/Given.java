package io.narthex.policy;

import io.narthex.policy.Principal.AccountRoot;
import io.narthex.policy.Principal.Anonymous;
import io.narthex.policy.Principal.AssumedRole;
import io.narthex.policy.Principal.FederatedUser;
import io.narthex.policy.Principal.IamUser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Callers, documents and requests that tests speak of. */
final class Given {
  static final String OWNER = "111122223333";
  static final String OTHER = "444455556666";

  static final Principal ANONYMOUS = new Anonymous();
  static final Principal ROOT = new AccountRoot("arn:aws:iam::111122223333:root");
  static final Principal USER = new IamUser("arn:aws:iam::111122223333:user/ci/ann");
  static final Principal ROLE = role(OWNER, "ci/", "deploy", "run-7");
  static final Principal OTHER_ROOT = new AccountRoot("arn:aws:iam::444455556666:root");
  static final Principal OTHER_USER = new IamUser("arn:aws:iam::444455556666:user/ann");
  static final Principal OTHER_ROLE = role(OTHER, "", "deploy", "run-7");
  static final Principal FEDERATED =
      new FederatedUser("arn:aws:sts::111122223333:federated-user/ann");
  static final Principal WITHOUT_SESSION =
      new AssumedRole("arn:aws:iam::111122223333:role/ci/deploy", Optional.empty(), true);
  static final Principal OF_UNKNOWN_PATH =
      new AssumedRole(
          "arn:aws:iam::111122223333:role/deploy",
          Optional.of("arn:aws:sts::111122223333:assumed-role/deploy/run-7"),
          false);
  static final List<Principal> CALLERS =
      List.of(ANONYMOUS, ROOT, USER, ROLE, OTHER_ROOT, OTHER_USER, OTHER_ROLE);

  private Given() {}

  static AssumedRole role(String account, String path, String name, String session) {
    return new AssumedRole(
        "arn:aws:iam::" + account + ":role/" + path + name,
        "arn:aws:sts::" + account + ":assumed-role/" + name + "/" + session);
  }

  static PolicyDocument bucketPolicy(String json) {
    try {
      return PolicyDocument.parse(json);
    } catch (MalformedPolicyException e) {
      throw new AssertionError(e.getMessage() + " at " + e.where(), e);
    }
  }

  static PolicyDocument identityPolicy(String json) {
    try {
      return PolicyDocument.parseIdentityPolicy(json);
    } catch (MalformedPolicyException e) {
      throw new AssertionError(e.getMessage() + " at " + e.where(), e);
    }
  }

  /**
   * A bucket policy of one statement about everyone and everything, with these elements changed.
   */
  static PolicyDocument statement(String effect, String elements) {
    return bucketPolicy(
        "{'Version':'2012-10-17','Statement':{'Effect':'%s',%s}}"
            .formatted(effect, elements)
            .replace('\'', '"'));
  }

  static AccessRequest get(Principal principal, RequestContext context) {
    return new AccessRequest(principal, "s3:GetObject", "arn:aws:s3:::b/k", context);
  }

  static RequestContext nothingElse() {
    return RequestContext.builder().absentUnder("").build();
  }

  static Decision decide(PolicyDocument bucketPolicy, AccessRequest request) {
    return Authorizer.decide(Optional.of(bucketPolicy), OWNER, List.of(), request);
  }

  static String resource(String name) {
    try (InputStream in = Given.class.getResourceAsStream("/fixtures/policy/" + name)) {
      if (in == null) {
        throw new AssertionError("no fixture " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
