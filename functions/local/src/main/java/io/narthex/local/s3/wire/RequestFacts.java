package io.narthex.local.s3.wire;

import io.narthex.local.s3.access.Caller;
import io.narthex.local.s3.access.Operation;
import io.narthex.local.s3.access.RequestKeys;
import io.narthex.local.s3.auth.Authenticator.Signature;
import io.narthex.policy.ContextValue;
import io.narthex.policy.Principal;
import io.narthex.policy.RequestContext;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The condition keys of a request that its sender and its headers decide. What is not named here of
 * {@code aws:} and {@code s3:} is known to be absent, for this endpoint is in no organization,
 * behind no VPC endpoint and on no TLS; what S3 would know and is not known here is unknown.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html">Condition
 *     keys of S3</a>
 */
final class RequestFacts {
  private static final String REGION = "us-east-1";
  private static final String CONTENT_SHA256 = "x-amz-content-sha256";
  private static final ContextValue UNKNOWN = new ContextValue.Unknown();

  private final String accountId;
  private final Clock clock;

  RequestFacts(String accountId, Clock clock) {
    this.accountId = accountId;
    this.clock = clock;
  }

  RequestKeys keys(
      HttpServletRequest request,
      Route route,
      Operation operation,
      Caller caller,
      Optional<Signature> signature) {
    Instant now = clock.instant();
    RequestContext.Builder common =
        RequestContext.builder()
            .absentUnder("aws:")
            .absentUnder("s3:")
            .value("aws:SourceIp", request.getRemoteAddr().replace("[", "").replace("]", ""))
            .value("aws:SecureTransport", "false")
            .value("aws:CurrentTime", now.toString())
            .value("aws:EpochTime", Long.toString(now.getEpochSecond()))
            .value("aws:ViaAWSService", "false")
            .value("aws:RequestedRegion", REGION)
            .value("aws:ResourceAccount", accountId)
            .value("s3:ResourceAccount", accountId);
    put(common, "aws:UserAgent", Headers.value(request, "User-Agent"));
    put(common, "aws:Referer", Headers.value(request, "Referer"));
    addCaller(common, caller);
    addSignature(common, request, signature, now);
    return new RequestKeys(
        common.build(), listing(route, operation), WriteFacts.of(request, operation));
  }

  private static void addCaller(RequestContext.Builder keys, Caller caller) {
    keys.value("aws:userid", caller.userId());
    caller.tags().forEach((key, value) -> keys.value("aws:PrincipalTag/" + key, value));
    if (caller.principal() instanceof Principal.AssumedRole) {
      // A session has temporary credentials on AWS, and has an access key for good here.
      keys.unknown("aws:TokenIssueTime").value("aws:MultiFactorAuthPresent", "false");
    }
  }

  private static void addSignature(
      RequestContext.Builder keys,
      HttpServletRequest request,
      Optional<Signature> signature,
      Instant now) {
    ContextValue hash = Headers.value(request, CONTENT_SHA256);
    if (signature.isEmpty()) {
      put(keys, "s3:" + CONTENT_SHA256, hash instanceof ContextValue.Absent ? hash : UNKNOWN);
      return;
    }
    boolean presigned = signature.get().presigned();
    long age = Math.max(0, Duration.between(signature.get().time(), now).toMillis());
    keys.value("aws:PrincipalIsAWSService", "false")
        .value("s3:signatureversion", "AWS4-HMAC-SHA256")
        .value("s3:signatureAge", Long.toString(age))
        .value("s3:authType", presigned ? "REST-QUERY-STRING" : "REST-HEADER");
    // Whether a presigned URL, which signs no content, counts as one that says so is not said.
    put(keys, "s3:" + CONTENT_SHA256, hash instanceof ContextValue.Absent ? UNKNOWN : hash);
  }

  private static void put(RequestContext.Builder keys, String key, ContextValue value) {
    switch (value) {
      case ContextValue.Known known -> keys.values(key, known.values());
      case ContextValue.Absent _ -> keys.absent(key);
      case ContextValue.Unknown _ -> keys.unknown(key);
    }
  }

  /** Whether S3 takes a prefix that is not there for an empty one is not documented. */
  private static Map<String, ContextValue> listing(Route route, Operation operation) {
    if (operation != Operation.LIST_OBJECTS && operation != Operation.LIST_OBJECT_VERSIONS) {
      return Map.of();
    }
    Map<String, ContextValue> keys = new HashMap<>();
    keys.put("s3:prefix", UNKNOWN);
    for (String key : RequestKeys.LISTING) {
      route
          .query()
          .first(key.substring("s3:".length()))
          .ifPresent(value -> keys.put(key, Headers.known(value)));
    }
    return keys;
  }
}
