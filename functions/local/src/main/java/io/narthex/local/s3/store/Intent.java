package io.narthex.local.s3.store;

import io.narthex.local.s3.model.ObjectName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A change of a key that is under way: it may have happened, in part or whole, and its event may
 * not have been given.
 */
record Intent(Path file, ObjectName name) {
  /** The change and its event are done. */
  void done() throws IOException {
    Files.delete(file);
  }
}
