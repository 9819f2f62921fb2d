package io.narthex.cache.nar;

import io.narthex.nix.codec.Compression;
import io.narthex.nix.hash.Hash;
import io.narthex.nix.hash.HashAlgorithm;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of a NAR's file says of its bytes. Nix names NARs by the SHA-256 of the file, some
 * other tools by that of the archive in it; further names say nothing.
 */
public enum Naming {
  /** It is named by a hash, and that is its own. */
  RIGHT,
  /** It is named by a hash that neither the file nor the archive has. */
  WRONG,
  /** It is not named by a hash, or the archive was not read whole, so its hash is not known. */
  SILENT;

  private static final Pattern NAMED_BY_HASH =
      Pattern.compile("([0-9a-df-np-sv-z]{52})\\.nar(\\..*)?");

  /** What the name of the NAR that was read says. */
  public static Naming of(NarFacts facts) {
    Matcher name = NAMED_BY_HASH.matcher(facts.reading().nar().file());
    if (!name.matches()) {
      return SILENT;
    }
    Optional<Hash> hash = sha256(name.group(1));
    if (hash.isEmpty()) {
      return SILENT;
    }
    if (hash.get().equals(facts.fileHash()) || facts.archive().hasNarHash(hash.get())) {
      return RIGHT;
    }
    String suffix = Optional.ofNullable(name.group(2)).orElse("");
    return isKnown(facts, suffix) ? WRONG : SILENT;
  }

  /** Not every text of that length is a hash: 52 digits have four bits too many. */
  private static Optional<Hash> sha256(String text) {
    try {
      return Optional.of(Hash.parse(HashAlgorithm.SHA256, text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether an archive of that name would have been found, had there been one. */
  private static boolean isKnown(NarFacts facts, String suffix) {
    return switch (facts.archive()) {
      case ArchiveFacts.WellFormed archive -> true;
      case ArchiveFacts.Corrupt corrupt -> isDecodedAsNamed(facts, suffix);
      case ArchiveFacts.Malformed malformed -> isDecodedAsNamed(facts, suffix);
      case ArchiveFacts.TooLarge tooLarge -> false;
      case ArchiveFacts.Unsupported unsupported -> false;
    };
  }

  /** A narinfo may lie about the compression of a good NAR. */
  private static boolean isDecodedAsNamed(NarFacts facts, String suffix) {
    return Compression.labelled(facts.reading().compression())
        .filter(compression -> compression.suffix().equals(suffix))
        .isPresent();
  }
}
