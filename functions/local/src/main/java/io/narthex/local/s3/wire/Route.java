package io.narthex.local.s3.wire;

import io.narthex.local.http.HostNames;
import io.narthex.local.s3.model.ObjectName;
import io.narthex.local.s3.model.PercentEncoding;
import io.narthex.local.s3.model.Query;
import io.narthex.local.s3.model.S3Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a request is about: {@code /BUCKET/KEY}, or {@code /KEY} at {@code BUCKET.localhost}.
 * Slashes in front of the bucket are passed over, for clients whose endpoint is written with a
 * slash at its end send them.
 *
 * @param method of HTTP
 * @param bucket absent at {@code /}
 * @param key decoded, a plus being a plus
 * @param query decoded
 */
record Route(String method, Optional<String> bucket, Optional<String> key, Query query) {
  private static final String HOST_SUFFIX = ".localhost";
  private static final Pattern UPLOAD_ID =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  static Route of(HttpServletRequest request) {
    Query query = Query.parse(request.getQueryString());
    String path = request.getRequestURI().replaceFirst("^/+", "");
    Optional<String> hosted =
        Optional.ofNullable(request.getHeader("Host")).flatMap(Route::hostedBucket);
    if (hosted.isPresent()) {
      return of(request.getMethod(), hosted.get(), path, query);
    }
    int slash = path.indexOf('/');
    String bucket = slash < 0 ? path : path.substring(0, slash);
    return bucket.isEmpty()
        ? new Route(request.getMethod(), Optional.empty(), Optional.empty(), query)
        : of(
            request.getMethod(),
            PercentEncoding.decode(bucket),
            slash < 0 ? "" : path.substring(slash + 1),
            query);
  }

  private static Route of(String method, String bucket, String rawKey, Query query) {
    ObjectName.requireBucketName(bucket);
    if (rawKey.isEmpty()) {
      return new Route(method, Optional.of(bucket), Optional.empty(), query);
    }
    Route route =
        new Route(method, Optional.of(bucket), Optional.of(PercentEncoding.decode(rawKey)), query);
    return route.isUnstorableRead() ? route : route.requireObject();
  }

  private Route requireObject() {
    ObjectName name = object();
    return new Route(method, Optional.of(name.bucket()), Optional.of(name.key()), query);
  }

  /**
   * Whether it reads a key that cannot be written here: no bad request of its reader, for on S3 it
   * would be absent.
   */
  boolean isUnstorableRead() {
    if (key.isEmpty() || !(method.equals("GET") || method.equals("HEAD"))) {
      return false;
    }
    try {
      return !object().key().equals(key.get());
    } catch (S3Refusal refusal) {
      return true;
    }
  }

  /** The bucket that a Host field names; no page from elsewhere has a name under localhost. */
  static Optional<String> hostedBucket(String host) {
    return Optional.of(HostNames.name(host))
        .filter(name -> name.endsWith(HOST_SUFFIX))
        .map(name -> name.substring(0, name.length() - HOST_SUFFIX.length()));
  }

  /** The object; only where the operation has one. */
  ObjectName object() {
    return new ObjectName(bucket.orElseThrow(), key.orElseThrow());
  }

  /** The ARN that the action of the operation is about. */
  String arn() {
    return "arn:aws:s3:::" + bucket.map(b -> b + key.map(k -> "/" + k).orElse("")).orElse("*");
  }

  /** The path in the one form that S3Proxy's handler decodes back to the same key. */
  String handlerPath() {
    return bucket
        .map(b -> "/" + b + "/" + key.map(PercentEncoding::encodePath).orElse(""))
        .orElse("/");
  }

  /**
   * Refuses an upload or version that cannot be: the id of an upload is also a part of file names,
   * so only our own form is one.
   */
  void requireIds() {
    Optional<String> upload = query.first("uploadId");
    if (upload.isPresent() && !UPLOAD_ID.matcher(upload.get()).matches()) {
      throw S3Refusal.noSuchUpload();
    }
    if (versionId().filter(String::isEmpty).isPresent()) {
      throw S3Refusal.invalidArgument("Version id cannot be the empty string");
    }
  }

  Optional<String> versionId() {
    return query.first("versionId");
  }
}
