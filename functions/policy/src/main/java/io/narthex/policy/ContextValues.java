package io.narthex.policy;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of one condition key, in the forms that comparisons need. Each is made once. */
final class ContextValues {
  private final ContextValue said;
  private final List<String> texts;
  private final @Nullable Typed[] typed;

  ContextValues(ContextValue said) {
    this.said = requireNonNull(said, "said is null");
    this.texts = said instanceof ContextValue.Known(List<String> values) ? values : List.of();
    this.typed = new Typed[texts.size()];
  }

  /** Whether there is anything to compare. */
  enum Presence {
    KNOWN,
    ABSENT,
    UNKNOWN
  }

  ContextValue said() {
    return said;
  }

  Presence presence() {
    return switch (said) {
      case ContextValue.Known _ -> Presence.KNOWN;
      case ContextValue.Absent _ -> Presence.ABSENT;
      case ContextValue.Unknown _ -> Presence.UNKNOWN;
    };
  }

  int count() {
    return texts.size();
  }

  String text(int index) {
    return texts.get(index);
  }

  /** The value as more than a text. Two threads may both make it, and make the same. */
  Typed typed(int index) {
    Typed made = typed[index];
    if (made == null) {
      made = new Typed(texts.get(index));
      typed[index] = made;
    }
    return made;
  }
}
