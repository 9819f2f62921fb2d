package io.narthex.policy;

/**
 * How many of a key's values must satisfy a comparison.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html">Single-valued
 *     and multivalued context keys</a>
 */
public enum Quantifier {
  /** The key has one value, and that does. */
  ONE(""),
  /** All do that it has, also if it has none. */
  FOR_ALL_VALUES("ForAllValues:"),
  /** One does, of those that it has. */
  FOR_ANY_VALUE("ForAnyValue:");

  private final String prefix;

  Quantifier(String prefix) {
    this.prefix = prefix;
  }

  /** The quantifier that an operator begins with, to the letter. */
  static Quantifier of(String operator) {
    if (operator.startsWith(FOR_ALL_VALUES.prefix)) {
      return FOR_ALL_VALUES;
    }
    return operator.startsWith(FOR_ANY_VALUE.prefix) ? FOR_ANY_VALUE : ONE;
  }

  /** What an operator begins with. */
  @Override
  public String toString() {
    return prefix;
  }
}
