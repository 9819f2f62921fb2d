package io.narthex.policy;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which accounts canonical user ids stand for: that is not in a policy, and somebody who knows has
 * to say it. A statement about an id that is not here is indeterminate.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/finding-canonical-user-id.html">Finding
 *     the canonical user ID</a>
 */
public final class CanonicalUsers {
  private static final CanonicalUsers NONE = new CanonicalUsers(Map.of());

  private final Map<String, String> accounts;

  /**
   * The accounts of some ids.
   *
   * @param accounts 12 digits for each id of 64 hexadecimal digits
   * @throws IllegalArgumentException if something is neither, or an id is there twice
   */
  public CanonicalUsers(Map<String, String> accounts) {
    if (!accounts.keySet().stream().allMatch(PrincipalPattern.CanonicalUser::isId)
        || !accounts.values().stream().allMatch(Arn::isAccountId)) {
      throw new IllegalArgumentException("not canonical user ids and accounts");
    }
    try {
      this.accounts =
          accounts.entrySet().stream()
              .collect(toUnmodifiableMap(user -> canonical(user.getKey()), Map.Entry::getValue));
    } catch (IllegalStateException e) {
      throw new IllegalArgumentException("a canonical user id twice, in another case", e);
    }
  }

  /** Nothing is known of any id. */
  public static CanonicalUsers none() {
    return NONE;
  }

  /** The account of the id, in any case; empty if that is not known. */
  Optional<String> account(String id) {
    return Optional.ofNullable(accounts.get(canonical(id)));
  }

  private static String canonical(String id) {
    return id.toLowerCase(Locale.ROOT);
  }
}
