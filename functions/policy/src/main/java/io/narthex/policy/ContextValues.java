package io.narthex.policy;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of one condition key, in the forms that comparisons need. Each is made once. */
final class ContextValues {
  static final ContextValues ABSENT = new ContextValues(new ContextValue.Absent());
  static final ContextValues UNKNOWN = new ContextValues(new ContextValue.Unknown());

  private final ContextValue said;
  private final Presence presence;
  private final List<String> texts;
  private @Nullable Typed @Nullable [] typed;

  ContextValues(ContextValue said) {
    this.said = requireNonNull(said, "said is null");
    this.texts = said instanceof ContextValue.Known(List<String> values) ? values : List.of();
    this.presence =
        switch (said) {
          case ContextValue.Known _ -> Presence.KNOWN;
          case ContextValue.Absent _ -> Presence.ABSENT;
          case ContextValue.Unknown _ -> Presence.UNKNOWN;
        };
  }

  /** These values; absent if there are none. */
  static ContextValues of(List<String> values) {
    return values.isEmpty() ? ABSENT : new ContextValues(new ContextValue.Known(values));
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
    return presence;
  }

  int count() {
    return texts.size();
  }

  String text(int index) {
    return texts.get(index);
  }

  /** The value as more than a text. Two threads may both make it, and make the same. */
  Typed typed(int index) {
    @Nullable Typed[] all = typed;
    if (all == null) {
      all = new Typed[texts.size()];
      typed = all;
    }
    Typed made = all[index];
    if (made == null) {
      made = new Typed(texts.get(index));
      all[index] = made;
    }
    return made;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ContextValues that && said.equals(that.said);
  }

  @Override
  public int hashCode() {
    return said.hashCode();
  }
}
