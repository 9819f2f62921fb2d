package io.narthex.local.audit.report;

import io.narthex.cache.verdict.CheckName;

/** What a finding of a check means, in one sentence for who has never read the narinfo's manual. */
final class CheckText {
  private CheckText() {}

  static String of(String label) {
    return CheckName.labelled(label).map(CheckText::of).orElse("");
  }

  private static String of(CheckName check) {
    return switch (check) {
      case REVOCATION -> "The path, or a key that has signed it, was revoked.";
      case NARINFO_SYNTAX -> "The narinfo cannot be read, or clients read it differently.";
      case KEY_MATCHES_STORE_PATH -> "The narinfo lies under the hash of another path.";
      case STORE_DIR -> "The path belongs to another store directory.";
      case URL -> "The narinfo points out of this cache.";
      case REFERENCES -> "The list of references cannot be read.";
      case NAR_PRESENT -> "The file that the narinfo names is not there.";
      case NAR_NAME -> "The file is named by the hash of other bytes.";
      case FILE_HASH -> "The stored file is not the one that the narinfo describes.";
      case FILE_SIZE -> "The stored file has another size than the narinfo says.";
      case COMPRESSION -> "The file is damaged, or not compressed as the narinfo says.";
      case ARCHIVE -> "What is in the file is not a Nix archive, or not only that.";
      case NAR_HASH -> "The archive is not the one that was signed.";
      case NAR_SIZE -> "The archive has another size than the narinfo says.";
      case CONTENT_ADDRESS -> "The content is not the one that the path is named after.";
      case UNDECLARED_REFERENCES -> "The archive mentions paths that the narinfo leaves out.";
      case SIGNATURES -> "Too few trusted keys have signed it, or a signature is forged.";
      case CLOSURE -> "Something that the path needs is missing, or not good itself.";
      case OWN_SIGNATURE -> "The cache's own key cannot sign it.";
      case LISTING -> "The listing says something else than the archive.";
      case DEBUG_INFO -> "The link to debug information leads elsewhere.";
      case REALISATION -> "The realisation is not signed, or its output is not good.";
      case LOG -> "The build log has no name of a derivation, or is too large.";
      case KEY -> "An object that is no part of a cache.";
    };
  }
}
