package io.narthex.nix.nar;

import static java.util.Objects.requireNonNull;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * Writes a Nix archive as a stream. The calls follow the grammar of {@link NarHandler}; whatever a
 * {@link NarParser} would refuse is refused before it is written, because every byte goes through
 * one.
 *
 * <pre>{@code
 * NarWriter writer = new NarWriter(out);
 * writer.startDirectory();
 * writer.entry(NarName.of("hello"));
 * writer.file(false, 6, contents);
 * writer.endDirectory();
 * writer.finish();
 * }</pre>
 */
public final class NarWriter {
  private static final int WORD = 8;
  private static final int BUFFER = 1 << 16;

  private final OutputStream out;
  private final NarParser check = new NarParser(new NarHandler() {});
  private boolean begun;
  private int openDirectories;
  private long fileSize;

  /** A writer at the start of an archive; {@code out} is flushed at the end but never closed. */
  public NarWriter(OutputStream out) {
    this.out = requireNonNull(out, "out is null");
  }

  /**
   * Writes a tree of the file system: entries sorted bytewise, executable if its owner may execute
   * it, symbolic links as they are. File names are taken as UTF-8.
   *
   * @throws MalformedNarException when the tree is deeper, or has longer names, than Nix accepts
   */
  public static void pack(Path root, OutputStream out) throws IOException, MalformedNarException {
    NarWriter writer = new NarWriter(out);
    new NarPacker(writer).pack(root);
    writer.finish();
  }

  /** Begins a directory. */
  public void startDirectory() throws IOException, MalformedNarException {
    startNode(NarTag.DIRECTORY);
    openDirectories++;
  }

  /** Names the entry that the next tree is. */
  public void entry(NarName name) throws IOException, MalformedNarException {
    tags(NarTag.ENTRY, NarTag.OPEN, NarTag.NAME);
    string(RawBytes.bytes(name.raw()));
    tags(NarTag.NODE);
  }

  /** Ends the innermost directory. */
  public void endDirectory() throws IOException, MalformedNarException {
    openDirectories--;
    endNode();
  }

  /** Writes a symbolic link. */
  public void symlink(LinkTarget target) throws IOException, MalformedNarException {
    startNode(NarTag.SYMLINK);
    tags(NarTag.TARGET);
    string(RawBytes.bytes(target.raw()));
    endNode();
  }

  /**
   * Writes a file with exactly {@code size} bytes from a stream.
   *
   * @throws EOFException when the stream has fewer; more are left unread
   */
  public void file(boolean executable, long size, InputStream contents)
      throws IOException, MalformedNarException {
    startFile(executable, size);
    byte[] buffer = new byte[(int) Math.min(BUFFER, size)];
    for (long left = size; left > 0; ) {
      int count = contents.readNBytes(buffer, 0, (int) Math.min(buffer.length, left));
      if (count == 0) {
        throw new EOFException("file of " + size + " bytes ends " + left + " bytes early");
      }
      contents(buffer, 0, count);
      left -= count;
    }
    endFile();
  }

  /** Begins a file whose contents follow by {@link #contents}. */
  public void startFile(boolean executable, long size) throws IOException, MalformedNarException {
    startNode(NarTag.REGULAR);
    if (executable) {
      tags(NarTag.EXECUTABLE, NarTag.EMPTY);
    }
    tags(NarTag.CONTENTS);
    length(size);
    fileSize = size;
  }

  /** Writes the next bytes of the file. */
  public void contents(byte[] buffer, int offset, int length)
      throws IOException, MalformedNarException {
    write(buffer, offset, length);
  }

  /** Ends a file; all its bytes must have been written. */
  public void endFile() throws IOException, MalformedNarException {
    padding(fileSize);
    endNode();
  }

  /**
   * Ends the archive.
   *
   * @throws MalformedNarException when the tree is not complete
   */
  public void finish() throws IOException, MalformedNarException {
    check.finish();
    out.flush();
  }

  private void startNode(NarTag kind) throws IOException, MalformedNarException {
    if (!begun) {
      begun = true;
      tags(NarTag.MAGIC);
    }
    tags(NarTag.OPEN, NarTag.TYPE, kind);
  }

  private void endNode() throws IOException, MalformedNarException {
    tags(NarTag.CLOSE);
    if (openDirectories > 0) {
      tags(NarTag.CLOSE);
    }
  }

  private void tags(NarTag... tags) throws IOException, MalformedNarException {
    for (NarTag tag : tags) {
      string(tag.bytes());
    }
  }

  private void string(byte[] bytes) throws IOException, MalformedNarException {
    length(bytes.length);
    write(bytes, 0, bytes.length);
    padding(bytes.length);
  }

  private void length(long length) throws IOException, MalformedNarException {
    byte[] word = new byte[WORD];
    ByteBuffer.wrap(word).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    write(word, 0, WORD);
  }

  private void padding(long length) throws IOException, MalformedNarException {
    write(new byte[WORD], 0, (int) (-length & (WORD - 1)));
  }

  private void write(byte[] bytes, int offset, int length)
      throws IOException, MalformedNarException {
    check.feed(bytes, offset, length);
    out.write(bytes, offset, length);
  }
}
