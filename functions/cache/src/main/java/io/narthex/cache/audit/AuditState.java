package io.narthex.cache.audit;

import java.util.List;
import java.util.Optional;

/**
 * What earlier audits have found, so that what has not changed is not read again. Safe for several
 * threads.
 */
public interface AuditState {
  /** Of the digests by which it is asked. */
  int KEY_LENGTH = PackedHash.DIGEST;

  /** Remembers nothing. */
  AuditState NONE =
      new AuditState() {
        @Override
        public Optional<List<AuditFinding>> find(byte[] key) {
          return Optional.empty();
        }

        @Override
        public void keep(byte[] key, List<AuditFinding> findings) {}

        @Override
        public boolean isKept() {
          return false;
        }
      };

  /**
   * Whether anything is kept at all, so that it is worth to look what a NAR is before reading it.
   */
  default boolean isKept() {
    return true;
  }

  /**
   * What reading a NAR in full came to before.
   *
   * @param key digest of all that it depends on: settings, narinfo and NAR
   */
  Optional<List<AuditFinding>> find(byte[] key);

  /** Keeps what reading a NAR in full came to. */
  void keep(byte[] key, List<AuditFinding> findings);
}
