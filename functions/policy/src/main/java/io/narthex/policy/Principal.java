package io.narthex.policy;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Who asks: the authenticated caller of a request, or nobody in particular.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html">Principal</a>
 */
public sealed interface Principal {

  /** The 12-digit id of the caller's account; empty for the anonymous caller. */
  Optional<String> accountId();

  /** A request without credentials. */
  record Anonymous() implements Principal {
    @Override
    public Optional<String> accountId() {
      return Optional.empty();
    }
  }

  /**
   * The root user of an account.
   *
   * @param arn e.g. {@code arn:aws:iam::111122223333:root}
   */
  record AccountRoot(String arn) implements Principal {
    public AccountRoot {
      Arn parsed = identity(arn, "iam", "root");
      if (!parsed.resource().equals("root")) {
        throw new IllegalArgumentException("not the ARN of an account root: " + arn);
      }
    }

    @Override
    public Optional<String> accountId() {
      return account(arn);
    }
  }

  /**
   * An IAM user.
   *
   * @param arn with the user's path, e.g. {@code arn:aws:iam::111122223333:user/ci/uploader}
   */
  record IamUser(String arn) implements Principal {
    public IamUser {
      identity(arn, "iam", "user/");
    }

    @Override
    public Optional<String> accountId() {
      return account(arn);
    }
  }

  /**
   * A session of an IAM role.
   *
   * @param roleArn with the role's path, e.g. {@code arn:aws:iam::111122223333:role/ci/deploy}; it
   *     is the {@code aws:PrincipalArn} of the session
   * @param sessionArn without a path, e.g. {@code
   *     arn:aws:sts::111122223333:assumed-role/deploy/run-7}
   */
  record AssumedRole(String roleArn, String sessionArn) implements Principal {
    public AssumedRole {
      Arn role = identity(roleArn, "iam", "role/");
      Arn session = identity(sessionArn, "sts", "assumed-role/");
      String wanted = "assumed-role/" + role.name() + "/" + session.name();
      if (!session.resource().equals(wanted)
          || !session.account().equals(role.account())
          || !session.partition().equals(role.partition())) {
        throw new IllegalArgumentException(sessionArn + " is not a session of " + roleArn);
      }
    }

    @Override
    public Optional<String> accountId() {
      return account(roleArn);
    }
  }

  private static Arn identity(String arn, String service, String prefix) {
    requireNonNull(arn, "arn is null");
    return Arn.parse(arn)
        .filter(a -> a.isIdentity(service, prefix))
        .orElseThrow(() -> new IllegalArgumentException("not the ARN of a " + prefix + ": " + arn));
  }

  private static Optional<String> account(String arn) {
    return Arn.parse(arn).map(Arn::account);
  }
}
