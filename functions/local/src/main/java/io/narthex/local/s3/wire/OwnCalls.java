package io.narthex.local.s3.wire;

import io.narthex.local.s3.access.Operation;
import io.narthex.local.s3.model.S3Refusal;
import io.narthex.local.s3.store.ObjectStore;
import io.narthex.local.s3.store.ObjectTagging;
import io.narthex.local.s3.store.ObjectTagging.Tagged;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** The calls that S3Proxy's handler does not have: tags of objects, rules of buckets. */
final class OwnCalls {
  private static final int MAX_BODY = 64 * 1024;

  private static final Set<Operation> OWN =
      Set.of(
          Operation.GET_OBJECT_TAGGING,
          Operation.PUT_OBJECT_TAGGING,
          Operation.DELETE_OBJECT_TAGGING,
          Operation.GET_BUCKET_POLICY,
          Operation.PUT_BUCKET_POLICY,
          Operation.DELETE_BUCKET_POLICY,
          Operation.GET_BUCKET_POLICY_STATUS,
          Operation.GET_PUBLIC_ACCESS_BLOCK,
          Operation.PUT_PUBLIC_ACCESS_BLOCK,
          Operation.DELETE_PUBLIC_ACCESS_BLOCK);

  private final BucketCalls buckets;
  private final ObjectTagging tagging;

  OwnCalls(ObjectStore store) {
    this.buckets = new BucketCalls(store.buckets());
    this.tagging = store.tagging();
  }

  static boolean has(Operation operation) {
    return OWN.contains(operation);
  }

  void answer(
      Operation operation,
      Route route,
      HttpServletRequest request,
      HttpServletResponse response,
      InputStream body)
      throws IOException {
    switch (operation) {
      case GET_OBJECT_TAGGING -> {
        Tagged tagged = tagging.get(route.object(), route.versionId());
        version(response, tagged);
        XmlText.send(response, TaggingDocument.write(tagged.tags()));
      }
      case PUT_OBJECT_TAGGING ->
          version(
              response,
              tagging.put(
                  route.object(), route.versionId(), TaggingDocument.parse(read(request, body))));
      case DELETE_OBJECT_TAGGING -> {
        version(response, tagging.delete(route.object(), route.versionId()));
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      }
      default ->
          buckets.answer(
              operation, route.bucket().orElseThrow(), response, () -> read(request, body));
    }
  }

  private static void version(HttpServletResponse response, Tagged tagged) {
    tagged.versionId().ifPresent(id -> response.setHeader("x-amz-version-id", id));
  }

  /** The whole body, bounded, and compared with {@code Content-MD5} where there is one. */
  private static byte[] read(HttpServletRequest request, InputStream body) throws IOException {
    byte[] read = body.readNBytes(MAX_BODY + 1);
    if (read.length > MAX_BODY) {
      throw new S3Refusal(400, "MaxMessageLengthExceeded", "Your request was too big.");
    }
    Optional<String> md5 = Optional.ofNullable(request.getHeader("Content-MD5"));
    if (md5.isPresent() && !md5.get().equals(md5(read))) {
      throw new S3Refusal(
          400, "BadDigest", "The Content-MD5 you specified did not match what we received.");
    }
    return read;
  }

  private static String md5(byte[] data) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(data));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
