package io.narthex.nix.narinfo;

import io.narthex.nix.path.StorePath;
import java.util.stream.Collectors;

/** Writes a narinfo as Nix does: one order of fields, every hash in nix32. */
final class NarInfoWriter {
  private final StringBuilder text = new StringBuilder();

  private NarInfoWriter() {}

  static String write(NarInfo info) {
    var writer = new NarInfoWriter();
    writer.line(NarInfoField.STORE_PATH, info.storeDir().print(info.storePath()));
    writer.line(NarInfoField.URL, info.url());
    writer.line(NarInfoField.COMPRESSION, info.compressionLabel());
    info.fileHash().ifPresent(hash -> writer.line(NarInfoField.FILE_HASH, hash));
    info.fileSize().ifPresent(size -> writer.line(NarInfoField.FILE_SIZE, size));
    writer.line(NarInfoField.NAR_HASH, info.narHash());
    writer.line(NarInfoField.NAR_SIZE, info.narSize());
    writer.line(
        NarInfoField.REFERENCES,
        info.references().stream().map(StorePath::toString).collect(Collectors.joining(" ")));
    info.deriver().ifPresent(deriver -> writer.line(NarInfoField.DERIVER, deriver));
    info.sigs().forEach(sig -> writer.line(NarInfoField.SIG, sig));
    info.ca().ifPresent(ca -> writer.line(NarInfoField.CA, ca));
    return writer.text.toString();
  }

  /** The space stays when the value is empty: without it a reader takes the next line for it. */
  private void line(NarInfoField field, Object value) {
    text.append(field).append(": ").append(value).append('\n');
  }
}
