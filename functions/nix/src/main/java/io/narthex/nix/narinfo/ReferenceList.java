package io.narthex.nix.narinfo;

import io.narthex.nix.path.StorePath;
import io.narthex.nix.text.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** The value of {@code References}: base names parted by spaces. */
record ReferenceList(NarInfoLine line, Set<NarInfoQuirk> quirks) {
  SortedSet<StorePath> parse() throws MalformedNarInfoException {
    String names = line.value();
    var references = new ArrayList<StorePath>();
    int start = 0;
    while (start <= names.length() && !names.isEmpty()) {
      int space = names.indexOf(' ', start);
      int end = space < 0 ? names.length() : space;
      if (end == start) {
        quirks.add(NarInfoQuirk.REFERENCE_SPACING);
      } else {
        references.add(storePath(names, start, end));
      }
      start = end + 1;
    }
    noteOrder(references);
    return SortedValues.of(references);
  }

  private StorePath storePath(String names, int start, int end) throws MalformedNarInfoException {
    try {
      return StorePath.parse(names, start, end);
    } catch (IllegalArgumentException e) {
      throw line.malformed(Excerpt.reason(e));
    }
  }

  private void noteOrder(List<StorePath> references) {
    boolean isSorted = true;
    for (int i = 1; i < references.size(); i++) {
      isSorted &= references.get(i - 1).compareTo(references.get(i)) < 0;
    }
    if (!isSorted) {
      noteDisorder(references);
    }
  }

  private void noteDisorder(List<StorePath> references) {
    var seen = new TreeSet<StorePath>();
    for (StorePath reference : references) {
      if (!seen.isEmpty() && reference.compareTo(seen.last()) < 0) {
        quirks.add(NarInfoQuirk.UNSORTED_REFERENCES);
      }
      if (!seen.add(reference)) {
        quirks.add(NarInfoQuirk.REPEATED_REFERENCE);
      }
    }
  }
}
