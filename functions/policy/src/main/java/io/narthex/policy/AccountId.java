package io.narthex.policy;

/**
 * The id of an AWS account.
 *
 * @param digits 12 of them, e.g. {@code 111122223333}; there may be zeros in front
 * @see <a
 *     href="https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html">AWS
 *     account identifiers</a>
 */
public record AccountId(String digits) {
  /** Refuses anything but 12 digits. */
  public AccountId {
    if (!Arn.isAccountId(digits)) {
      throw new IllegalArgumentException("not an account id, which has 12 digits: " + digits);
    }
  }

  @Override
  public String toString() {
    return digits;
  }
}
