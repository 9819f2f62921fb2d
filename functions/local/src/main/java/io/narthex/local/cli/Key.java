package io.narthex.local.cli;

import io.narthex.nix.signature.KeyName;
import io.narthex.nix.signature.SecretKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code narthex key}: signing keys, in the files that Nix reads and writes. */
@Command(
    name = "key",
    description = "Makes a signing key, or tells the public half of one.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class Key {
  /** For its owner only, from its first moment. */
  @Command(
      name = "generate",
      description =
          "Writes a new secret key to a file that is not there yet; prints its public key.",
      mixinStandardHelpOptions = true)
  int generate(
      @Parameters(paramLabel = "NAME", description = "E.g. cache.example.org-1.") String name,
      @Parameters(paramLabel = "FILE") Path file)
      throws IOException {
    SecretKey key = SecretKey.generate(new KeyName(name));
    try (var channel =
        Files.newByteChannel(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      channel.write(StandardCharsets.UTF_8.encode(key.serialize() + "\n"));
    } catch (FileAlreadyExistsException e) {
      throw new CannotException(file + " is there already");
    } catch (NoSuchFileException e) {
      throw new CannotException("there is no folder for " + file);
    }
    System.out.println(key.publicKey());
    return 0;
  }

  @Command(
      name = "public",
      description = "Prints the public key of a secret key's file.",
      mixinStandardHelpOptions = true)
  int publicKey(@Parameters(paramLabel = "FILE") Path file) {
    System.out.println(SecretKeyFile.parse(file).publicKey());
    return 0;
  }
}
