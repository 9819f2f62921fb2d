package io.narthex.policy;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A policy: a bucket policy, whose statements all name principals, or an identity policy, where
 * none does.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html">Grammar
 *     of the IAM JSON policy language</a>
 */
public final class PolicyDocument {
  /** How large S3 lets a bucket policy be, in bytes. */
  public static final int MAX_BUCKET_POLICY_BYTES = 20_480;

  /** How large IAM lets the text of an identity policy be when it is created, in bytes here. */
  public static final int MAX_IDENTITY_POLICY_BYTES = 131_072;

  private final PolicyVersion version;
  private final Optional<String> id;
  private final List<Statement> statements;

  /** The statements, ready to be put to requests. */
  private final List<StatementMatcher> matchers;

  private final Set<String> conditionKeys;

  /**
   * A document.
   *
   * @param version how its texts are read
   * @param id the document's name
   * @param statements at least one, in the order of the document, which does not matter to
   *     decisions
   * @throws IllegalArgumentException if there is none, if some name principals and some do not, or
   *     if a variable is malformed
   */
  public PolicyDocument(PolicyVersion version, Optional<String> id, List<Statement> statements) {
    this.version = requireNonNull(version, "version is null");
    this.id = requireNonNull(id, "id is null");
    this.statements = List.copyOf(statements);
    if (this.statements.stream().map(Statement::isOfIdentityPolicy).distinct().count() != 1) {
      throw new IllegalArgumentException("no statement, or with and without principals");
    }
    this.matchers =
        this.statements.stream()
            .map(statement -> new StatementMatcher(statement, version.hasVariables()))
            .toList();
    this.conditionKeys =
        matchers.stream().flatMap(StatementMatcher::keys).collect(Collectors.toUnmodifiableSet());
  }

  /** How its texts are read. */
  public PolicyVersion version() {
    return version;
  }

  /** The document's name. */
  public Optional<String> id() {
    return id;
  }

  /** At least one, in the order of the document. */
  public List<Statement> statements() {
    return statements;
  }

  /** The same, ready to be put to requests. */
  List<StatementMatcher> matchers() {
    return matchers;
  }

  /**
   * Reads a bucket policy.
   *
   * @throws MalformedPolicyException if S3 would refuse it, it holds unknown elements, or it is
   *     over {@link #MAX_BUCKET_POLICY_BYTES}
   */
  public static PolicyDocument parse(String json) throws MalformedPolicyException {
    return parse(json, MAX_BUCKET_POLICY_BYTES);
  }

  /**
   * Reads a bucket policy of at most so many bytes of UTF-8.
   *
   * @throws MalformedPolicyException if S3 would refuse it, it holds unknown elements, or it is
   *     longer
   */
  public static PolicyDocument parse(String json, int maxBytes) throws MalformedPolicyException {
    return new DocumentReader(PolicyKind.BUCKET).read(json, maxBytes);
  }

  /**
   * Reads an identity policy: as a bucket policy, but without principals, for any service, and of
   * at most {@link #MAX_IDENTITY_POLICY_BYTES}.
   *
   * @throws MalformedPolicyException if IAM would refuse it, it holds unknown elements, or is too
   *     long
   */
  public static PolicyDocument parseIdentityPolicy(String json) throws MalformedPolicyException {
    return new DocumentReader(PolicyKind.IDENTITY).read(json, MAX_IDENTITY_POLICY_BYTES);
  }

  /** The document as JSON, on one line; reading it gives an equal document. */
  public String write() {
    return DocumentWriter.write(this);
  }

  /** Whether it is an identity policy, that is, its statements name no principals. */
  public boolean isIdentityPolicy() {
    return statements.getFirst().isOfIdentityPolicy();
  }

  /**
   * The condition keys that the statements look at, in lower case: what a request should make
   * known.
   */
  public Set<String> conditionKeys() {
    return conditionKeys;
  }

  /**
   * Whether a statement may treat two objects of a bucket differently by their keys: one that is
   * not about whole buckets, or about all but something.
   */
  public boolean tellsKeysApart() {
    return statements.stream().map(Statement::resources).anyMatch(ResourceElement::tellsKeysApart);
  }

  /**
   * What the statements say that is not understood, e.g. {@code Statement[2]: Sounds}: operators,
   * operands, canonical users, and, in lower case, condition keys that AWS does not know; in the
   * order of the document. Such a statement never allows and always denies; a reader of policies
   * raises an alarm.
   *
   * @param canonicalUsers those that are known, and so understood
   */
  public List<String> notUnderstood(CanonicalUsers canonicalUsers) {
    return IntStream.range(0, statements.size())
        .boxed()
        .flatMap(
            i ->
                Stream.concat(
                        statements.get(i).notUnderstood(version, canonicalUsers),
                        matchers.get(i).keys().filter(key -> !ConditionKeys.isKnown(key)))
                    .distinct()
                    .map(what -> "Statement[" + i + "]: " + what))
        .toList();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PolicyDocument that
        && version == that.version
        && id.equals(that.id)
        && statements.equals(that.statements);
  }

  @Override
  public int hashCode() {
    return Objects.hash(version, id, statements);
  }

  @Override
  public String toString() {
    return write();
  }
}
