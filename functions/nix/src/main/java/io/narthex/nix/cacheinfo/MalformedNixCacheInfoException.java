package io.narthex.nix.cacheinfo;

import static java.util.Objects.requireNonNull;

/** A text is not a {@code nix-cache-info} that Nix would read. */
public final class MalformedNixCacheInfoException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String field;

  MalformedNixCacheInfoException(String field, String reason) {
    super("nix-cache-info " + field + ": " + reason);
    this.field = requireNonNull(field, "field is null");
  }

  /** The field at fault, e.g. {@code Priority}. */
  public String field() {
    return field;
  }
}
