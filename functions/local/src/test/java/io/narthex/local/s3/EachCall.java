package io.narthex.local.s3;

import static io.narthex.local.s3.Endpoint.CACHE;
import static io.narthex.local.s3.Endpoint.PLAIN;

import io.narthex.local.s3.access.Operation;
import java.util.UUID;
import java.util.function.BiConsumer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Every call of the endpoint, each as a client would send it. */
enum EachCall {
  LIST_BUCKETS(Operation.LIST_BUCKETS, false, (s3, at) -> s3.listBuckets()),
  CREATE_BUCKET(
      Operation.CREATE_BUCKET,
      false,
      (s3, at) -> s3.createBucket(r -> r.bucket("new-" + UUID.randomUUID()))),
  DELETE_BUCKET(
      Operation.DELETE_BUCKET, false, (s3, at) -> s3.deleteBucket(r -> r.bucket(at.bucket()))),
  HEAD_BUCKET(Operation.HEAD_BUCKET, true, (s3, at) -> s3.headBucket(r -> r.bucket(CACHE))),
  LIST_OBJECTS(Operation.LIST_OBJECTS, true, (s3, at) -> s3.listObjectsV2(r -> r.bucket(CACHE))),
  LIST_OBJECTS_V1(Operation.LIST_OBJECTS, true, (s3, at) -> s3.listObjects(r -> r.bucket(CACHE))),
  LIST_OBJECT_VERSIONS(
      Operation.LIST_OBJECT_VERSIONS,
      false,
      (s3, at) -> s3.listObjectVersions(r -> r.bucket(CACHE))),
  LIST_MULTIPART_UPLOADS(
      Operation.LIST_MULTIPART_UPLOADS,
      true,
      (s3, at) -> s3.listMultipartUploads(r -> r.bucket(CACHE))),
  GET_BUCKET_LOCATION(
      Operation.GET_BUCKET_LOCATION, true, (s3, at) -> s3.getBucketLocation(r -> r.bucket(CACHE))),
  GET_BUCKET_POLICY(
      Operation.GET_BUCKET_POLICY,
      false,
      (s3, at) -> s3.getBucketPolicy(r -> r.bucket(at.bucket()))),
  PUT_BUCKET_POLICY(
      Operation.PUT_BUCKET_POLICY,
      false,
      (s3, at) -> s3.putBucketPolicy(r -> r.bucket(at.bucket()).policy(at.policy()))),
  DELETE_BUCKET_POLICY(
      Operation.DELETE_BUCKET_POLICY,
      false,
      (s3, at) -> s3.deleteBucketPolicy(r -> r.bucket(at.bucket()))),
  GET_BUCKET_POLICY_STATUS(
      Operation.GET_BUCKET_POLICY_STATUS,
      false,
      (s3, at) -> s3.getBucketPolicyStatus(r -> r.bucket(at.bucket()))),
  GET_PUBLIC_ACCESS_BLOCK(
      Operation.GET_PUBLIC_ACCESS_BLOCK,
      false,
      (s3, at) -> s3.getPublicAccessBlock(r -> r.bucket(at.bucket()))),
  PUT_PUBLIC_ACCESS_BLOCK(
      Operation.PUT_PUBLIC_ACCESS_BLOCK,
      false,
      (s3, at) ->
          s3.putPublicAccessBlock(
              r ->
                  r.bucket(at.bucket())
                      .publicAccessBlockConfiguration(b -> b.blockPublicAcls(true)))),
  DELETE_PUBLIC_ACCESS_BLOCK(
      Operation.DELETE_PUBLIC_ACCESS_BLOCK,
      false,
      (s3, at) -> s3.deletePublicAccessBlock(r -> r.bucket(at.bucket()))),
  GET_BUCKET_VERSIONING(
      Operation.GET_BUCKET_VERSIONING,
      false,
      (s3, at) -> s3.getBucketVersioning(r -> r.bucket(CACHE))),
  PUT_BUCKET_VERSIONING(
      Operation.PUT_BUCKET_VERSIONING,
      false,
      (s3, at) ->
          s3.putBucketVersioning(
              r ->
                  r.bucket(CACHE)
                      .versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)))),
  DELETE_OBJECTS(
      Operation.DELETE_OBJECTS,
      false,
      (s3, at) -> refuseErrors(deleteAll(s3, ObjectIdentifier.builder().key(at.key()).build()))),
  DELETE_OBJECT_VERSIONS(
      Operation.DELETE_OBJECTS,
      false,
      (s3, at) ->
          refuseErrors(
              deleteAll(
                  s3, ObjectIdentifier.builder().key(at.key()).versionId(at.version()).build()))),
  GET_OBJECT(
      Operation.GET_OBJECT,
      true,
      (s3, at) -> s3.getObjectAsBytes(r -> r.bucket(CACHE).key(at.key()))),
  GET_OBJECT_VERSION(
      Operation.GET_OBJECT,
      false,
      (s3, at) -> s3.getObjectAsBytes(r -> r.bucket(CACHE).key(at.key()).versionId(at.version()))),
  HEAD_OBJECT(
      Operation.HEAD_OBJECT, true, (s3, at) -> s3.headObject(r -> r.bucket(CACHE).key(at.key()))),
  HEAD_OBJECT_VERSION(
      Operation.HEAD_OBJECT,
      false,
      (s3, at) -> s3.headObject(r -> r.bucket(CACHE).key(at.key()).versionId(at.version()))),
  PUT_OBJECT(
      Operation.PUT_OBJECT,
      true,
      (s3, at) -> s3.putObject(r -> r.bucket(CACHE).key(at.key()), RequestBody.fromString("x"))),
  PUT_OBJECT_WITH_TAGS(
      Operation.PUT_OBJECT,
      false,
      (s3, at) ->
          s3.putObject(
              r -> r.bucket(CACHE).key(at.key()).tagging("a=b"), RequestBody.fromString("x"))),
  COPY_OBJECT(
      Operation.COPY_OBJECT,
      true,
      (s3, at) ->
          s3.copyObject(
              r ->
                  r.sourceBucket(CACHE)
                      .sourceKey(at.key())
                      .destinationBucket(CACHE)
                      .destinationKey("copy"))),
  COPY_OBJECT_VERSION(
      Operation.COPY_OBJECT,
      false,
      (s3, at) ->
          s3.copyObject(
              r ->
                  r.sourceBucket(CACHE)
                      .sourceKey(at.key())
                      .sourceVersionId(at.version())
                      .destinationBucket(CACHE)
                      .destinationKey("copy"))),
  COPY_FROM_ANOTHER_BUCKET(
      Operation.COPY_OBJECT,
      false,
      (s3, at) ->
          s3.copyObject(
              r ->
                  r.sourceBucket(PLAIN)
                      .sourceKey(at.key())
                      .destinationBucket(CACHE)
                      .destinationKey("copy"))),
  DELETE_OBJECT(
      Operation.DELETE_OBJECT,
      false,
      (s3, at) -> s3.deleteObject(r -> r.bucket(CACHE).key(at.key()))),
  DELETE_OBJECT_VERSION(
      Operation.DELETE_OBJECT,
      false,
      (s3, at) -> s3.deleteObject(r -> r.bucket(CACHE).key(at.key()).versionId(at.version()))),
  GET_OBJECT_TAGGING(
      Operation.GET_OBJECT_TAGGING,
      false,
      (s3, at) -> s3.getObjectTagging(r -> r.bucket(CACHE).key(at.key()))),
  GET_OBJECT_VERSION_TAGGING(
      Operation.GET_OBJECT_TAGGING,
      false,
      (s3, at) -> s3.getObjectTagging(r -> r.bucket(CACHE).key(at.key()).versionId(at.version()))),
  PUT_OBJECT_TAGGING(
      Operation.PUT_OBJECT_TAGGING,
      false,
      (s3, at) ->
          s3.putObjectTagging(
              r -> r.bucket(CACHE).key(at.key()).tagging(Endpoint.tagging("a", "b")))),
  PUT_OBJECT_VERSION_TAGGING(
      Operation.PUT_OBJECT_TAGGING,
      false,
      (s3, at) ->
          s3.putObjectTagging(
              r ->
                  r.bucket(CACHE)
                      .key(at.key())
                      .versionId(at.version())
                      .tagging(Endpoint.tagging("a", "b")))),
  DELETE_OBJECT_TAGGING(
      Operation.DELETE_OBJECT_TAGGING,
      false,
      (s3, at) -> s3.deleteObjectTagging(r -> r.bucket(CACHE).key(at.key()))),
  DELETE_OBJECT_VERSION_TAGGING(
      Operation.DELETE_OBJECT_TAGGING,
      false,
      (s3, at) ->
          s3.deleteObjectTagging(r -> r.bucket(CACHE).key(at.key()).versionId(at.version()))),
  CREATE_MULTIPART_UPLOAD(
      Operation.CREATE_MULTIPART_UPLOAD,
      true,
      (s3, at) -> s3.createMultipartUpload(r -> r.bucket(CACHE).key(at.key()))),
  UPLOAD_PART(
      Operation.UPLOAD_PART,
      true,
      (s3, at) ->
          s3.uploadPart(
              r -> r.bucket(CACHE).key(at.key()).uploadId(at.upload()).partNumber(2),
              RequestBody.fromString("x"))),
  UPLOAD_PART_COPY(
      Operation.UPLOAD_PART_COPY,
      true,
      (s3, at) ->
          s3.uploadPartCopy(
              r ->
                  r.sourceBucket(CACHE)
                      .sourceKey(at.key())
                      .destinationBucket(CACHE)
                      .destinationKey(at.key())
                      .uploadId(at.upload())
                      .partNumber(2))),
  COMPLETE_MULTIPART_UPLOAD(
      Operation.COMPLETE_MULTIPART_UPLOAD,
      true,
      (s3, at) ->
          s3.completeMultipartUpload(
              r ->
                  r.bucket(CACHE)
                      .key(at.key())
                      .uploadId(at.upload())
                      .multipartUpload(
                          m ->
                              m.parts(
                                  CompletedPart.builder().partNumber(1).eTag(at.eTag()).build())))),
  ABORT_MULTIPART_UPLOAD(
      Operation.ABORT_MULTIPART_UPLOAD,
      true,
      (s3, at) ->
          s3.abortMultipartUpload(r -> r.bucket(CACHE).key(at.key()).uploadId(at.upload()))),
  LIST_PARTS(
      Operation.LIST_PARTS,
      true,
      (s3, at) -> s3.listParts(r -> r.bucket(CACHE).key(at.key()).uploadId(at.upload())));

  private final Operation operation;
  private final boolean ofUploaders;

  // All of them are without state.
  @SuppressWarnings("ImmutableEnumChecker")
  private final BiConsumer<S3Client, Prepared> call;

  EachCall(Operation operation, boolean ofUploaders, BiConsumer<S3Client, Prepared> call) {
    this.operation = operation;
    this.ofUploaders = ofUploaders;
    this.call = call;
  }

  Operation operation() {
    return operation;
  }

  /** Whether the manual's seven actions are enough for it. */
  boolean isOfUploaders() {
    return ofUploaders;
  }

  /** Whether the manual's policy for anonymous reads is enough for it. */
  boolean isDirectRead() {
    return this == GET_OBJECT || this == HEAD_OBJECT || this == GET_BUCKET_LOCATION;
  }

  void send(S3Client client, Prepared at) {
    call.accept(client, at);
  }

  /**
   * What a call is about, made anew for each.
   *
   * @param bucket empty, with a policy and a Block Public Access configuration
   * @param policy that the bucket can be given
   * @param key of an object in both other buckets
   * @param version of it
   * @param upload of that key, under way
   * @param eTag of the upload's part 1
   */
  record Prepared(
      String bucket, String policy, String key, String version, String upload, String eTag) {
    static Prepared in(Endpoint s3) {
      String bucket = "case-" + UUID.randomUUID();
      String policy =
          """
          {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*",
            "Action": "s3:DeleteObject", "Resource": "arn:aws:s3:::%s/*"}]}
          """
              .formatted(bucket);
      s3.server.createBucket(bucket, false);
      s3.server.putBucketPolicy(bucket, policy);
      s3.root.putPublicAccessBlock(
          r -> r.bucket(bucket).publicAccessBlockConfiguration(b -> b.ignorePublicAcls(true)));
      String key = "k-" + UUID.randomUUID();
      s3.put(PLAIN, key, "x");
      String version = s3.put(CACHE, key, "x").versionId();
      String upload = s3.root.createMultipartUpload(r -> r.bucket(CACHE).key(key)).uploadId();
      String eTag =
          s3.root
              .uploadPart(
                  r -> r.bucket(CACHE).key(key).uploadId(upload).partNumber(1),
                  RequestBody.fromString("x"))
              .eTag();
      return new Prepared(bucket, policy, key, version, upload, eTag);
    }
  }

  private static DeleteObjectsResponse deleteAll(S3Client s3, ObjectIdentifier object) {
    return s3.deleteObjects(r -> r.bucket(CACHE).delete(d -> d.objects(object)));
  }

  /** DeleteObjects answers 200 where it has refused each key. */
  private static void refuseErrors(DeleteObjectsResponse response) {
    if (response.errors().stream().anyMatch(e -> e.code().equals("AccessDenied"))) {
      throw (S3Exception) S3Exception.builder().statusCode(403).message("AccessDenied").build();
    }
  }
}
