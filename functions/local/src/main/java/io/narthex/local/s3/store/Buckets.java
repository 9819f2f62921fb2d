package io.narthex.local.s3.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.local.s3.access.BucketPolicy;
import io.narthex.local.s3.access.BucketRules;
import io.narthex.local.s3.access.PublicAccessBlock;
import io.narthex.local.s3.model.ObjectName;
import io.narthex.local.s3.model.S3Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The settings of each bucket, kept on disk and in memory. */
public final class Buckets {
  private static final String POLICY = ".policy.json";
  private static final String BLOCK = ".public-access-block";
  private static final String VERSIONED = ".versioned";

  private final DataDirectory data;
  private final Map<String, BucketPolicy> policies = new ConcurrentHashMap<>();
  private final Map<String, Optional<PublicAccessBlock>> blocks = new ConcurrentHashMap<>();
  private final Map<String, Boolean> versioned = new ConcurrentHashMap<>();

  Buckets(DataDirectory data) {
    this.data = data;
  }

  /** Refuses with 404 a bucket that does not exist. */
  public void require(String bucket) {
    if (!exists(bucket)) {
      throw S3Refusal.noSuchBucket(bucket);
    }
  }

  /** Whether there is such a bucket. */
  boolean exists(String bucket) {
    ObjectName.requireBucketName(bucket);
    return Files.isDirectory(data.objects().resolve(bucket));
  }

  /** Whether versioning is on; it cannot be switched off again. */
  public boolean isVersioned(String bucket) {
    require(bucket);
    return versioned.computeIfAbsent(bucket, name -> Files.exists(settings(name, VERSIONED)));
  }

  /** Switches versioning on. What is there already becomes the version {@code null} of its key. */
  public void enableVersioning(String bucket) {
    require(bucket);
    write(settings(bucket, VERSIONED), "");
    versioned.put(bucket, true);
  }

  /** What the bucket itself says of who may use it; nothing where there is no such bucket. */
  public BucketRules rules(String bucket) {
    return exists(bucket)
        ? new BucketRules(
            policies.computeIfAbsent(bucket, this::loadPolicy),
            block(bucket).orElse(PublicAccessBlock.NONE))
        : BucketRules.NONE;
  }

  /**
   * Replaces the bucket's policy. Refuses with 400 a document that S3 refuses, and with 403 a
   * public one where the owner blocks those.
   */
  public synchronized void putPolicy(String bucket, String json) {
    require(bucket);
    BucketPolicy.Understood policy = BucketPolicies.sent(bucket, json);
    if (policy.isPublic() && rules(bucket).block().blockPublicPolicy()) {
      throw S3Refusal.accessDenied(
          "Public policies are prevented by the BlockPublicPolicy setting in S3 Block Public"
              + " Access.");
    }
    write(settings(bucket, POLICY), json);
    policies.put(bucket, policy);
  }

  /** Removes the bucket's policy, if it has one. */
  public synchronized void deletePolicy(String bucket) {
    require(bucket);
    delete(settings(bucket, POLICY));
    policies.put(bucket, new BucketPolicy.None());
  }

  /** The Block Public Access settings of the bucket; empty where it has none. */
  public Optional<PublicAccessBlock> block(String bucket) {
    require(bucket);
    return blocks.computeIfAbsent(bucket, this::loadBlock);
  }

  /** Replaces the Block Public Access settings. */
  public synchronized void putBlock(String bucket, PublicAccessBlock block) {
    require(bucket);
    write(settings(bucket, BLOCK), PublicAccessBlockFile.write(block));
    blocks.put(bucket, Optional.of(block));
  }

  /** Removes the Block Public Access settings, if there are any. */
  public synchronized void deleteBlock(String bucket) {
    require(bucket);
    delete(settings(bucket, BLOCK));
    blocks.put(bucket, Optional.empty());
  }

  /** Forgets a bucket that is being deleted. */
  void forget(String bucket) {
    delete(settings(bucket, POLICY));
    delete(settings(bucket, BLOCK));
    delete(settings(bucket, VERSIONED));
    policies.remove(bucket);
    blocks.remove(bucket);
    versioned.remove(bucket);
  }

  private BucketPolicy loadPolicy(String bucket) {
    return read(settings(bucket, POLICY))
        .map(BucketPolicies::stored)
        .orElseGet(BucketPolicy.None::new);
  }

  private Optional<PublicAccessBlock> loadBlock(String bucket) {
    return read(settings(bucket, BLOCK)).map(PublicAccessBlockFile::read);
  }

  private static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file, UTF_8));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path settings(String bucket, String suffix) {
    ObjectName.requireBucketName(bucket);
    return data.buckets().resolve(bucket + suffix);
  }

  private void write(Path file, String text) {
    Path written = data.buckets().resolve("new" + System.nanoTime());
    try {
      Files.writeString(written, text, UTF_8);
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
