package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.nar.NarFacts;
import io.narthex.cache.verdict.Finding;
import java.util.List;
import java.util.Optional;

/** What was seen of the NAR that a narinfo points at. */
sealed interface NarSeen {
  /** Which object that was; empty if there was none. */
  Optional<Identity> identity();

  /** Nothing, or the narinfo points at no NAR of the cache. */
  record Absent() implements NarSeen {
    @Override
    public Optional<Identity> identity() {
      return Optional.empty();
    }
  }

  /** It is there, and not to be read. */
  record Stored(Identity object) implements NarSeen {
    public Stored {
      requireNonNull(object, "object is null");
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
