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
   * An IAM role: one session of it, or whoever speaks for it without one.
   *
   * @param roleArn with the role's path where it is known, e.g. {@code
   *     arn:aws:iam::111122223333:role/ci/deploy}; it is the {@code aws:PrincipalArn} of the
   *     session
   * @param sessionArn without a path, e.g. {@code
   *     arn:aws:sts::111122223333:assumed-role/deploy/run-7}
   * @param isPathKnown whether {@code roleArn} is the role's own ARN; else its path, which no
   *     session ARN tells, is not known, and conditions on {@code aws:PrincipalArn} are
   *     indeterminate
   */
  record AssumedRole(String roleArn, Optional<String> sessionArn, boolean isPathKnown)
      implements Principal {
    public AssumedRole {
      Arn role = identity(roleArn, "iam", "role/");
      requireNonNull(sessionArn, "sessionArn is null");
      if (!sessionArn.map(arn -> isSessionOf(role, arn)).orElse(true)) {
        throw new IllegalArgumentException(sessionArn.get() + " is not a session of " + roleArn);
      }
    }

    /** A session of a role whose ARN is known. */
    public AssumedRole(String roleArn, String sessionArn) {
      this(roleArn, Optional.of(sessionArn), true);
    }

    /**
     * Whether the role is told by its whole ARN. Else a statement means it by its name alone: a
     * session's role is unique by it in its account, and that of an ARN without a path may have
     * been made of the session's.
     */
    boolean isPathTold() {
      return isPathKnown && (sessionArn.isEmpty() || hasPath());
    }

    private boolean hasPath() {
      return roleArn.indexOf('/') < roleArn.lastIndexOf('/');
    }

    private static boolean isSessionOf(Arn role, String sessionArn) {
      Arn session = identity(sessionArn, "sts", "assumed-role/");
      return session.resource().equals("assumed-role/" + role.name() + "/" + session.name())
          && session.account().equals(role.account())
          && session.partition().equals(role.partition());
    }

    @Override
    public Optional<String> accountId() {
      return account(roleArn);
    }
  }

  /**
   * A session of a federated user ({@code sts:GetFederationToken}). Which IAM user it comes from is
   * not in its ARN.
   *
   * @param arn e.g. {@code arn:aws:sts::111122223333:federated-user/anna}
   */
  record FederatedUser(String arn) implements Principal {
    public FederatedUser {
      identity(arn, "sts", "federated-user/");
    }

    @Override
    public Optional<String> accountId() {
      return account(arn);
    }
  }

  /**
   * The principal of an ARN: of an account's root, an IAM user, an IAM role, a session of a role
   * (the role's path, which is not in it, is taken as {@code /}), or of a federated user. Empty for
   * any other text, an account id alone included.
   */
  static Optional<Principal> parse(String arn) {
    try {
      return Arn.parse(arn).map(parsed -> of(parsed, arn));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Principal of(Arn arn, String text) {
    return switch (arn.resourceType()) {
      case "root" -> new AccountRoot(text);
      case "user" -> new IamUser(text);
      case "role" -> new AssumedRole(text, Optional.empty(), true);
      case "federated-user" -> new FederatedUser(text);
      case "assumed-role" -> new AssumedRole(arn.roleOfSession(), text);
      default -> throw new IllegalArgumentException("not the ARN of a principal: " + text);
    };
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
