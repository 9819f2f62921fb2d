package io.narthex.local.s3.wire;

import io.narthex.policy.ContextValue;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;

/** Headers as values of condition keys. */
final class Headers {
  private Headers() {}

  /** A header that is there twice can be read in two ways, and so is not known. */
  static ContextValue value(HttpServletRequest request, String name) {
    List<String> values = Collections.list(request.getHeaders(name));
    return switch (values.size()) {
      case 0 -> new ContextValue.Absent();
      case 1 -> known(values.getFirst());
      default -> new ContextValue.Unknown();
    };
  }

  static ContextValue known(String value) {
    return new ContextValue.Known(List.of(value));
  }
}
