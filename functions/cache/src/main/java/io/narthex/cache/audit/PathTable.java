package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.path.StorePath;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How each path stands, by its number, and which name it has: 9 bytes a path. Each path is written
 * by one thread at a time, and read by others only after that has ended.
 */
final class PathTable {
  private static final int NAME = Long.BYTES;

  private final PathSet paths;
  private final MemorySegment marks;
  private final MemorySegment names;
  private final NameNumbers numbers = new NameNumbers();

  PathTable(PathSet paths, Scratch scratch) {
    this.paths = requireNonNull(paths, "paths is null");
    this.marks = scratch.memory("marks", paths.size());
    this.names = scratch.memory("names", paths.size() * NAME);
  }

  /** How a path stands. */
  enum Mark {
    /** Not looked at yet, or no longer there. */
    NONE(Optional.of(MissedReference.Why.ABSENT)),
    /** All is right but for its closure, of which nothing bad is known. */
    GOOD(Optional.empty()),
    REJECTED(Optional.of(MissedReference.Why.REJECTED)),
    WAITING(Optional.of(MissedReference.Why.WAITING)),
    UNCHECKED(Optional.of(MissedReference.Why.UNCHECKED)),
    /** All is right, and its closure misses something. */
    INCOMPLETE(Optional.of(MissedReference.Why.WAITING)),
    /** All is right, and something in its closure could not be read. */
    UNSURE(Optional.of(MissedReference.Why.UNCHECKED));

    private static final Mark[] ALL = values();

    private final Optional<MissedReference.Why> why;

    Mark(Optional<MissedReference.Why> why) {
      this.why = why;
    }

    /** One byte that says it. */
    byte code() {
      return (byte) List.of(ALL).indexOf(this);
    }

    /** The one that a byte says. */
    static Mark of(byte code) {
      return ALL[code];
    }

    /** Why a reference to it counts for nothing; empty if it counts. */
    Optional<MissedReference.Why> why() {
      return why;
    }
  }

  PathSet paths() {
    return paths;
  }

  Mark mark(long number) {
    return Mark.of(marks.get(ValueLayout.JAVA_BYTE, number));
  }

  void mark(long number, Mark mark) {
    marks.set(ValueLayout.JAVA_BYTE, number, mark.code());
  }

  /**
   * Which name the narinfo of a number has for its path. One for a path with another hash is never
   * {@link Mark#GOOD}.
   */
  void name(long number, StorePath path) {
    names.set(ValueLayout.JAVA_LONG_UNALIGNED, number * NAME, nameOf(path));
  }

  private long nameOf(StorePath path) {
    return numbers.of(path.name().name());
  }

  /**
   * How a path stands that is referred to, by its full name: another one under the same hash is
   * another path. Empty if its hash is not among those audited.
   */
  Optional<Mark> referred(StorePath path) {
    OptionalLong number = paths.numberOf(path.hash());
    if (number.isEmpty()) {
      return Optional.empty();
    }
    Mark mark = mark(number.getAsLong());
    return Optional.of(mark == Mark.GOOD && !isNamed(number.getAsLong(), path) ? Mark.NONE : mark);
  }

  /** A reference, by what is known of it already before it is known how it stands. */
  Referred refer(StorePath path) {
    OptionalLong number = paths.numberOf(path.hash());
    return number.isPresent() ? new Referred(number.getAsLong(), nameOf(path)) : Referred.OUTSIDE;
  }

  /** Whether it is among those audited, and counts. */
  boolean counts(Referred reference) {
    return !reference.isOutside()
        && mark(reference.number()) == Mark.GOOD
        && name(reference.number()) == reference.name();
  }

  private boolean isNamed(long number, StorePath path) {
    return name(number) == nameOf(path);
  }

  private long name(long number) {
    return names.get(ValueLayout.JAVA_LONG_UNALIGNED, number * NAME);
  }
}
