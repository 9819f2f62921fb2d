package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.nar.NarFacts;
import io.narthex.cache.verdict.Finding;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What was seen of the NAR that a narinfo points at. */
sealed interface NarSeen {
  /** Which object that was; empty if there was none. */
  Optional<Identity> identity();

  /** Whether there was any. */
  default boolean isThere() {
    return identity().isPresent();
  }

  /** Whether it was read. */
  default ArchiveRead archive() {
    return switch (this) {
      case Read read -> ArchiveRead.READ;
      case Known known -> ArchiveRead.KNOWN;
      case Absent absent -> ArchiveRead.NOT_READ;
      case Listed listed -> ArchiveRead.NOT_READ;
      case Stored stored -> ArchiveRead.NOT_READ;
      case Unread unread -> ArchiveRead.NOT_READ;
    };
  }

  /** How many bytes it had; empty if that is not known, or if there was none. */
  default OptionalLong size() {
    return identity().stream().mapToLong(Identity::size).filter(size -> size > 0).findFirst();
  }

  /** Nothing, or the narinfo points at no NAR of the cache. */
  record Absent() implements NarSeen {
    @Override
    public Optional<Identity> identity() {
      return Optional.empty();
    }
  }

  /** A listing had it, and it is not to be read. */
  record Listed(long bytes) implements NarSeen {
    @Override
    public OptionalLong size() {
      return OptionalLong.of(bytes);
    }

    @Override
    public Optional<Identity> identity() {
      return Optional.empty();
    }

    @Override
    public boolean isThere() {
      return true;
    }
  }

  /**
   * It is there, and not to be read.
   *
   * @param isSizeTold whether it has 0 bytes if its size is 0
   */
  record Stored(Identity object, boolean isSizeTold) implements NarSeen {
    public Stored {
      requireNonNull(object, "object is null");
    }

    @Override
    public OptionalLong size() {
      return isSizeTold ? OptionalLong.of(object.size()) : NarSeen.super.size();
    }

    @Override
    public Optional<Identity> identity() {
      return Optional.of(object);
    }
  }

  /** It is there and was not read, for this reason. */
  record Unread(Identity object, Finding finding) implements NarSeen {
    public Unread {
      requireNonNull(object, "object is null");
      requireNonNull(finding, "finding is null");
    }

    @Override
    public Optional<Identity> identity() {
      return Optional.of(object);
    }
  }

  /** It was read. */
  record Read(Identity object, NarFacts facts) implements NarSeen {
    public Read {
      requireNonNull(object, "object is null");
      requireNonNull(facts, "facts is null");
    }

    @Override
    public OptionalLong size() {
      return OptionalLong.of(facts.fileSize());
    }

    @Override
    public Optional<Identity> identity() {
      return Optional.of(object);
    }
  }

  /** An earlier audit has read the same under the same settings, and this is what it found. */
  record Known(Identity object, List<AuditFinding> findings) implements NarSeen {
    public Known {
      requireNonNull(object, "object is null");
      findings = List.copyOf(findings);
    }

    @Override
    public Optional<Identity> identity() {
      return Optional.of(object);
    }
  }
}
