package io.narthex.policy;

import java.util.List;
import java.util.Optional;

/**
 * The six segments of an Amazon Resource Name, or of a pattern of one. The last is everything after
 * the fifth colon and may hold colons itself.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html">Amazon
 *     Resource Names</a>
 */
record Arn(String partition, String service, String region, String account, String resource) {

  /** The segments; empty for a text that is not {@code arn:} and five more. */
  static Optional<Arn> parse(String text) {
    if (!ArnTemplate.isArn(text)) {
      return Optional.empty();
    }
    List<String> parts = Characters.parts(text, ':', 6);
    return Optional.of(
        new Arn(parts.get(1), parts.get(2), parts.get(3), parts.get(4), parts.get(5)));
  }

  /** What follows the last slash of the resource: the name of a user or role without its path. */
  String name() {
    return resource.substring(resource.lastIndexOf('/') + 1);
  }

  /** What the resource begins with, up to its first slash, e.g. {@code role}. */
  String resourceType() {
    int slash = resource.indexOf('/');
    return slash < 0 ? resource : resource.substring(0, slash);
  }

  /**
   * Of the ARN of a session of a role, {@code assumed-role/ROLE/SESSION}: the role without path.
   */
  String roleOfSession() {
    int from = resource.indexOf('/') + 1;
    int to = resource.indexOf('/', from);
    String role = to < 0 ? "" : resource.substring(from, to);
    return new Arn(partition, "iam", "", account, "role/" + role).toString();
  }

  /** Whether this names an IAM or STS thing of an account, below the prefix, without wildcards. */
  boolean isIdentity(String wantedService, String prefix) {
    return isPartition(partition)
        && service.equals(wantedService)
        && region.isEmpty()
        && isAccountId(account)
        && resource.startsWith(prefix)
        && !name().isEmpty()
        && resource.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '*' && c != '?');
  }

  static boolean isAccountId(String text) {
    return text.length() == 12 && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean isPartition(String text) {
    return text.startsWith("aws")
        && Characters.are(text, 3, 35, c -> Characters.isLowerCase(c) || c == '-');
  }

  @Override
  public String toString() {
    return String.join(":", "arn", partition, service, region, account, resource);
  }
}
