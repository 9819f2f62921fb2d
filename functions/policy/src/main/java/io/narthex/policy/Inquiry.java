package io.narthex.policy;

/** A request put to the statements of one document, whose version says how its texts are read. */
record Inquiry(AccessRequest request, PolicyVersion version) {

  /** Whether the value is the operand, character by character. */
  Truth equal(String operand, String value) {
    return version.isVariable(operand) ? Truth.INDETERMINATE : Truth.of(operand.equals(value));
  }

  /** Whether the value matches the operand as a pattern. */
  Truth like(String operand, String value) {
    return version.isVariable(operand)
        ? Truth.INDETERMINATE
        : Truth.of(Glob.of(operand).matches(value));
  }

  ContextValue value(String key) {
    return request.context().value(key);
  }
}
