package io.narthex.local.s3.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.local.s3.access.BucketPolicy;
import io.narthex.local.s3.access.Operation;
import io.narthex.local.s3.model.S3Refusal;
import io.narthex.local.s3.store.Buckets;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** The calls about who may use a bucket: its policy, and what its owner blocks. */
final class BucketCalls {
  private final Buckets buckets;

  BucketCalls(Buckets buckets) {
    this.buckets = buckets;
  }

  /** Gets the body of a request when it is wanted. */
  @FunctionalInterface
  interface Body {
    byte[] read() throws IOException;
  }

  void answer(Operation operation, String bucket, HttpServletResponse response, Body body)
      throws IOException {
    switch (operation) {
      case GET_BUCKET_POLICY -> {
        response.setContentType("application/json");
        response
            .getOutputStream()
            .write(policy(bucket).text().orElseThrow(BucketCalls::noPolicy).getBytes(UTF_8));
      }
      case PUT_BUCKET_POLICY -> {
        buckets.putPolicy(bucket, text(body.read()));
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      }
      case DELETE_BUCKET_POLICY -> {
        buckets.deletePolicy(bucket);
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      }
      case GET_BUCKET_POLICY_STATUS ->
          XmlText.send(response, PublicAccessBlockDocument.writeStatus(isPublic(bucket)));
      default -> answerBlock(operation, bucket, response, body);
    }
  }

  private void answerBlock(
      Operation operation, String bucket, HttpServletResponse response, Body body)
      throws IOException {
    switch (operation) {
      case GET_PUBLIC_ACCESS_BLOCK ->
          XmlText.send(
              response,
              PublicAccessBlockDocument.write(
                  buckets.block(bucket).orElseThrow(BucketCalls::noBlock)));
      case PUT_PUBLIC_ACCESS_BLOCK ->
          buckets.putBlock(bucket, PublicAccessBlockDocument.parse(body.read()));
      case DELETE_PUBLIC_ACCESS_BLOCK -> {
        buckets.deleteBlock(bucket);
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      }
      default -> throw new IllegalStateException("not one of ours: " + operation);
    }
  }

  private BucketPolicy policy(String bucket) {
    return buckets.rules(bucket).policy();
  }

  private boolean isPublic(String bucket) {
    return switch (policy(bucket)) {
      case BucketPolicy.None _ -> throw noPolicy();
      case BucketPolicy.Understood policy -> policy.isPublic();
      // Nobody can say that it is not.
      case BucketPolicy.NotUnderstood _ -> true;
    };
  }

  private static String text(byte[] body) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw new S3Refusal(400, "MalformedPolicy", "This policy contains invalid Json");
    }
  }

  private static S3Refusal noPolicy() {
    return new S3Refusal(404, "NoSuchBucketPolicy", "The bucket policy does not exist");
  }

  private static S3Refusal noBlock() {
    return new S3Refusal(
        404,
        "NoSuchPublicAccessBlockConfiguration",
        "The public access block configuration was not found");
  }
}
