package io.narthex.nix.narinfo;

import static java.util.Objects.requireNonNull;

/** A text is not a narinfo, or not one that we accept. */
public final class MalformedNarInfoException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final String field;
  private final String reason;

  /**
   * One fault.
   *
   * @param line counted from 1; 0 if the fault is not in one line
   * @param field the field's name; empty if the fault is not in one field
   * @param reason fit for users, without control characters
   */
  public MalformedNarInfoException(int line, String field, String reason) {
    super(message(line, field, reason));
    this.line = line;
    this.field = requireNonNull(field, "field is null");
    this.reason = requireNonNull(reason, "reason is null");
  }

  private static String message(int line, String field, String reason) {
    return "narinfo"
        + (line == 0 ? "" : " line " + line)
        + (field.isEmpty() ? "" : " " + field)
        + ": "
        + reason;
  }

  /** The line, counted from 1; 0 if the fault is not in one line. */
  public int line() {
    return line;
  }

  /** The field's name, e.g. {@code NarHash}; empty if the fault is not in one field. */
  public String field() {
    return field;
  }

  /** What is wrong. */
  public String reason() {
    return reason;
  }
}
