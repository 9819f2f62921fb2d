package io.narthex.local.s3.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Numbers that only go up, across restarts and whatever the clock does. The file holds the first
 * number that was never given out, a block ahead; what remains of a block is skipped at a restart.
 */
final class Sequence {
  private static final long BLOCK = 1L << 20;

  private final Path file;
  private long next;
  private long reserved;

  Sequence(Path file) {
    this.file = file;
    try {
      next = Files.exists(file) ? Long.parseLong(Files.readString(file, US_ASCII).strip()) : 1;
      reserved = next;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  synchronized long next() {
    if (next == reserved) {
      reserve();
    }
    return next++;
  }

  private void reserve() {
    Path written = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.writeString(written, Long.toString(reserved + BLOCK), US_ASCII);
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    reserved += BLOCK;
  }
}
