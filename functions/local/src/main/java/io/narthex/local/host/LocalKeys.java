package io.narthex.local.host;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.signature.KeyName;
import io.narthex.nix.signature.SecretKey;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;

/**
 * The keys of this host, made once and kept in the data directory: an access key for each
 * principal, and the key that clients sign store paths with.
 */
final class LocalKeys {
  private final Path directory;
  private final Map<LocalAccount, AccessKey> accessKeys;
  private final SecretKey signingKey;

  private LocalKeys(Path directory, Map<LocalAccount, AccessKey> accessKeys, SecretKey signingKey) {
    this.directory = requireNonNull(directory, "directory is null");
    this.accessKeys = Map.copyOf(accessKeys);
    this.signingKey = requireNonNull(signingKey, "signingKey is null");
  }

  /** Reads the keys, making what is not there yet. */
  static LocalKeys in(Path directory, String bucket) {
    Path file = directory.resolve("access-keys.properties");
    Properties properties = read(PrivateFile.read(file).orElse(""));
    var keys = new EnumMap<LocalAccount, AccessKey>(LocalAccount.class);
    var text = new StringBuilder("# The access keys of the embedded S3 endpoint.\n");
    for (LocalAccount account : LocalAccount.values()) {
      String id = properties.getProperty(account.label() + ".id", "");
      String secret = properties.getProperty(account.label() + ".secret", "");
      AccessKey key =
          id.isEmpty() || secret.isEmpty() ? AccessKey.generate() : new AccessKey(id, secret);
      keys.put(account, key);
      text.append(account.label()).append(".id=").append(key.id()).append('\n');
      text.append(account.label()).append(".secret=").append(key.secret()).append('\n');
    }
    PrivateFile.write(file, text.toString());
    return new LocalKeys(directory, keys, signingKey(directory, bucket));
  }

  private static SecretKey signingKey(Path directory, String bucket) {
    Path file = directory.resolve("signing-key.sec");
    return PrivateFile.read(file)
        .map(text -> SecretKey.parse(text.strip()))
        .orElseGet(
            () -> {
              SecretKey key = SecretKey.generate(new KeyName(bucket + "-1"));
              PrivateFile.write(file, key.serialize());
              return key;
            });
  }

  private static Properties read(String text) {
    var properties = new Properties();
    try {
      properties.load(new StringReader(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }

  AccessKey accessKey(LocalAccount account) {
    return requireNonNull(accessKeys.get(account), "no key");
  }

  /** Where the signing key lies, for {@code secret-key=}. */
  Path signingKeyFile() {
    return directory.resolve("signing-key.sec");
  }

  SecretKey signingKey() {
    return signingKey;
  }
}
