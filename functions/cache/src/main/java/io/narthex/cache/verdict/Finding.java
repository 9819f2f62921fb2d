package io.narthex.cache.verdict;

import static java.util.Objects.requireNonNull;

/**
 * One thing that is not as it should be: bad data as a value.
 *
 * @param field what it is about: a narinfo field ({@code NarHash}), a key, an object
 * @param expected what the checker wanted, e.g. what the narinfo says
 * @param actual what there is instead
 */
public record Finding(CheckName check, String field, String expected, String actual) {
  private static final int MAX_LENGTH = 1000;

  public Finding {
    requireNonNull(check, "check is null");
    field = shown(requireNonNull(field, "field is null"));
    expected = shown(requireNonNull(expected, "expected is null"));
    actual = shown(requireNonNull(actual, "actual is null"));
  }

  /** Uploaders choose these texts: no control characters, and not longer than people read. */
  private static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(MAX_LENGTH)
        .forEach(c -> shown.appendCodePoint(Character.isISOControl(c) ? '\uFFFD' : c));
    return shown.length() < text.length() ? shown + "…" : shown.toString();
  }

  /** One line for people, e.g. {@code NarHash: narinfo says sha256:…, the archive has sha256:…}. */
  @Override
  public String toString() {
    return switch (check) {
      case FILE_HASH, FILE_SIZE -> says("file");
      case NAR_HASH, NAR_SIZE -> says("archive");
      case REVOCATION -> "revoked: " + actual;
      case NARINFO_SYNTAX,
          KEY_MATCHES_STORE_PATH,
          STORE_DIR,
          URL,
          REFERENCES,
          NAR_PRESENT,
          NAR_NAME,
          COMPRESSION,
          ARCHIVE,
          CONTENT_ADDRESS,
          UNDECLARED_REFERENCES,
          SIGNATURES,
          CLOSURE,
          OWN_SIGNATURE,
          LISTING,
          DEBUG_INFO,
          REALISATION,
          LOG,
          KEY ->
          field + ": expected " + expected + ", found " + actual;
    };
  }

  private String says(String what) {
    return field + ": narinfo says " + expected + ", the " + what + " has " + actual;
  }
}
