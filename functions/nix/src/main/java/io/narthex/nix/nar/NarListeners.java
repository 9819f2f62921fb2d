package io.narthex.nix.nar;

import java.util.List;

/**
 * Who else listens to a pass, e.g. the hash of a content address. Called in the order of the
 * archive by one thread, not always the caller's; all calls happen before the pass returns. When
 * the outcome is not {@link ArchiveOutcome.WellFormed} they have heard a part.
 *
 * @param handlers hear the tree
 * @param sinks take the decoded bytes
 */
public record NarListeners(List<NarHandler> handlers, List<ByteSink> sinks) {
  /** Nobody. */
  public static final NarListeners NONE = new NarListeners(List.of(), List.of());

  public NarListeners {
    handlers = List.copyOf(handlers);
    sinks = List.copyOf(sinks);
  }
}
