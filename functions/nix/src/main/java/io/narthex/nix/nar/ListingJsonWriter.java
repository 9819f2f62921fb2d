package io.narthex.nix.nar;

/** Writes one listing as JSON, keys sorted. */
final class ListingJsonWriter {
  private final JsonBytes out = new JsonBytes();
  private boolean utf8 = true;

  byte[] write(NarListing listing) {
    out.plain("{\"root\":");
    node(listing.root());
    out.plain(",\"version\":1}");
    return out.toBytes();
  }

  /** Whether all that was written is UTF-8, so that it is JSON. */
  boolean isUtf8() {
    return utf8;
  }

  private void node(NarNode node) {
    switch (node) {
      case NarNode.Directory directory -> directory(directory);
      case NarNode.Regular file -> file(file);
      case NarNode.Symlink link -> {
        out.plain("{\"target\":");
        string(link.target().raw());
        out.plain(",\"type\":\"symlink\"}");
      }
    }
  }

  private void directory(NarNode.Directory directory) {
    String separator = "{\"entries\":{";
    if (directory.entries().isEmpty()) {
      out.plain(separator);
    }
    for (NarNode.Entry entry : directory.entries()) {
      out.plain(separator);
      string(entry.name().raw());
      out.plain(":");
      node(entry.node());
      separator = ",";
    }
    out.plain("},\"type\":\"directory\"}");
  }

  private void file(NarNode.Regular file) {
    out.plain("{\"executable\":").plain(Boolean.toString(file.executable()));
    out.plain(",\"narOffset\":").plain(Long.toString(file.narOffset()));
    out.plain(",\"size\":").plain(Long.toString(file.size()));
    out.plain(",\"type\":\"regular\"}");
  }

  private void string(String raw) {
    utf8 &= RawBytes.isAscii(raw) || RawBytes.utf8(raw).isPresent();
    out.quoted(raw);
  }
}
