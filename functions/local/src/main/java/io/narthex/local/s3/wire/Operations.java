package io.narthex.local.s3.wire;

import io.narthex.local.s3.access.Operation;
import io.narthex.local.s3.model.S3Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** From a route to the operation. What is not in these tables is not done. */
final class Operations {
  /** Query parameters that change what a request means; all others only refine it. */
  private static final Set<String> SUBRESOURCES =
      Set.of(
          "accelerate",
          "acl",
          "analytics",
          "attributes",
          "cors",
          "delete",
          "encryption",
          "intelligent-tiering",
          "inventory",
          "legal-hold",
          "lifecycle",
          "location",
          "logging",
          "metadataTable",
          "metrics",
          "notification",
          "object-lock",
          "ownershipControls",
          "policy",
          "policyStatus",
          "publicAccessBlock",
          "replication",
          "requestPayment",
          "restore",
          "retention",
          "select",
          "session",
          "tagging",
          "torrent",
          "uploadId",
          "uploads",
          "versioning",
          "versions",
          "website",
          "renameObject",
          "append");

  private static final Set<String> METHODS = Set.of("GET", "HEAD", "PUT", "POST", "DELETE");

  private static final Map<String, Operation> SERVICE = Map.of("GET", Operation.LIST_BUCKETS);

  private static final Map<String, Operation> BUCKET =
      Map.ofEntries(
          Map.entry("GET", Operation.LIST_OBJECTS),
          Map.entry("HEAD", Operation.HEAD_BUCKET),
          Map.entry("PUT", Operation.CREATE_BUCKET),
          Map.entry("DELETE", Operation.DELETE_BUCKET),
          Map.entry("GET location", Operation.GET_BUCKET_LOCATION),
          Map.entry("GET policy", Operation.GET_BUCKET_POLICY),
          Map.entry("PUT policy", Operation.PUT_BUCKET_POLICY),
          Map.entry("DELETE policy", Operation.DELETE_BUCKET_POLICY),
          Map.entry("GET policyStatus", Operation.GET_BUCKET_POLICY_STATUS),
          Map.entry("GET publicAccessBlock", Operation.GET_PUBLIC_ACCESS_BLOCK),
          Map.entry("PUT publicAccessBlock", Operation.PUT_PUBLIC_ACCESS_BLOCK),
          Map.entry("DELETE publicAccessBlock", Operation.DELETE_PUBLIC_ACCESS_BLOCK),
          Map.entry("GET versioning", Operation.GET_BUCKET_VERSIONING),
          Map.entry("PUT versioning", Operation.PUT_BUCKET_VERSIONING),
          Map.entry("GET versions", Operation.LIST_OBJECT_VERSIONS),
          Map.entry("GET uploads", Operation.LIST_MULTIPART_UPLOADS),
          Map.entry("POST delete", Operation.DELETE_OBJECTS));

  private static final Map<String, Operation> OBJECT =
      Map.ofEntries(
          Map.entry("GET", Operation.GET_OBJECT),
          Map.entry("HEAD", Operation.HEAD_OBJECT),
          Map.entry("PUT", Operation.PUT_OBJECT),
          Map.entry("DELETE", Operation.DELETE_OBJECT),
          Map.entry("GET tagging", Operation.GET_OBJECT_TAGGING),
          Map.entry("PUT tagging", Operation.PUT_OBJECT_TAGGING),
          Map.entry("DELETE tagging", Operation.DELETE_OBJECT_TAGGING),
          Map.entry("POST uploads", Operation.CREATE_MULTIPART_UPLOAD),
          Map.entry("PUT uploadId", Operation.UPLOAD_PART),
          Map.entry("POST uploadId", Operation.COMPLETE_MULTIPART_UPLOAD),
          Map.entry("DELETE uploadId", Operation.ABORT_MULTIPART_UPLOAD),
          Map.entry("GET uploadId", Operation.LIST_PARTS));

  private Operations() {}

  /**
   * The operation of a request.
   *
   * @param copies whether it names a copy source
   * @param signed whether it says who asks
   */
  static Operation of(Route route, boolean copies, boolean signed) {
    if (!METHODS.contains(route.method())) {
      throw new S3Refusal(
          405, "MethodNotAllowed", "The specified method is not allowed against this resource.");
    }
    List<String> subresources =
        route.query().parameters().stream()
            .map(p -> p.name())
            .filter(SUBRESOURCES::contains)
            .distinct()
            .toList();
    String key =
        route.method() + (subresources.isEmpty() ? "" : " " + String.join(" ", subresources));
    Map<String, Operation> table =
        route.bucket().isEmpty() ? SERVICE : route.key().isEmpty() ? BUCKET : OBJECT;
    Operation operation =
        Optional.ofNullable(table.get(key)).orElseThrow(() -> unknown(key, signed));
    return copies ? copying(operation) : operation;
  }

  /** S3 looks first at who asks, and nobody in particular may do any of these. */
  private static S3Refusal unknown(String call, boolean signed) {
    return signed
        ? S3Refusal.notImplemented("This call (" + call + ")")
        : S3Refusal.accessDenied("Nobody in particular may do this (" + call + ").");
  }

  private static Operation copying(Operation operation) {
    return switch (operation) {
      case PUT_OBJECT -> Operation.COPY_OBJECT;
      case UPLOAD_PART -> Operation.UPLOAD_PART_COPY;
      default -> throw S3Refusal.invalidArgument("x-amz-copy-source has no meaning here.");
    };
  }
}
