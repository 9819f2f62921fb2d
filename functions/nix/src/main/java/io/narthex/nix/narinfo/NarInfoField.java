package io.narthex.nix.narinfo;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The fields of a narinfo, in the order in which Nix writes them. */
enum NarInfoField {
  STORE_PATH("StorePath"),
  URL("URL"),
  COMPRESSION("Compression"),
  FILE_HASH("FileHash"),
  FILE_SIZE("FileSize"),
  NAR_HASH("NarHash"),
  NAR_SIZE("NarSize"),
  REFERENCES("References"),
  DERIVER("Deriver"),
  SYSTEM("System"),
  SIG("Sig"),
  CA("CA");

  private static final Map<String, NarInfoField> BY_LABEL =
      Arrays.stream(values()).collect(Collectors.toMap(NarInfoField::toString, f -> f));

  private final String label;

  NarInfoField(String label) {
    this.label = label;
  }

  static Optional<NarInfoField> labelled(String label) {
    return Optional.ofNullable(BY_LABEL.get(label));
  }

  /** The name before the colon. */
  @Override
  public String toString() {
    return label;
  }
}
