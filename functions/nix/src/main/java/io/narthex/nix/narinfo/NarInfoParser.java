package io.narthex.nix.narinfo;

import io.narthex.nix.address.ContentAddress;
import io.narthex.nix.codec.Compression;
import io.narthex.nix.hash.Hash;
import io.narthex.nix.hash.HashAlgorithm;
import io.narthex.nix.path.StoreDir;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.signature.Sig;
import io.narthex.nix.text.Excerpt;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Reads one narinfo.
 *
 * @see <a href="https://github.com/NixOS/nix/blob/master/src/libstore/nar-info.cc">nar-info.cc</a>
 */
final class NarInfoParser {
  private static final String UNKNOWN_DERIVER = "unknown-deriver";
  private static final int LONG_DIGITS = 19;

  private final Set<NarInfoQuirk> quirks = EnumSet.noneOf(NarInfoQuirk.class);
  private final NarInfoFields fields;

  private NarInfoParser(String text, boolean isPlain) throws MalformedNarInfoException {
    this.fields = new NarInfoFields(NarInfoLine.split(text, isPlain), quirks);
  }

  /**
   * Reads a text.
   *
   * @param isPlain whether it is known to be printable ASCII and newlines
   */
  static NarInfo parse(String text, boolean isPlain) throws MalformedNarInfoException {
    return new NarInfoParser(text, isPlain).narInfo();
  }

  private NarInfo narInfo() throws MalformedNarInfoException {
    NarInfoLine path = fields.require(NarInfoField.STORE_PATH);
    StoreDir storeDir = parsed(path, NarInfoParser::storeDir);
    StorePath storePath = parsed(path, storeDir::parse);
    String url = url();
    String compression = compression();
    Optional<Hash> fileHash = fileHash();
    OptionalLong fileSize = fileSize();
    Hash narHash = narHash();
    long narSize = narSize();
    SortedSet<StorePath> references = references();
    Optional<StorePath> deriver = deriver();
    SortedSet<Sig> sigs = sigs();
    Optional<ContentAddress> ca = ca();
    return new NarInfo(
        storeDir,
        storePath,
        narHash,
        narSize,
        references,
        sigs,
        ca,
        url,
        compression,
        fileHash,
        fileSize,
        deriver,
        quirks);
  }

  private static StoreDir storeDir(String fullPath) {
    int slash = fullPath.lastIndexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("not an absolute path: " + Excerpt.of(fullPath));
    }
    String path = fullPath.substring(0, slash);
    return path.equals(StoreDir.DEFAULT.path()) ? StoreDir.DEFAULT : new StoreDir(path);
  }

  private String url() throws MalformedNarInfoException {
    NarInfoLine line = fields.require(NarInfoField.URL);
    if (line.value().isEmpty()) {
      throw line.malformed("the value is empty");
    }
    return line.value();
  }

  private String compression() {
    String label = fields.find(NarInfoField.COMPRESSION).map(NarInfoLine::value).orElse("");
    if (label.isEmpty()) {
      quirks.add(NarInfoQuirk.MISSING_COMPRESSION);
      return Compression.BZIP2.label();
    }
    if (Compression.labelled(label).isEmpty()) {
      quirks.add(NarInfoQuirk.UNKNOWN_COMPRESSION);
    }
    return label;
  }

  private Optional<Hash> fileHash() throws MalformedNarInfoException {
    Optional<NarInfoLine> line = fields.find(NarInfoField.FILE_HASH);
    if (line.isEmpty()) {
      quirks.add(NarInfoQuirk.MISSING_FILE_HASH);
      return Optional.empty();
    }
    Hash hash = hash(line.get(), NarInfoQuirk.FILE_HASH_SPELLING);
    if (hash.algorithm() != HashAlgorithm.SHA256) {
      quirks.add(NarInfoQuirk.FILE_HASH_NOT_SHA256);
    }
    return Optional.of(hash);
  }

  private OptionalLong fileSize() throws MalformedNarInfoException {
    Optional<NarInfoLine> line = fields.find(NarInfoField.FILE_SIZE);
    if (line.isEmpty()) {
      quirks.add(NarInfoQuirk.MISSING_FILE_SIZE);
      return OptionalLong.empty();
    }
    long size = number(line.get());
    if (size == 0) {
      quirks.add(NarInfoQuirk.ZERO_FILE_SIZE);
      return OptionalLong.empty();
    }
    return OptionalLong.of(size);
  }

  private Hash narHash() throws MalformedNarInfoException {
    NarInfoLine line = fields.require(NarInfoField.NAR_HASH);
    Hash hash = hash(line, NarInfoQuirk.NAR_HASH_SPELLING);
    if (hash.algorithm() != HashAlgorithm.SHA256) {
      throw line.malformed("the hash is a " + hash.algorithm() + ", not a sha256");
    }
    return hash;
  }

  private Hash hash(NarInfoLine line, NarInfoQuirk spelling) throws MalformedNarInfoException {
    Hash hash = parsed(line, Hash::parse);
    noteSpelling(line, hash, spelling);
    return hash;
  }

  private long narSize() throws MalformedNarInfoException {
    NarInfoLine line = fields.require(NarInfoField.NAR_SIZE);
    long size = number(line);
    if (size == 0) {
      throw line.malformed("the size is 0");
    }
    return size;
  }

  private long number(NarInfoLine line) throws MalformedNarInfoException {
    String value = line.value();
    if (!isNumber(value)) {
      throw line.malformed("not a number: " + Excerpt.of(value));
    }
    String digits = withoutLeadingZeros(value);
    if (digits.length() != value.length()) {
      quirks.add(NarInfoQuirk.NUMBER_SPELLING);
    }
    try {
      return digits.length() > LONG_DIGITS ? tooLarge(line) : Long.parseLong(digits);
    } catch (NumberFormatException e) {
      return tooLarge(line);
    }
  }

  private static boolean isNumber(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return false;
      }
    }
    return !value.isEmpty();
  }

  private static String withoutLeadingZeros(String digits) {
    int start = 0;
    while (start < digits.length() - 1 && digits.charAt(start) == '0') {
      start++;
    }
    return digits.substring(start);
  }

  private static long tooLarge(NarInfoLine line) throws MalformedNarInfoException {
    throw line.malformed("larger than 2^63-1: " + Excerpt.of(line.value()));
  }

  private SortedSet<StorePath> references() throws MalformedNarInfoException {
    Optional<NarInfoLine> line = fields.find(NarInfoField.REFERENCES);
    if (line.isEmpty()) {
      quirks.add(NarInfoQuirk.MISSING_REFERENCES);
      return new TreeSet<>();
    }
    return new ReferenceList(line.get(), quirks).parse();
  }

  private Optional<StorePath> deriver() throws MalformedNarInfoException {
    Optional<NarInfoLine> line = fields.find(NarInfoField.DERIVER);
    if (line.isEmpty()) {
      return Optional.empty();
    }
    if (line.get().value().equals(UNKNOWN_DERIVER)) {
      quirks.add(NarInfoQuirk.UNKNOWN_DERIVER);
      return Optional.empty();
    }
    return Optional.of(parsed(line.get(), StorePath::parse));
  }

  private SortedSet<Sig> sigs() throws MalformedNarInfoException {
    var sigs = new TreeSet<Sig>();
    for (NarInfoLine line : fields.sigs()) {
      Sig sig = parsed(line, Sig::parse);
      noteSpelling(line, sig, NarInfoQuirk.SIGNATURE_SPELLING);
      if (!sigs.isEmpty() && sig.compareTo(sigs.getLast()) < 0) {
        quirks.add(NarInfoQuirk.FIELD_ORDER);
      }
      if (!sigs.add(sig)) {
        quirks.add(NarInfoQuirk.REPEATED_SIGNATURE);
      }
    }
    return sigs;
  }

  private Optional<ContentAddress> ca() throws MalformedNarInfoException {
    Optional<NarInfoLine> line = fields.find(NarInfoField.CA);
    if (line.isEmpty()) {
      return Optional.empty();
    }
    if (line.get().value().isEmpty()) {
      quirks.add(NarInfoQuirk.EMPTY_CA);
      return Optional.empty();
    }
    ContentAddress ca = parsed(line.get(), ContentAddress::parse);
    noteSpelling(line.get(), ca, NarInfoQuirk.CA_SPELLING);
    return Optional.of(ca);
  }

  private void noteSpelling(NarInfoLine line, Object value, NarInfoQuirk quirk) {
    if (!value.toString().equals(line.value())) {
      quirks.add(quirk);
    }
  }

  /** The one place where a value's complaint becomes a fault of its line. */
  private static <T> T parsed(NarInfoLine line, Function<String, T> parser)
      throws MalformedNarInfoException {
    try {
      return parser.apply(line.value());
    } catch (IllegalArgumentException e) {
      throw new MalformedNarInfoException(line.number(), line.name(), Excerpt.reason(e));
    }
  }
}
