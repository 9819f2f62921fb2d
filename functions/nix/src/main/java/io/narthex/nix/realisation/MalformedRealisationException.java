package io.narthex.nix.realisation;

import static java.util.Objects.requireNonNull;

/** A text is not a realisation, or not one that we accept. */
public final class MalformedRealisationException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String field;
  private final String reason;

  /**
   * One fault.
   *
   * @param field the member of the JSON object; empty if the fault is not in one
   * @param reason fit for users, without control characters
   */
  public MalformedRealisationException(String field, String reason) {
    super("realisation" + (field.isEmpty() ? "" : " " + field) + ": " + reason);
    this.field = requireNonNull(field, "field is null");
    this.reason = requireNonNull(reason, "reason is null");
  }

  /** The member of the JSON object, e.g. {@code outPath}; empty if the fault is not in one. */
  public String field() {
    return field;
  }

  /** What is wrong. */
  public String reason() {
    return reason;
  }
}
