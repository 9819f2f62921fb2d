package io.narthex.local.s3.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.local.s3.access.Caller;
import io.narthex.local.s3.auth.Authenticator;
import io.narthex.local.s3.auth.S3User;
import io.narthex.local.s3.model.Query;
import io.narthex.local.s3.model.S3Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;

/**
 * The one call of STS that the endpoint has, in the query or as a form: who has signed this? All
 * else of STS is refused.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html">GetCallerIdentity</a>
 */
final class StsCalls {
  private static final String SERVICE = "sts";
  private static final String ACTION = "Action";
  private static final String VERSION = "2011-06-15";
  private static final int MAX_BODY = 64 * 1024;

  private final Authenticator authenticator;
  private final String accountId;

  StsCalls(Authenticator authenticator, String accountId) {
    this.authenticator = authenticator;
    this.accountId = accountId;
  }

  /** Whether a request is one to STS: S3 has nothing there. */
  static boolean isAsked(Route route) {
    return route.bucket().isEmpty() && (route.method().equals("POST") || route.query().has(ACTION));
  }

  void answer(Route route, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String id = UUID.randomUUID().toString();
    response.setHeader("x-amzn-RequestId", id);
    try {
      byte[] body = body(request);
      Caller caller = caller(route, request, body);
      requireGetCallerIdentity(route, body);
      XmlText.send(response, identity(caller, id));
    } catch (S3Refusal refusal) {
      response.setStatus(refusal.status());
      XmlText.send(response, error(refusal, id));
    }
  }

  private static byte[] body(HttpServletRequest request) throws IOException {
    byte[] body = request.getInputStream().readNBytes(MAX_BODY + 1);
    if (body.length > MAX_BODY) {
      throw new S3Refusal(413, "RequestEntityTooLarge", "The request is too long.");
    }
    return body;
  }

  private Caller caller(Route route, HttpServletRequest request, byte[] body) {
    return authenticator
        .authenticate(request, route.query(), SERVICE, body)
        .map(S3User::caller)
        .orElseThrow(
            () ->
                new S3Refusal(
                    403, "MissingAuthenticationToken", "Request is missing Authentication Token"));
  }

  private static void requireGetCallerIdentity(Route route, byte[] body) {
    Query form =
        route.method().equals("POST") ? Query.parse(new String(body, UTF_8)) : route.query();
    String action = form.first(ACTION).orElse("");
    String version = form.first("Version").orElse("");
    boolean known = action.equals("GetCallerIdentity") && version.equals(VERSION);
    if (!known || !(route.method().equals("POST") || route.method().equals("GET"))) {
      throw new S3Refusal(
          400,
          "InvalidAction",
          "Could not find operation %s for version %s".formatted(action, version));
    }
  }

  private String identity(Caller caller, String requestId) {
    return root("GetCallerIdentityResponse")
        .open("GetCallerIdentityResult")
        .element("Arn", caller.arn().orElseThrow())
        .element("UserId", caller.userId())
        .element("Account", caller.principal().accountId().orElse(accountId))
        .close("GetCallerIdentityResult")
        .open("ResponseMetadata")
        .element("RequestId", requestId)
        .close("ResponseMetadata")
        .close("GetCallerIdentityResponse")
        .toString();
  }

  private static String error(S3Refusal refusal, String requestId) {
    return root("ErrorResponse")
        .open("Error")
        .element("Type", "Sender")
        .element("Code", code(refusal.code()))
        .element("Message", Optional.ofNullable(refusal.getMessage()).orElse(""))
        .close("Error")
        .element("RequestId", requestId)
        .close("ErrorResponse")
        .toString();
  }

  private static XmlText root(String name) {
    return new XmlText().open(name, "https://sts.amazonaws.com/doc/" + VERSION + "/");
  }

  /** What S3 calls otherwise. */
  private static String code(String s3) {
    return switch (s3) {
      case "InvalidAccessKeyId" -> "InvalidClientTokenId";
      case "AccessDenied", "RequestTimeTooSkewed" -> "SignatureDoesNotMatch";
      case "AuthorizationHeaderMalformed", "AuthorizationQueryParametersError" ->
          "IncompleteSignature";
      default -> s3;
    };
  }
}
