package io.narthex.nix.nar;

import java.util.List;

/**
 * Listens to the tree that a {@link NarParser} reads, in the order of the archive. Every method
 * does nothing unless overridden.
 *
 * <pre>
 * tree      = directory | file | symlink
 * directory = startDirectory, { entry, tree }, endDirectory
 * file      = startFile, { contents }, endFile
 * </pre>
 *
 * <p>A tree whose archive turns out malformed simply stops; nothing is closed.
 */
public interface NarHandler {
  /** A directory begins. */
  default void startDirectory() {}

  /** The next tree is the directory's entry of this name. Names ascend bytewise. */
  default void entry(NarName name) {}

  /** The innermost open directory ends. */
  default void endDirectory() {}

  /**
   * A regular file begins.
   *
   * @param size bytes of its contents
   * @param narOffset where in the archive the contents begin, in bytes
   */
  default void startFile(boolean executable, long size, long narOffset) {}

  /**
   * The next bytes of the file's contents; only valid during the call. An empty file has none.
   *
   * @param buffer not to be changed or kept
   */
  default void contents(byte[] buffer, int offset, int length) {}

  /** The file ends; all its bytes were given. */
  default void endFile() {}

  /** A symbolic link. */
  default void symlink(LinkTarget target) {}

  /** A handler that passes every event to each of these, in their order. */
  static NarHandler broadcast(List<? extends NarHandler> handlers) {
    return handlers.size() == 1 ? handlers.getFirst() : new BroadcastHandler(handlers);
  }
}
