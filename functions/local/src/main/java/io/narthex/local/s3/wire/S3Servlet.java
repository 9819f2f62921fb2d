package io.narthex.local.s3.wire;

import io.narthex.local.http.HostNames;
import io.narthex.local.http.UnreadBody;
import io.narthex.local.s3.access.Call;
import io.narthex.local.s3.access.Caller;
import io.narthex.local.s3.access.Conditions;
import io.narthex.local.s3.access.Gate;
import io.narthex.local.s3.access.Operation;
import io.narthex.local.s3.auth.AccessKeys;
import io.narthex.local.s3.auth.Authenticator;
import io.narthex.local.s3.auth.Authenticator.Authenticated;
import io.narthex.local.s3.auth.SignedBody;
import io.narthex.local.s3.model.S3Refusal;
import io.narthex.local.s3.model.TagSet;
import io.narthex.local.s3.store.ObjectStore;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.gaul.s3proxy.S3ProxyHandler;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.jspecify.annotations.Nullable;

/**
 * Every request: authenticated, routed, authorized as far as that can be done before the object is
 * looked at, and then answered, by {@link OwnCalls} or by S3Proxy's handler, which is told that
 * everything is allowed.
 */
public final class S3Servlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final System.Logger LOG = System.getLogger(S3Servlet.class.getName());
  private static final long MAX_OBJECT = 5L << 30;
  private static final long MAX_DOCUMENT = 4L << 20;
  private static final int MAX_CHUNK = 16 << 20;
  private static final int NO_SKEW_CHECK = Integer.MAX_VALUE;

  private static final Set<Operation> TAKES_TAGS =
      Set.of(Operation.PUT_OBJECT, Operation.COPY_OBJECT, Operation.CREATE_MULTIPART_UPLOAD);

  private static final Set<String> OWNERS_ACLS = Set.of("private", "bucket-owner-full-control");

  private final transient ObjectStore store;
  private final transient HostNames names;
  private final transient Authenticator authenticator;
  private final transient Gate gate;
  private final transient RequestFacts facts;
  private final transient OwnCalls own;
  private final transient StsCalls sts;
  private final transient S3ProxyHandler handler;
  private final String accountId;

  /**
   * A servlet for one store.
   *
   * @param names that it answers to, besides {@code BUCKET.localhost}
   * @param accountId the owner of every bucket
   */
  public S3Servlet(
      ObjectStore store, HostNames names, AccessKeys users, String accountId, Clock clock) {
    this.store = store;
    this.names = names;
    this.accountId = accountId;
    this.authenticator = new Authenticator(users, clock);
    this.gate = new Gate(accountId, store.buckets()::rules);
    this.facts = new RequestFacts(accountId, clock);
    this.own = new OwnCalls(store);
    this.sts = new StsCalls(authenticator, accountId);
    this.handler =
        new S3ProxyHandler(
            store.blobStore(),
            AuthenticationType.NONE,
            null,
            null,
            null,
            MAX_OBJECT,
            MAX_DOCUMENT,
            MAX_CHUNK,
            false,
            null,
            null,
            NO_SKEW_CHECK);
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      answer(request, response);
    } catch (IOException | RuntimeException e) {
      Optional<ErrorDocument> document = ErrorDocument.of(e);
      if (document.isEmpty() && response.isCommitted()) {
        throw e;
      }
      if (document.isEmpty()) {
        LOG.log(
            System.Logger.Level.WARNING, request.getMethod() + " " + request.getRequestURI(), e);
      }
      nameRequest(response);
      if (request.getHeader("Expect") == null) {
        UnreadBody.passOver(request.getInputStream());
      }
      document
          .orElseGet(
              () ->
                  new ErrorDocument(
                      500, "InternalError", "The embedded endpoint failed.", Map.of()))
          .send(request, response);
    }
  }

  private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    requireName(Collections.list(request.getHeaders("Host")));
    Route route = Route.of(request);
    if (StsCalls.isAsked(route)) {
      sts.answer(route, request, response);
      return;
    }
    Authenticated authenticated = authenticator.authenticate(request, route.query());
    boolean signed = authenticated.signature().isPresent();
    Operation operation =
        Operations.of(route, request.getHeader("x-amz-copy-source") != null, signed);
    Call call = call(request, response, route, authenticated, operation);
    requireBucket(request, route, operation);
    requireNoAcl(request);
    requireOwnHeaders(route, signed);
    authorize(call, route);
    answer(call, route, authenticated.body(), request, response);
  }

  private void answer(
      Call call,
      Route route,
      SignedBody body,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    ScopedValue.where(Call.CURRENT, call)
        .<@Nullable Object, IOException>call(
            () -> {
              if (OwnCalls.has(call.operation())) {
                nameRequest(response);
                own.answer(
                    call.operation(),
                    route,
                    request,
                    response,
                    body.open(request.getInputStream()));
              } else {
                HandlerRequest wrapped =
                    new HandlerRequest(
                        request, route, call.operation().readsForCaller(), body.decodedLength());
                handler.doHandle(
                    wrapped, wrapped, response, body.open(request.getInputStream()), null);
              }
              return null;
            });
  }

  private Call call(
      HttpServletRequest request,
      HttpServletResponse response,
      Route route,
      Authenticated authenticated,
      Operation operation) {
    Optional<TagSet> tags = tags(request, operation);
    Caller caller = authenticated.caller();
    return new Call(
        caller,
        operation,
        facts.keys(request, route, operation, caller, authenticated.signature()),
        operation.readsForCaller() && operation != Operation.COPY_OBJECT
            ? Conditions.NONE
            : new Conditions(
                Optional.ofNullable(request.getHeader("If-Match")),
                Optional.ofNullable(request.getHeader("If-None-Match"))),
        tags,
        gate,
        response::setHeader);
  }

  /** Tags of the object to be written; empty for a copy that takes those of its source. */
  private static Optional<TagSet> tags(HttpServletRequest request, Operation operation) {
    Optional<String> header = Optional.ofNullable(request.getHeader("x-amz-tagging"));
    boolean replace = "REPLACE".equalsIgnoreCase(request.getHeader("x-amz-tagging-directive"));
    if ((operation == Operation.COPY_OBJECT && !replace) || !TAKES_TAGS.contains(operation)) {
      return Optional.empty();
    }
    return Optional.of(header.map(TagSet::fromHeader).orElse(TagSet.EMPTY));
  }

  private void requireName(List<String> hosts) {
    if (!names.has(hosts) && hosts.stream().allMatch(host -> Route.hostedBucket(host).isEmpty())) {
      throw new S3Refusal(
          421, "MisdirectedRequest", "The embedded endpoint is not known by this host name.");
    }
  }

  private void requireBucket(HttpServletRequest request, Route route, Operation operation) {
    if (operation != Operation.CREATE_BUCKET) {
      route.bucket().ifPresent(store.buckets()::require);
    }
    Optional<String> owner = Optional.ofNullable(request.getHeader("x-amz-expected-bucket-owner"));
    if (owner.isPresent() && !owner.get().equals(accountId)) {
      throw S3Refusal.accessDenied(
          "The bucket belongs to another account than the request expects.");
    }
  }

  /** Buckets are as with BucketOwnerEnforced: policies decide, and ACLs are refused. */
  private static void requireNoAcl(HttpServletRequest request) {
    Optional<String> acl = Optional.ofNullable(request.getHeader("x-amz-acl"));
    if (acl.isPresent() && !OWNERS_ACLS.contains(acl.get())) {
      throw new S3Refusal(400, "AccessControlListNotSupported", "The bucket does not allow ACLs");
    }
  }

  /** Only those who sign may say what headers an answer has. */
  private static void requireOwnHeaders(Route route, boolean signed) {
    if (!signed
        && route.query().parameters().stream().anyMatch(p -> p.name().startsWith("response-"))) {
      throw new S3Refusal(
          400,
          "InvalidRequest",
          "Request specific response headers cannot be used for anonymous GET requests.");
    }
  }

  private static void authorize(Call call, Route route) {
    if (route.isUnstorableRead()) {
      throw call.missing(
          route.bucket().orElseThrow(),
          new S3Refusal(404, "NoSuchKey", "The embedded endpoint has no such key."));
    }
    route.requireIds();
    call.operation().action().ifPresent(action -> call.require(action, route.arn()));
    call.tags()
        .filter(tags -> !tags.tags().isEmpty())
        .ifPresent(tags -> call.requireNewTags(route.arn(), tags));
  }

  private static void nameRequest(HttpServletResponse response) {
    if (response.getHeader("x-amz-request-id") == null) {
      response.setHeader(
          "x-amz-request-id", HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()));
    }
  }
}
