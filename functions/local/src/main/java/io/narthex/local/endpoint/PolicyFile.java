package io.narthex.local.endpoint;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.read.BucketPolicySource;
import io.narthex.cache.read.StoredPolicy;
import io.narthex.cache.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A bucket policy in a file, for a store that has none; read anew each time. */
public final class PolicyFile implements BucketPolicySource {
  private final Path file;

  public PolicyFile(Path file) {
    this.file = requireNonNull(file, "file is null");
  }

  @Override
  public StoredPolicy read() {
    try {
      return new StoredPolicy.Text(Files.readString(file));
    } catch (IOException e) {
      throw new StoreException("reading the policy in " + file, e);
    }
  }
}
