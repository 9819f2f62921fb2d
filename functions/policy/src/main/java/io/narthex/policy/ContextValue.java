package io.narthex.policy;

import java.util.List;

/** What is known of one condition key of a request. */
public sealed interface ContextValue {

  /** The key is in the request with these values: at least one, several for a multi-valued key. */
  record Known(List<String> values) implements ContextValue {
    public Known {
      values = List.copyOf(values);
      if (values.isEmpty()) {
        throw new IllegalArgumentException("no value: that is Absent");
      }
    }
  }

  /** The key is not in the request. */
  record Absent() implements ContextValue {}

  /** Nobody found out: conditions on the key are indeterminate. */
  record Unknown() implements ContextValue {}
}
