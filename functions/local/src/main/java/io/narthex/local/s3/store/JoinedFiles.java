package io.narthex.local.s3.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/** The contents of files one after the other, one of them open at a time. */
final class JoinedFiles extends InputStream {
  private final Iterator<Path> rest;
  private InputStream open = InputStream.nullInputStream();

  JoinedFiles(List<Path> files) {
    this.rest = files.iterator();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = open.read(buffer, offset, length);
    while (read < 0 && rest.hasNext()) {
      open.close();
      open = Files.newInputStream(rest.next());
      read = open.read(buffer, offset, length);
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    open.close();
  }
}
