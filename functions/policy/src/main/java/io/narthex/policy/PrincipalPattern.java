package io.narthex.policy;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One entry of a {@code Principal} or {@code NotPrincipal} element. There are no wildcards inside
 * an entry.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-bucket-user-policy-specifying-principal-intro.html">Principals
 *     for bucket policies</a>
 */
public sealed interface PrincipalPattern {

  /** The key of the element's map that the entry stands under, e.g. {@code AWS}. */
  default String type() {
    return "AWS";
  }

  /** The entry as the document spells it. */
  String text();

  /** {@code *}: every caller, the anonymous one included. */
  record Everyone() implements PrincipalPattern {
    @Override
    public String text() {
      return "*";
    }
  }

  /**
   * Every principal of an account, to which the decision is delegated. Spelled as the id or as the
   * ARN of its root.
   *
   * @param id 12 digits
   */
  record Account(String id) implements PrincipalPattern {
    public Account {
      check(Arn.isAccountId(id), id);
    }

    @Override
    public String text() {
      return id;
    }
  }

  /** One IAM user, compared exactly, path included. */
  record User(String arn) implements PrincipalPattern {
    public User {
      check(isIdentity(arn, "iam", "user/"), arn);
    }

    @Override
    public String text() {
      return arn;
    }
  }

  /** Every session of one IAM role. */
  record Role(String arn) implements PrincipalPattern {
    public Role {
      check(isIdentity(arn, "iam", "role/"), arn);
    }

    @Override
    public String text() {
      return arn;
    }
  }

  /**
   * One session: of a role ({@code assumed-role/…}) or of a federated user ({@code
   * federated-user/…}).
   */
  record Session(String arn) implements PrincipalPattern {
    public Session {
      check(
          isIdentity(arn, "sts", "assumed-role/") || isIdentity(arn, "sts", "federated-user/"),
          arn);
    }

    @Override
    public String text() {
      return arn;
    }
  }

  /**
   * What AWS shows for a user or role that was deleted: it matches nobody.
   *
   * @param id a unique id, e.g. {@code AIDAJQABLZS4A3QDU576Q}
   */
  record Deleted(String id) implements PrincipalPattern {
    public Deleted {
      check((id.startsWith("AIDA") || id.startsWith("AROA")) && isUniqueId(id), id);
    }

    private static boolean isUniqueId(String id) {
      return Characters.are(id, 16, 128, c -> Characters.isUpperCase(c) || Characters.isDigit(c));
    }

    @Override
    public String text() {
      return id;
    }
  }

  /**
   * An account, or a CloudFront origin access identity, by its canonical user id.
   *
   * @param id 64 hexadecimal digits
   */
  record CanonicalUser(String id) implements PrincipalPattern {
    public CanonicalUser {
      check(isId(id), id);
    }

    static boolean isId(String text) {
      return Characters.are(text, 64, 64, Characters::isHexadecimal);
    }

    @Override
    public String type() {
      return "CanonicalUser";
    }

    @Override
    public String text() {
      return id;
    }
  }

  /**
   * An AWS service, which is never one of our callers.
   *
   * @param name e.g. {@code cloudfront.amazonaws.com}
   */
  record Service(String name) implements PrincipalPattern {
    public Service {
      check(isName(name) && name.contains("."), name);
    }

    private static boolean isName(String name) {
      return Characters.are(
          name, 1, 256, c -> Characters.isLetterOrDigit(c) || c == '.' || c == '-');
    }

    @Override
    public String type() {
      return "Service";
    }

    @Override
    public String text() {
      return name;
    }
  }

  /** The entry of this type and text; empty where S3 answers "Invalid principal in policy". */
  static Optional<PrincipalPattern> parse(String type, String text) {
    requireNonNull(text, "text is null");
    try {
      return switch (type) {
        case "AWS" -> Optional.of(aws(text));
        case "CanonicalUser" -> Optional.of(new CanonicalUser(text));
        case "Service" -> Optional.of(new Service(text));
        default -> Optional.empty();
      };
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static PrincipalPattern aws(String text) {
    if (text.equals("*")) {
      return new Everyone();
    }
    return Arn.parse(text).map(PrincipalPattern::arn).orElseGet(() -> id(text));
  }

  private static PrincipalPattern arn(Arn arn) {
    if (arn.service().equals("sts")) {
      return new Session(arn.toString());
    }
    if (arn.resource().startsWith("role/")) {
      return new Role(arn.toString());
    }
    if (arn.resource().equals("root") && arn.isIdentity("iam", "root")) {
      return new Account(arn.account());
    }
    return new User(arn.toString());
  }

  private static PrincipalPattern id(String text) {
    return Arn.isAccountId(text) ? new Account(text) : new Deleted(text);
  }

  private static boolean isIdentity(String arn, String service, String prefix) {
    return Arn.parse(arn).filter(a -> a.isIdentity(service, prefix)).isPresent();
  }

  private static void check(boolean valid, String text) {
    if (!valid) {
      throw new IllegalArgumentException("not a principal: " + text);
    }
  }
}
