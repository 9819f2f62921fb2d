package io.narthex.local.s3.wire;

import io.narthex.local.s3.access.Operation;
import io.narthex.local.s3.model.PercentEncoding;
import io.narthex.policy.ContextValue;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The condition keys that belong to what makes an object or a bucket. */
final class WriteFacts {
  /** Named like the header, behind {@code s3:}. */
  private static final List<String> HEADERS =
      List.of(
          "x-amz-acl",
          "x-amz-grant-full-control",
          "x-amz-grant-read",
          "x-amz-grant-read-acp",
          "x-amz-grant-write",
          "x-amz-grant-write-acp",
          "x-amz-metadata-directive",
          "x-amz-object-ownership",
          "x-amz-server-side-encryption",
          "x-amz-server-side-encryption-aws-kms-key-id",
          "x-amz-server-side-encryption-customer-algorithm",
          "x-amz-storage-class",
          "x-amz-website-redirect-location",
          "if-match",
          "if-none-match");

  private static final List<String> OBJECT_LOCK =
      List.of("object-lock-mode", "object-lock-retain-until-date", "object-lock-legal-hold");

  private static final String COPY_SOURCE = "x-amz-copy-source";
  private static final ContextValue UNKNOWN = new ContextValue.Unknown();

  private static final Set<Operation> CREATES =
      Set.of(Operation.PUT_OBJECT, Operation.COPY_OBJECT, Operation.COMPLETE_MULTIPART_UPLOAD);

  private static final Set<Operation> PREPARES =
      Set.of(Operation.CREATE_MULTIPART_UPLOAD, Operation.UPLOAD_PART, Operation.UPLOAD_PART_COPY);

  private WriteFacts() {}

  static Map<String, ContextValue> of(HttpServletRequest request, Operation operation) {
    Map<String, ContextValue> keys = new HashMap<>();
    HEADERS.forEach(header -> keys.put("s3:" + header, Headers.value(request, header)));
    for (String key : OBJECT_LOCK) {
      keys.put("s3:" + key, Headers.value(request, "x-amz-" + key));
    }
    if (!(keys.get("s3:object-lock-retain-until-date") instanceof ContextValue.Absent)) {
      keys.put("s3:object-lock-remaining-retention-days", UNKNOWN);
    }
    keys.put("s3:" + COPY_SOURCE, copySource(Headers.value(request, COPY_SOURCE)));
    if (CREATES.contains(operation) || PREPARES.contains(operation)) {
      keys.put(
          "s3:ObjectCreationOperation",
          Headers.known(Boolean.toString(CREATES.contains(operation))));
    }
    if (operation == Operation.CREATE_BUCKET) {
      keys.put("s3:LocationConstraint", UNKNOWN);
    }
    return keys;
  }

  /**
   * Bucket and key of the source without a slash in front, which clients may send or leave out.
   * What S3 makes of a version there is not documented.
   */
  private static ContextValue copySource(ContextValue header) {
    return switch (header) {
      case ContextValue.Known known -> copySource(known.values().getFirst());
      case ContextValue.Absent absent -> absent;
      case ContextValue.Unknown unknown -> unknown;
    };
  }

  private static ContextValue copySource(String header) {
    return header.contains("?versionId=")
        ? UNKNOWN
        : Headers.known(PercentEncoding.decode(header).replaceFirst("^/", ""));
  }
}
