package io.narthex.nix.narinfo;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The lines of a narinfo by field: each field at most once, except {@code Sig}. */
final class NarInfoFields {
  private final Map<NarInfoField, NarInfoLine> single = new EnumMap<>(NarInfoField.class);
  private final List<NarInfoLine> sigs = new ArrayList<>();
  private final Set<NarInfoQuirk> quirks;
  private NarInfoField last = NarInfoField.STORE_PATH;

  /** Sorts the lines and notes what is odd about them as a whole. */
  NarInfoFields(List<NarInfoLine> lines, Set<NarInfoQuirk> quirks)
      throws MalformedNarInfoException {
    this.quirks = quirks;
    for (NarInfoLine line : lines) {
      add(line);
    }
  }

  private void add(NarInfoLine line) throws MalformedNarInfoException {
    Optional<NarInfoField> known = NarInfoField.labelled(line.name());
    if (line.separator() != ' ') {
      quirks.add(NarInfoQuirk.ODD_SEPARATOR);
    }
    if (known.isEmpty()) {
      quirks.add(NarInfoQuirk.UNKNOWN_FIELD);
      return;
    }
    NarInfoField field = known.get();
    noteOrder(field);
    if (field == NarInfoField.SIG) {
      sigs.add(line);
    } else {
      addSingle(field, line);
    }
  }

  private void addSingle(NarInfoField field, NarInfoLine line) throws MalformedNarInfoException {
    NarInfoLine first = single.putIfAbsent(field, line);
    if (first != null) {
      throw line.malformed("the field is already in line " + first.number());
    }
    if (field == NarInfoField.SYSTEM) {
      quirks.add(NarInfoQuirk.SYSTEM_FIELD);
    }
  }

  private void noteOrder(NarInfoField field) {
    if (field.compareTo(last) < 0) {
      quirks.add(NarInfoQuirk.FIELD_ORDER);
    }
    last = field;
  }

  Optional<NarInfoLine> find(NarInfoField field) {
    return Optional.ofNullable(single.get(field));
  }

  NarInfoLine require(NarInfoField field) throws MalformedNarInfoException {
    NarInfoLine line = single.get(field);
    if (line == null) {
      throw new MalformedNarInfoException(0, field.toString(), "the field is missing");
    }
    return line;
  }

  List<NarInfoLine> sigs() {
    return sigs;
  }
}
