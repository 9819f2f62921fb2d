package io.narthex.nix.narinfo;

/**
 * What is legal in a narinfo but not as Nix writes it. A narinfo text without any is exactly what
 * {@link NarInfo#write()} gives back.
 */
public enum NarInfoQuirk {
  /** Fields, or {@code Sig} lines, are not in the order in which Nix writes them. */
  FIELD_ORDER,
  /** A byte other than a space follows the colon. */
  ODD_SEPARATOR,
  /** A field that Nix does not know, which {@link NarInfo#write()} leaves out. */
  UNKNOWN_FIELD,
  /** {@code System}, which old versions wrote and none reads; left out too. */
  SYSTEM_FIELD,
  /** {@code NarHash} is not {@code sha256:} and nix32. */
  NAR_HASH_SPELLING,
  /** {@code FileHash} is not its algorithm and nix32. */
  FILE_HASH_SPELLING,
  /** {@code FileHash} is not a SHA-256, so Nix would not write it. */
  FILE_HASH_NOT_SHA256,
  /** {@code FileHash} is missing. */
  MISSING_FILE_HASH,
  /** {@code FileSize} is missing. */
  MISSING_FILE_SIZE,
  /** {@code FileSize} is 0, which means that it is not known. */
  ZERO_FILE_SIZE,
  /** A number begins with zeros. */
  NUMBER_SPELLING,
  /** {@code Compression} is missing or empty, which means bzip2. */
  MISSING_COMPRESSION,
  /** {@code Compression} is a name that Nix 2.35 refuses. */
  UNKNOWN_COMPRESSION,
  /** {@code References} is missing, which means none. */
  MISSING_REFERENCES,
  /** References are not in bytewise order. */
  UNSORTED_REFERENCES,
  /** A reference is there twice. */
  REPEATED_REFERENCE,
  /** References are parted by more than one space. */
  REFERENCE_SPACING,
  /** {@code Deriver} is {@code unknown-deriver}, which means none. */
  UNKNOWN_DERIVER,
  /** A {@code Sig} is there twice. */
  REPEATED_SIGNATURE,
  /** A {@code Sig} is not in padded base64. */
  SIGNATURE_SPELLING,
  /** {@code CA} is empty, which means none. */
  EMPTY_CA,
  /** The hash in {@code CA} is not in nix32. */
  CA_SPELLING
}
