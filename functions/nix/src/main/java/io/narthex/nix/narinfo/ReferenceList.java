package io.narthex.nix.narinfo;

import io.narthex.nix.path.StorePath;
import io.narthex.nix.text.Excerpt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** The value of {@code References}: base names parted by spaces. */
record ReferenceList(NarInfoLine line, Set<NarInfoQuirk> quirks) {
  SortedSet<StorePath> parse() throws MalformedNarInfoException {
    var references = new TreeSet<StorePath>();
    if (line.value().isEmpty()) {
      return references;
    }
    for (String name : line.value().split(" ", -1)) {
      if (name.isEmpty()) {
        quirks.add(NarInfoQuirk.REFERENCE_SPACING);
      } else {
        add(references, storePath(name));
      }
    }
    return references;
  }

  private StorePath storePath(String name) throws MalformedNarInfoException {
    try {
      return StorePath.parse(name);
    } catch (IllegalArgumentException e) {
      throw line.malformed(Excerpt.reason(e));
    }
  }

  private void add(TreeSet<StorePath> references, StorePath reference) {
    if (!references.isEmpty() && reference.compareTo(references.last()) < 0) {
      quirks.add(NarInfoQuirk.UNSORTED_REFERENCES);
    }
    if (!references.add(reference)) {
      quirks.add(NarInfoQuirk.REPEATED_REFERENCE);
    }
  }
}
