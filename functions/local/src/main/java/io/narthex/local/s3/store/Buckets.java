package io.narthex.local.s3.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.local.s3.model.ObjectName;
import io.narthex.local.s3.model.S3Refusal;
import io.narthex.policy.MalformedPolicyException;
import io.narthex.policy.PolicyDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The settings of each bucket, kept on disk and in memory. */
public final class Buckets {
  private static final String POLICY = ".policy.json";
  private static final String VERSIONED = ".versioned";

  private final DataDirectory data;
  private final Map<String, Policy> policies = new ConcurrentHashMap<>();
  private final Map<String, Boolean> versioned = new ConcurrentHashMap<>();

  Buckets(DataDirectory data) {
    this.data = data;
  }

  /** A policy as it was sent and as it was understood. */
  private record Policy(Optional<String> text, Optional<PolicyDocument> document) {
    static final Policy NONE = new Policy(Optional.empty(), Optional.empty());
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

  /** The bucket's policy as it was put, in JSON. */
  public Optional<String> policyText(String bucket) {
    return policy(bucket).text();
  }

  /** The bucket's policy; empty also where there is no such bucket. */
  public Optional<PolicyDocument> policyDocument(String bucket) {
    return policy(bucket).document();
  }

  /** Replaces the bucket's policy; a document that cannot be understood is refused with 400. */
  public void putPolicy(String bucket, String json) {
    require(bucket);
    Policy policy = parse(json);
    write(settings(bucket, POLICY), json);
    policies.put(bucket, policy);
  }

  /** Removes the bucket's policy, if it has one. */
  public void deletePolicy(String bucket) {
    require(bucket);
    delete(settings(bucket, POLICY));
    policies.put(bucket, Policy.NONE);
  }

  /** Forgets a bucket that is being deleted. */
  void forget(String bucket) {
    delete(settings(bucket, POLICY));
    delete(settings(bucket, VERSIONED));
    policies.remove(bucket);
    versioned.remove(bucket);
  }

  private Policy policy(String bucket) {
    return exists(bucket) ? policies.computeIfAbsent(bucket, this::load) : Policy.NONE;
  }

  private Policy load(String bucket) {
    Path file = settings(bucket, POLICY);
    try {
      return Files.exists(file) ? parse(Files.readString(file, UTF_8)) : Policy.NONE;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Policy parse(String json) {
    try {
      return new Policy(Optional.of(json), Optional.of(PolicyDocument.parse(json)));
    } catch (MalformedPolicyException e) {
      throw new S3Refusal(400, "MalformedPolicy", String.valueOf(e.getMessage()));
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
