package io.narthex.policy;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a statement does when it applies.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_effect.html">Effect</a>
 */
public enum Effect {
  ALLOW("Allow"),
  DENY("Deny");

  private final String text;

  Effect(String text) {
    this.text = text;
  }

  /** The effect spelled exactly so; empty for anything else. */
  static Optional<Effect> spelled(String text) {
    return Arrays.stream(values()).filter(e -> e.text.equals(text)).findFirst();
  }

  /** As the document spells it. */
  @Override
  public String toString() {
    return text;
  }
}
