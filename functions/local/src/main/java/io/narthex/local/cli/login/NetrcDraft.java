package io.narthex.local.cli.login;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The next version of a netrc file, beside it until it is saved. Closing it leaves no trace. */
public final class NetrcDraft implements AutoCloseable {
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  private final NetrcFile file;
  private final Path draft;
  private final Optional<PosixFileAttributes> old;

  private NetrcDraft(NetrcFile file, Path draft, Optional<PosixFileAttributes> old) {
    this.file = requireNonNull(file, "file is null");
    this.draft = requireNonNull(draft, "draft is null");
    this.old = requireNonNull(old, "old is null");
  }

  static NetrcDraft open(NetrcFile file, Optional<PosixFileAttributes> old)
      throws RootOnlyException, IOException {
    Path folder = requireNonNull(file.path().getParent(), "a file is in a folder");
    try {
      // Under a name that nobody can foretell, and its owner's alone from its first moment.
      Path draft =
          Files.createTempFile(
              folder,
              ".netrc",
              ".tmp",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      return new NetrcDraft(file, draft, old).owned();
    } catch (AccessDeniedException e) {
      throw new RootOnlyException("you may not write in " + folder);
    }
  }

  /** Given to the owner and the group of the file that it will replace. */
  private NetrcDraft owned() throws RootOnlyException, IOException {
    try {
      if (old.isPresent()) {
        own(old.get());
      }
      return this;
    } catch (FileSystemException e) {
      close();
      throw new RootOnlyException(file.path() + " is not yours");
    }
  }

  private void own(PosixFileAttributes as) throws IOException {
    PosixFileAttributeView view = view();
    PosixFileAttributes now = view.readAttributes();
    if (!now.group().equals(as.group())) {
      view.setGroup(as.group());
    }
    if (!now.owner().equals(as.owner())) {
      view.setOwner(as.owner());
    }
  }

  /**
   * Replaces the file by one with this entry. If we stop before the end, it is what it was.
   *
   * @return what its user should know of it, a line each
   * @throws MalformedNetrcException if it is not one that curl would read
   */
  public List<String> save(NetrcEntry entry) throws IOException {
    Netrc netrc = Netrc.parse(file.read());
    write(netrc.with(entry));
    if (old.isPresent()) {
      view().setPermissions(withoutOthers(old.get().permissions()));
    }
    Files.move(draft, file.path(), StandardCopyOption.ATOMIC_MOVE);
    return warnings(netrc);
  }

  // Whoever may read it can use what we put in.
  private static Set<PosixFilePermission> withoutOthers(Set<PosixFilePermission> permissions) {
    var kept = EnumSet.copyOf(permissions);
    kept.removeAll(OTHERS);
    return kept;
  }

  private PosixFileAttributeView view() {
    return Files.getFileAttributeView(
        draft, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }

  private void write(String text) throws IOException {
    try (FileChannel channel =
        FileChannel.open(draft, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(ISO_8859_1));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private List<String> warnings(Netrc netrc) {
    var warnings = new ArrayList<String>();
    if (netrc.hasDefault()) {
      warnings.add(
          file.path()
              + " has a default entry: curl sends it to S3 too, where NARs are, and S3 answers it"
              + " with 400. Name its hosts by machine entries");
    }
    if (old.map(o -> o.permissions().contains(PosixFilePermission.OTHERS_READ)).orElse(false)) {
      warnings.add("everybody on this machine could read " + file.path() + " until now");
    }
    return warnings;
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(draft);
  }
}
