package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

/** What was seen of one path at a time. */
sealed interface Sight {
  /** No narinfo. */
  record Absent() implements Sight {}

  /** Something that is no narinfo. */
  record Malformed(NarInfoLooks.Look.Malformed look) implements Sight {
    public Malformed {
      requireNonNull(look, "look is null");
    }
  }

  /**
   * A narinfo and the NAR that it points at.
   *
   * @param at where the narinfo is kept
   * @param content what the checks say of both
   */
  record Whole(ReadNarInfo read, long at, NarSeen seen, ContentJudge.Content content)
      implements Sight {
    public Whole {
      requireNonNull(read, "read is null");
      requireNonNull(seen, "seen is null");
      requireNonNull(content, "content is null");
    }

    boolean isGood() {
      return content.verdict() == AuditVerdict.VERIFIED;
    }
  }

  /** Whether both times the same was there, and the same was read of it. */
  default boolean isSame(Sight other) {
    return (this instanceof Whole mine && other instanceof Whole others)
        ? mine.read().equals(others.read()) && mine.seen().equals(others.seen())
        : equals(other);
  }
}
