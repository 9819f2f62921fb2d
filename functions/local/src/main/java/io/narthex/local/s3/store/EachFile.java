package io.narthex.local.s3.store;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Consumer;

/**
 * Names every file of a tree; what goes away meanwhile is passed over, and what is beside it is
 * not.
 */
final class EachFile extends SimpleFileVisitor<Path> {
  private final Consumer<Path> consumer;

  EachFile(Consumer<Path> consumer) {
    this.consumer = consumer;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    consumer.accept(file);
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
    if (failure instanceof NoSuchFileException) {
      return FileVisitResult.CONTINUE;
    }
    throw failure;
  }
}
