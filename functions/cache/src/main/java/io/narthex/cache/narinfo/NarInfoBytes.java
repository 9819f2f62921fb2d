package io.narthex.cache.narinfo;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.verdict.Finding;
import java.time.Instant;

/** What reading the bytes of one version of a narinfo came to. */
public sealed interface NarInfoBytes {
  /** That version is gone: something else is current now. */
  record Gone() implements NarInfoBytes {}

  /** It has no bytes that could be a narinfo. */
  record Unreadable(Finding finding) implements NarInfoBytes {
    public Unreadable {
      requireNonNull(finding, "finding is null");
    }
  }

  /**
   * It has these, decoded.
   *
   * @param bytes an array of its own for the receiver
   * @param written when that version was
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
  record Decoded(byte[] bytes, Instant written) implements NarInfoBytes {
    public Decoded {
      requireNonNull(bytes, "bytes is null");
      requireNonNull(written, "written is null");
    }
  }
}
