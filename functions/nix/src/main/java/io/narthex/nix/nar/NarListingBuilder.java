package io.narthex.nix.nar;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Builds the {@link NarListing} of the archive whose events it hears. A tree larger than the limits
 * is dropped as soon as that is known, so memory is bounded whatever the archive holds.
 */
public final class NarListingBuilder implements NarHandler {
  /** The default limit: about 150 MB; the largest trees of nixpkgs have a few 100,000 entries. */
  public static final int MAX_ENTRIES = 1_000_000;

  /** How many bytes of names and link targets there may be, by default. */
  public static final long MAX_TEXT = 64 << 20;

  private final Deque<OpenDirectory> open = new ArrayDeque<>();
  private final int maxEntries;
  private final long maxText;
  private int entries;
  private long text;
  private @Nullable NarNode root;

  /** A builder with the default limit. */
  public NarListingBuilder() {
    this(MAX_ENTRIES, MAX_TEXT);
  }

  /**
   * A builder with limits over all directories.
   *
   * @param maxEntries it gives up at more
   * @param maxText in bytes of names and link targets; it gives up at more
   */
  public NarListingBuilder(int maxEntries, long maxText) {
    this.maxEntries = maxEntries;
    this.maxText = maxText;
  }

  /** The listing; empty when the tree is not complete or has too many entries. */
  public Optional<NarListing> listing() {
    return overflowed() ? Optional.empty() : Optional.ofNullable(root).map(NarListing::new);
  }

  /** Whether the tree is larger than the limits. */
  public boolean overflowed() {
    return entries > maxEntries || text > maxText;
  }

  @Override
  public void startDirectory() {
    open.push(new OpenDirectory());
  }

  @Override
  public void entry(NarName name) {
    entries = Math.min(entries, maxEntries) + 1;
    take(name.raw());
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
    take(target.raw());
    add(new NarNode.Symlink(target));
  }

  private void take(String raw) {
    text = Math.min(text, maxText) + raw.length();
    if (overflowed()) {
      open.forEach(OpenDirectory::forget);
    }
  }

  private void add(NarNode node) {
    OpenDirectory parent = open.peek();
    if (parent == null) {
      root = node;
    } else if (!overflowed()) {
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
