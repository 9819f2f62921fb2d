package io.narthex.local.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.audit.AuditedCache;
import io.narthex.cache.store.ETag;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.store.StoredObject;
import io.narthex.cache.store.VersionId;
import io.narthex.nix.path.StorePathHash;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A cache in a directory, as {@code nix copy --to file://} makes it. A file is the same as long as
 * its size, its time and its number are.
 */
public final class DirectoryCache implements AuditedCache {
  private static final String SUFFIX = ".narinfo";

  private final Path directory;

  public DirectoryCache(Path directory) {
    this.directory = requireNonNull(directory, "directory is null");
  }

  @Override
  public Optional<StoredObject> head(ObjectKey key) {
    try {
      Path file = file(key);
      return Optional.of(stored(key, attributes(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new StoreException("looking at " + key, e);
    }
  }

  @Override
  @SuppressWarnings("resource") // the content closes the file
  public Optional<ObjectContent> open(ObjectKey key) {
    Path file = file(key);
    try {
      BasicFileAttributes before = attributes(file);
      StoredObject object = stored(key, before);
      return Optional.of(
          new ObjectContent(
              object,
              new UnchangedFile(
                  new FileInputStream(file.toFile()),
                  object.size(),
                  () -> isSame(attributes(file), before))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new StoreException("reading " + key, e);
    }
  }

  @Override
  public boolean isListable() {
    return true;
  }

  @Override
  public void list(Consumer<StorePathHash> each) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        String hash =
            name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : "";
        if (StorePathHash.isValid(hash)) {
          each.accept(new StorePathHash(hash));
        }
      }
    } catch (DirectoryIteratorException | IOException e) {
      throw new StoreException("listing " + directory, e);
    }
  }

  @Override
  public boolean isRemote() {
    return false;
  }

  @Override
  public int requestsAtOnce() {
    return Runtime.getRuntime().availableProcessors();
  }

  private Path file(ObjectKey key) {
    return directory.resolve(key.value());
  }

  /** Of a file; a directory is none. */
  private static BasicFileAttributes attributes(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (!attributes.isRegularFile()) {
      throw new NoSuchFileException(file.toString());
    }
    return attributes;
  }

  private static StoredObject stored(ObjectKey key, BasicFileAttributes attributes) {
    return new StoredObject(
        key,
        VersionId.UNVERSIONED,
        etag(attributes),
        attributes.size(),
        attributes.lastModifiedTime().toInstant(),
        Optional.empty(),
        Optional.empty());
  }

  /** Whether both have the same tag. */
  private static boolean isSame(BasicFileAttributes now, BasicFileAttributes before) {
    return now.size() == before.size()
        && now.lastModifiedTime().equals(before.lastModifiedTime())
        && Objects.equals(now.fileKey(), before.fileKey());
  }

  private static ETag etag(BasicFileAttributes attributes) {
    return new ETag(
        attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS)
            + "-"
            + attributes.size()
            + "-"
            + attributes.fileKey());
  }
}
