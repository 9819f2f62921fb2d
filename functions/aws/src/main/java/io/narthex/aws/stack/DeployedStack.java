package io.narthex.aws.stack;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.s3.S3BucketPolicySource;
import io.narthex.aws.s3.S3ObjectStore;
import io.narthex.aws.s3.S3PublicAccessSource;
import io.narthex.aws.s3.S3ReadableObjects;
import io.narthex.aws.s3.S3VersionedStore;
import io.narthex.aws.sqs.SqsMessages;
import io.narthex.cache.admission.AuditedFacts;
import io.narthex.cache.operate.KnownCallers;
import io.narthex.cache.operate.KnownPaths;
import io.narthex.cache.operate.ReportCount;
import io.narthex.cache.operate.Revocations;
import io.narthex.cache.read.BucketPolicySource;
import io.narthex.cache.read.CacheBucket;
import io.narthex.cache.read.PublicAccessSource;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.settings.StoredSettings;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** A stack of {@code template.yaml}, asked and told things as its operator or as an uploader. */
public final class DeployedStack implements AutoCloseable {
  private final StackOutputs outputs;
  private final S3Client s3;
  private final SqsClient sqs;
  private final IndexOutputs index;
  private final StateMachines machines;

  private DeployedStack(
      StackOutputs outputs,
      S3Client s3,
      SqsClient sqs,
      IndexOutputs index,
      StateMachines machines) {
    this.outputs = requireNonNull(outputs, "outputs is null");
    this.s3 = requireNonNull(s3, "s3 is null");
    this.sqs = requireNonNull(sqs, "sqs is null");
    this.index = requireNonNull(index, "index is null");
    this.machines = requireNonNull(machines, "machines is null");
  }

  /**
   * Finds a stack by its name.
   *
   * @throws StackException if there is none of that name here that is one of Narthex
   */
  public static DeployedStack find(String name, AwsAccess access) {
    Map<String, String> outputs = access.cloudFormation().describeStacks(name);
    return new DeployedStack(
        StackOutputs.of(name, outputs),
        access.s3(),
        access.sqs(),
        IndexOutputs.of(outputs),
        access.stateMachines());
  }

  /** What is known of single paths. */
  public KnownPaths paths() {
    return new KnownPaths(new S3ReadableObjects(s3, outputs.stateBucket())::open, objects());
  }

  /** How many paths stand how. */
  public ReportCount reports() {
    return new ReportCount(state());
  }

  /** What is taken back. */
  public Revocations revocations() {
    return new Revocations(
        state(), new SqsMessages(sqs, outputs.uploadQueueUrl()), Clock.systemUTC());
  }

  /** The name of the bucket that clients know. */
  public String bucketName() {
    return outputs.cacheBucket();
  }

  /** The objects in it. */
  public S3VersionedStore objects() {
    return new S3VersionedStore(s3, outputs.cacheBucket());
  }

  /**
   * What is trusted and demanded there.
   *
   * @throws io.narthex.cache.store.StoreException if the caller may not read it
   */
  public Settings settings() {
    return new StoredSettings(state(), Clock.systemUTC()).current();
  }

  /** What it lets others read of NARs. */
  public AuditedFacts auditedFacts() {
    return new AuditedFacts(state(), new SqsMessages(sqs, outputs.uploadQueueUrl()));
  }

  /** Who is let in at the door. */
  public KnownCallers callers() {
    return new KnownCallers(state(), cacheBucket().account().digits(), Clock.systemUTC());
  }

  /** The bucket that clients know, and whose it is. */
  public CacheBucket cacheBucket() {
    return outputs.policyBucket();
  }

  /** The policy of that bucket. */
  public BucketPolicySource bucketPolicy() {
    return new S3BucketPolicySource(s3, outputs.cacheBucket());
  }

  /** Block Public Access of that bucket. */
  public PublicAccessSource publicAccess() {
    return new S3PublicAccessSource(s3, outputs.cacheBucket());
  }

  /**
   * Where machines substitute from.
   *
   * @throws StackException if the stack has no API
   */
  public URI url() {
    return outputs
        .cacheUrl()
        .orElseThrow(() -> new StackException("the stack has no output CacheUrl"));
  }

  /** The queue of uploads and its dead letters. */
  public StackQueues queues() {
    return new StackQueues(sqs, outputs);
  }

  /** Its index. */
  public StackIndex index() {
    return new StackIndex(index, machines, queues(), state());
  }

  private S3ObjectStore state() {
    return new S3ObjectStore(s3, outputs.stateBucket());
  }

  @Override
  public void close() {
    s3.close();
    sqs.close();
  }
}
