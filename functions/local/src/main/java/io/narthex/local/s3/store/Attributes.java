package io.narthex.local.s3.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Arrays;
import java.util.Optional;

/**
 * Extended attributes of a file. They belong to the inode: a hard link shows them, a rename keeps
 * them, and one write replaces a value as a whole.
 */
enum Attributes {
  /** The version id; absent on objects written without versioning. */
  VERSION("narthex.version"),
  /** The tags; absent when there are none. */
  TAGS("narthex.tags"),
  /** S3Proxy's own: the ETag, 16 raw bytes or, for a multipart object, its text in quotes. */
  ETAG("user.content-md5");

  private final String attribute;

  Attributes(String attribute) {
    this.attribute = attribute;
  }

  Optional<String> read(Path file) {
    return readBytes(file).map(value -> new String(value, UTF_8));
  }

  Optional<byte[]> readBytes(Path file) {
    try {
      UserDefinedFileAttributeView view = view(file);
      if (!view.list().contains(attribute)) {
        return Optional.empty();
      }
      ByteBuffer value = ByteBuffer.allocate(view.size(attribute));
      view.read(attribute, value);
      return Optional.of(Arrays.copyOf(value.array(), value.position()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the value; the exception tells that the file system has no room for it. */
  void write(Path file, String value) throws FileSystemException {
    try {
      view(file).write(attribute, ByteBuffer.wrap(value.getBytes(UTF_8)));
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void remove(Path file) {
    try {
      UserDefinedFileAttributeView view = view(file);
      if (view.list().contains(attribute)) {
        view.delete(attribute);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static UserDefinedFileAttributeView view(Path file) {
    UserDefinedFileAttributeView view =
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
    if (view == null) {
      throw new UnsupportedOperationException("no user extended attributes at " + file);
    }
    return view;
  }
}
