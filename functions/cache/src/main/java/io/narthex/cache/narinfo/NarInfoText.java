package io.narthex.cache.narinfo;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.verdict.Finding;
import io.narthex.nix.narinfo.NarInfo;
import java.time.Instant;
import java.util.Optional;

/** What reading one version of a narinfo came to. */
public sealed interface NarInfoText {
  /** That version is gone: something else is current now. */
  record Gone() implements NarInfoText {}

  /**
   * It is not a narinfo.
   *
   * @param text as far as it is text and could be had, for the report
   */
  record Unreadable(Finding finding, Optional<String> text) implements NarInfoText {
    public Unreadable {
      requireNonNull(finding, "finding is null");
      requireNonNull(text, "text is null");
    }
  }

  /**
   * It is one.
   *
   * @param written when that version was
   */
  record Parsed(NarInfo narInfo, String text, Instant written) implements NarInfoText {
    public Parsed {
      requireNonNull(narInfo, "narInfo is null");
      requireNonNull(text, "text is null");
      requireNonNull(written, "written is null");
    }
  }
}
