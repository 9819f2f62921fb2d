package io.narthex.local.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A file of profiles as AWS's tools read it, e.g. {@code ~/.aws/credentials}. Only one profile is
 * changed at a time; the rest stays as it is.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html">Configuration
 *     and credential file settings</a>
 */
public final class CredentialsFile {
  private CredentialsFile() {}

  /** A profile with an access key. */
  public static String block(String profile, AccessKey key) {
    return """
        [%s]
        aws_access_key_id = %s
        aws_secret_access_key = %s
        """
        .formatted(profile, key.id(), key.secret());
  }

  /** Writes a profile, in the place of one of that name; the file is its owner's only (0600). */
  public static void put(Path file, String profile, AccessKey key) {
    String others = without(PrivateFile.read(file).orElse(""), profile);
    String gap = others.isEmpty() || others.endsWith("\n") ? "" : "\n";
    write(file, others + gap + block(profile, key));
  }

  /** Removes a profile, if it is there. */
  public static void remove(Path file, String profile) {
    PrivateFile.read(file)
        .filter(text -> !without(text, profile).equals(text))
        .ifPresent(text -> write(file, without(text, profile)));
  }

  private static void write(Path file, String text) {
    try {
      Path real = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
      Files.createDirectories(
          real.getParent(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      PrivateFile.write(real, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String without(String text, String profile) {
    var kept = new StringBuilder();
    boolean inside = false;
    for (String line : text.split("(?<=\n)")) {
      String stripped = line.strip();
      inside = stripped.startsWith("[") ? stripped.equals("[" + profile + "]") : inside;
      if (!inside) {
        kept.append(line);
      }
    }
    return kept.toString();
  }
}
