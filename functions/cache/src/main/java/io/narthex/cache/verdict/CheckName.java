package io.narthex.cache.verdict;

import java.util.Arrays;
import java.util.Optional;

/** The name of a check, as reports and people spell it. The order is the order of a report. */
public enum CheckName {
  REVOCATION("revocation"),
  NARINFO_SYNTAX("narinfo-syntax"),
  KEY_MATCHES_STORE_PATH("key-matches-store-path"),
  STORE_DIR("store-dir"),
  URL("url"),
  REFERENCES("references"),
  NAR_PRESENT("nar-present"),
  NAR_NAME("nar-name"),
  FILE_HASH("file-hash"),
  FILE_SIZE("file-size"),
  COMPRESSION("compression"),
  ARCHIVE("archive"),
  NAR_HASH("nar-hash"),
  NAR_SIZE("nar-size"),
  CONTENT_ADDRESS("content-address"),
  UNDECLARED_REFERENCES("undeclared-references"),
  SIGNATURES("signatures"),
  CLOSURE("closure"),
  OWN_SIGNATURE("own-signature"),
  LISTING("listing"),
  DEBUG_INFO("debuginfo"),
  REALISATION("realisation"),
  LOG("log"),
  KEY("key");

  private final String label;

  CheckName(String label) {
    this.label = label;
  }

  /** The check with this name. */
  public static Optional<CheckName> labelled(String label) {
    return Arrays.stream(values()).filter(c -> c.label.equals(label)).findFirst();
  }

  /** Whether a failure of it may be the NAR's fault alone. */
  public boolean isAboutNar() {
    return switch (this) {
      case NAR_NAME,
          FILE_HASH,
          FILE_SIZE,
          COMPRESSION,
          ARCHIVE,
          NAR_HASH,
          NAR_SIZE,
          CONTENT_ADDRESS,
          UNDECLARED_REFERENCES ->
          true;
      case REVOCATION,
          NARINFO_SYNTAX,
          KEY_MATCHES_STORE_PATH,
          STORE_DIR,
          URL,
          REFERENCES,
          NAR_PRESENT,
          SIGNATURES,
          CLOSURE,
          OWN_SIGNATURE,
          LISTING,
          DEBUG_INFO,
          REALISATION,
          LOG,
          KEY ->
          false;
    };
  }

  /** As in a report, e.g. {@code nar-hash}. */
  @Override
  public String toString() {
    return label;
  }
}
