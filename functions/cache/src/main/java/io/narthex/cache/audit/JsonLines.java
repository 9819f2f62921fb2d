package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** One JSON object a path, a line each, as {@code docs/audit.md} says. */
public final class JsonLines implements Consumer<AuditedPath> {
  private final OutputStream out;

  /** To a stream that stays open. */
  public JsonLines(OutputStream out) {
    this.out = requireNonNull(out, "out is null");
  }

  @Override
  public void accept(AuditedPath path) {
    try {
      out.write(AuditJson.line(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
