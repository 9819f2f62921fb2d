package io.narthex.nix.nar;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Builds the {@link NarListing} of the archive whose events it hears. A tree with more entries than
 * the limit is dropped as soon as that is known, so memory is bounded whatever the archive holds.
 */
public final class NarListingBuilder implements NarHandler {
  /** The default limit: about 150 MB; the largest trees of nixpkgs have a few 100,000 entries. */
  public static final int MAX_ENTRIES = 1_000_000;

  private final Deque<OpenDirectory> open = new ArrayDeque<>();
  private final int maxEntries;
  private int entries;
  private @Nullable NarNode root;

  /** A builder with the default limit. */
  public NarListingBuilder() {
    this(MAX_ENTRIES);
  }

  /** A builder that gives up at more than so many entries, counted over all directories. */
  public NarListingBuilder(int maxEntries) {
    this.maxEntries = maxEntries;
  }

  /** The listing; empty when the tree is not complete or has too many entries. */
  public Optional<NarListing> listing() {
    return overflowed() ? Optional.empty() : Optional.ofNullable(root).map(NarListing::new);
  }

  /** Whether the tree has more entries than the limit. */
  public boolean overflowed() {
    return entries > maxEntries;
  }

  @Override
  public void startDirectory() {
    open.push(new OpenDirectory());
  }

  @Override
  public void entry(NarName name) {
    entries = Math.min(entries, maxEntries) + 1;
    if (overflowed()) {
      open.forEach(OpenDirectory::forget);
    }
    open.element().name = name;
  }

  @Override
  public void endDirectory() {
    add(new NarNode.Directory(open.pop().entries));
  }

  @Override
  public void startFile(boolean executable, long size, long narOffset) {
    add(new NarNode.Regular(executable, size, narOffset));
  }

  @Override
  public void symlink(LinkTarget target) {
    add(new NarNode.Symlink(target));
  }

  private void add(NarNode node) {
    OpenDirectory parent = open.peek();
    if (parent == null) {
      root = node;
    } else {
      parent.add(node);
    }
  }

  private static final class OpenDirectory {
    private List<NarNode.Entry> entries = new ArrayList<>();
    private @Nullable NarName name;

    private void add(NarNode node) {
      if (name != null) {
        entries.add(new NarNode.Entry(name, node));
        name = null;
      }
    }

    private void forget() {
      entries = new ArrayList<>();
    }
  }
}
