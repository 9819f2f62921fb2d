package io.narthex.nix.nar;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/** A file system object as a listing describes it: without the contents of files. */
public sealed interface NarNode {
  /**
   * A directory.
   *
   * @param entries names strictly ascending bytewise
   */
  record Directory(List<Entry> entries) implements NarNode {
    public Directory {
      entries = List.copyOf(entries);
      for (int i = 1; i < entries.size(); i++) {
        if (entries.get(i - 1).name().compareTo(entries.get(i).name()) >= 0) {
          throw new IllegalArgumentException("entries do not ascend at " + entries.get(i).name());
        }
      }
    }

    /** The entry of this name, if there is one. */
    public Optional<NarNode> entry(NarName name) {
      int low = 0;
      int high = entries.size() - 1;
      while (low <= high) {
        int middle = (low + high) >>> 1;
        int order = entries.get(middle).name().compareTo(name);
        if (order == 0) {
          return Optional.of(entries.get(middle).node());
        }
        low = order < 0 ? middle + 1 : low;
        high = order < 0 ? high : middle - 1;
      }
      return Optional.empty();
    }
  }

  /** What a directory calls one of its trees. */
  record Entry(NarName name, NarNode node) {
    public Entry {
      requireNonNull(name, "name is null");
      requireNonNull(node, "node is null");
    }
  }

  /**
   * A regular file.
   *
   * @param size bytes of its contents
   * @param narOffset where in the uncompressed archive they begin, in bytes
   */
  record Regular(boolean executable, long size, long narOffset) implements NarNode {
    public Regular {
      if (size < 0 || narOffset < 0) {
        throw new IllegalArgumentException("size " + size + ", narOffset " + narOffset);
      }
    }
  }

  /** A symbolic link. */
  record Symlink(LinkTarget target) implements NarNode {
    public Symlink {
      requireNonNull(target, "target is null");
    }
  }
}
