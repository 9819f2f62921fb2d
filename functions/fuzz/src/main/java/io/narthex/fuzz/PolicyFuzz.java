package io.narthex.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.policy.AccessRequest;
import io.narthex.policy.Authorizer;
import io.narthex.policy.CanonicalUsers;
import io.narthex.policy.MalformedPolicyException;
import io.narthex.policy.PolicyDocument;
import io.narthex.policy.PolicyReview;
import io.narthex.policy.Principal;
import io.narthex.policy.RequestContext;
import java.util.List;
import java.util.Optional;

/** Policies: read, reviewed, and decided by. */
public final class PolicyFuzz {
  private static final String ACCOUNT = "123456789012";
  private static final AccessRequest REQUEST =
      new AccessRequest(
          new Principal.Anonymous(),
          "s3:GetObject",
          "arn:aws:s3:::example-nix-cache/nix-cache-info",
          RequestContext.builder()
              .value("aws:SourceIp", "192.0.2.1")
              .value("aws:SecureTransport", "true")
              .value("aws:CurrentTime", "2026-11-29T12:00:00Z")
              .absentUnder("aws:PrincipalTag/")
              .build());

  private PolicyFuzz() {}

  /** One input of Jazzer's. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, UTF_8);
    PolicyReview.of(text, Optional.of("example-nix-cache"));
    Reader.check(input, MalformedPolicyException.class, bytes -> decideByBucketPolicy(text));
    Reader.check(input, MalformedPolicyException.class, bytes -> decideByIdentityPolicy(text));
  }

  private static void decideByBucketPolicy(String text) throws MalformedPolicyException {
    Optional<PolicyDocument> policy = Optional.of(PolicyDocument.parse(text));
    Authorizer.decide(policy, ACCOUNT, List.of(), REQUEST);
    Authorizer.explain(policy, ACCOUNT, List.of(), REQUEST, CanonicalUsers.none());
  }

  private static void decideByIdentityPolicy(String text) throws MalformedPolicyException {
    PolicyDocument policy = PolicyDocument.parseIdentityPolicy(text);
    Authorizer.decide(Optional.empty(), ACCOUNT, List.of(policy), REQUEST);
  }
}
