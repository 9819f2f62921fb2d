package io.narthex.policy;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * Why a request is decided as it is. It shows values of the request's context, which may be
 * personal: it is for who may see them.
 *
 * @param decision what {@link Authorizer#decide(Optional, String, List, AccessRequest)} says
 * @param basis how the two sides came together
 * @param deciding the statement that decided; empty if none had to, or none did
 * @param statements what came of every statement, the bucket policy's first, in the order of the
 *     documents
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html">Policy
 *     evaluation logic</a>
 */
public record Explanation(
    Decision decision, Basis basis, Optional<Place> deciding, List<Line> statements) {
  public Explanation {
    requireNonNull(decision, "decision is null");
    requireNonNull(basis, "basis is null");
    requireNonNull(deciding, "deciding is null");
    statements = List.copyOf(statements);
  }

  /**
   * The same where Block Public Access shuts the caller out: nothing is allowed any more, and what
   * was denied stays so.
   */
  public Explanation shutOut() {
    return decision instanceof Decision.Allow
        ? new Explanation(new Decision.ImplicitDeny(), Basis.SHUT_OUT, Optional.empty(), statements)
        : this;
  }

  /**
   * Where a statement stands.
   *
   * @param policy the name of an identity policy; empty for the bucket policy
   * @param index of the statement in its document, from 0
   * @param sid the statement's name
   */
  public record Place(Optional<String> policy, int index, Optional<String> sid) {
    public Place {
      requireNonNull(policy, "policy is null");
      requireNonNull(sid, "sid is null");
    }

    /** E.g. {@code bucket policy, Statement[2] ReadVerified}. */
    @Override
    public String toString() {
      return policy.map(name -> "identity policy " + name).orElse("bucket policy")
          + (", Statement[" + index + "]")
          + sid.map(name -> " " + name).orElse("");
    }
  }

  /**
   * What came of one statement.
   *
   * @param outcome whether it applies, in plain words, with the first thing that did not match
   */
  public record Line(Place place, Effect effect, String outcome) {
    public Line {
      requireNonNull(place, "place is null");
      requireNonNull(effect, "effect is null");
      requireNonNull(outcome, "outcome is null");
    }
  }

  /** How the bucket policy and the identity policies came together. */
  public enum Basis {
    DENIED("an explicit Deny applies"),
    MAY_BE_DENIED("a Deny may apply, for all that is known, and so it does"),
    BUCKET_POLICY("the bucket policy allows it"),
    IDENTITY_POLICY("the account's identity policies decide, and one allows it"),
    DELEGATED(
        "the bucket policy leaves it to the account: its identity policies decide, and one allows"
            + " it"),
    OWNER("the root user of the bucket's account needs no policy"),
    BOTH_SIDES("cross-account: the bucket policy and an identity policy allow it"),
    OTHER_ROOT("cross-account: the bucket policy allows it, and a root user needs no policy"),
    NOTHING_ALLOWS("nothing allows it"),
    SHUT_OUT(
        "the bucket policy is public, and Block Public Access lets in nobody by it but principals"
            + " of the bucket's account"),
    NOT_DELEGATED(
        "the bucket policy leaves it to the account: its identity policies decide, and none allows"
            + " it"),
    NO_IDENTITY_POLICY("cross-account: no identity policy allows it"),
    NO_BUCKET_POLICY("cross-account: the bucket policy does not allow it");

    private final String text;

    Basis(String text) {
      this.text = text;
    }

    /** In plain words. */
    @Override
    public String toString() {
      return text;
    }
  }
}
