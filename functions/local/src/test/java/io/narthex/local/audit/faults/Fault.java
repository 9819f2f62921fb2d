package io.narthex.local.audit.faults;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** One way in which an answer is not what it should be. */
public enum Fault {
  /** Status 500. */
  INTERNAL_ERROR,
  /** Status 503, as S3 says that it is asked too often. */
  SLOW_DOWN,
  /** Status 429. */
  TOO_MANY_REQUESTS,
  /** Status 403. */
  FORBIDDEN,
  /** The connection is closed before a byte of the answer. */
  CLOSED,
  /** The connection is reset in the middle of the headers. */
  CUT_HEAD,
  /** The connection is closed in the middle of the bytes. */
  TRUNCATED,
  /** The connection is reset in the middle of the bytes. */
  RESET,
  /** After half of the bytes nothing comes any more. */
  STALLED,
  /** More bytes are announced than there are; then the connection is closed. */
  ANNOUNCES_MORE,
  /** The bytes come in chunks, and the last chunk does not. */
  CHUNKS_CUT,
  /** Status 404 for what is there. */
  SAYS_ABSENT,
  /** Fewer bytes are announced, and come, than there are. */
  ANNOUNCES_LESS,
  /** The second half of the bytes is another's: it was overwritten while it was read. */
  CHANGED;

  /** Those that no client can take for an answer. */
  public static final Set<Fault> HONEST =
      Collections.unmodifiableSet(EnumSet.range(INTERNAL_ERROR, CHUNKS_CUT));

  /** Those that look like an answer. */
  public static final Set<Fault> LIES =
      Collections.unmodifiableSet(EnumSet.range(SAYS_ABSENT, CHANGED));
}
