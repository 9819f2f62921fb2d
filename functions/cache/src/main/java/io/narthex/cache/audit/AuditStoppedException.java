package io.narthex.cache.audit;

/** The audit was asked to stop; what it was about is not finished and not reported. */
final class AuditStoppedException extends RuntimeException {
  AuditStoppedException() {
    super("stopped", null, false, false);
  }
}
