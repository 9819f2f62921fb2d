package io.narthex.cache.audit;

/** Whether the NAR of a path was read. */
public enum ArchiveRead {
  /** All of it, by this audit. */
  READ,
  /** By an earlier audit, as its state says; neither narinfo nor NAR has changed. */
  KNOWN,
  /** Not at all, or not to its end: it was not to be read, is not there, or could not be. */
  NOT_READ
}
