package io.narthex.local.audit;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.narthex.cache.audit.Scratch;
import io.narthex.cache.audit.Spool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A scratch in a directory of its own, which is gone when it is closed. Its memory is mapped files,
 * so the system may write it out when memory is short.
 */
public final class FileScratch implements Scratch {
  private final Path directory;
  private final Arena arena = Arena.ofShared();
  private final List<Spool> spools = new ArrayList<>();
  private int files;

  /**
   * A new one.
   *
   * @param parent in which its directory is made
   */
  public static FileScratch in(Path parent) {
    try {
      return new FileScratch(Files.createTempDirectory(parent, "narthex-audit-"));
    } catch (IOException e) {
      throw new UncheckedIOException("no place for what is known of paths", e);
    }
  }

  private FileScratch(Path directory) {
    this.directory = directory;
  }

  @Override
  public synchronized Spool spool(String name) {
    Spool spool = FileSpool.of(file(name));
    spools.add(spool);
    return spool;
  }

  @Override
  public synchronized MemorySegment memory(String name, long bytes) {
    if (bytes == 0) {
      return arena.allocate(0);
    }
    try (FileChannel channel = file(name)) {
      return channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena);
    } catch (IOException e) {
      throw new UncheckedIOException("no place for " + bytes + " bytes of " + name, e);
    }
  }

  private FileChannel file(String name) {
    String unique = name.replace(' ', '-').replace("'", "") + "-" + files++;
    try {
      return FileChannel.open(directory.resolve(unique), CREATE_NEW, READ, WRITE, DELETE_ON_CLOSE);
    } catch (IOException e) {
      throw new UncheckedIOException("no place for " + name, e);
    }
  }

  @Override
  public synchronized void close() {
    spools.forEach(Spool::close);
    arena.close();
    try {
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
