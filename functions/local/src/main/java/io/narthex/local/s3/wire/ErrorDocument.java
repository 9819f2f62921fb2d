package io.narthex.local.s3.wire;

import io.narthex.local.s3.model.S3Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * The XML in which S3 says what is wrong. People see it: Nix prints the body of an error as it is.
 *
 * @param status of HTTP
 * @param code of S3
 * @param message one sentence
 * @param headers besides the usual ones
 */
record ErrorDocument(int status, String code, String message, Map<String, String> headers) {

  /**
   * What answers an exception that came out of a request; empty for one that is a fault of the
   * endpoint.
   */
  static Optional<ErrorDocument> of(Throwable thrown) {
    for (Optional<Throwable> at = Optional.of(thrown);
        at.isPresent();
        at = at.map(Throwable::getCause)) {
      Throwable cause = at.get();
      if (cause instanceof S3Refusal refusal) {
        return Optional.of(
            new ErrorDocument(
                refusal.status(), refusal.code(), message(refusal), refusal.headers()));
      }
      if (cause instanceof AwsServiceException exception) {
        return Optional.of(of(exception));
      }
      if (cause instanceof IllegalArgumentException) {
        return Optional.of(new ErrorDocument(400, "InvalidArgument", message(cause), Map.of()));
      }
      if (cause instanceof UnsupportedOperationException) {
        return Optional.of(new ErrorDocument(501, "NotImplemented", message(cause), Map.of()));
      }
    }
    return Optional.empty();
  }

  /** S3Proxy's exceptions: those without a code stand for one by their status. */
  private static ErrorDocument of(AwsServiceException exception) {
    int status = exception.statusCode();
    Optional<String> code = Optional.ofNullable(S3Exceptions.errorCode(exception));
    String text =
        code.isPresent()
            ? Optional.ofNullable(exception.awsErrorDetails().errorMessage()).orElse(code.get())
            : message(exception);
    Map<String, String> headers =
        Optional.ofNullable(S3Exceptions.httpResponse(exception))
            .flatMap(response -> response.firstMatchingHeader("ETag"))
            .map(eTag -> Map.of("ETag", eTag))
            .orElse(Map.of());
    return new ErrorDocument(status, code.orElseGet(() -> code(status)), text, headers);
  }

  private static String code(int status) {
    return switch (status) {
      case 304 -> "NotModified";
      case 400 -> "BadDigest";
      case 403 -> "AccessDenied";
      case 404 -> "NoSuchKey";
      case 412 -> "PreconditionFailed";
      case 416 -> "InvalidRange";
      default -> "InternalError";
    };
  }

  private static String message(Throwable thrown) {
    return Optional.ofNullable(thrown.getMessage())
        .orElseGet(() -> thrown.getClass().getSimpleName());
  }

  /** Answers; does nothing where an answer has begun. */
  void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (response.isCommitted()) {
      return;
    }
    response.resetBuffer();
    response.setStatus(status);
    headers.forEach(response::setHeader);
    if (request.getMethod().equals("HEAD") || status == HttpServletResponse.SC_NOT_MODIFIED) {
      return;
    }
    String xml =
        new XmlText()
            .open("Error")
            .element("Code", code)
            .element("Message", message)
            .element("Resource", request.getRequestURI())
            .element(
                "RequestId", Optional.ofNullable(response.getHeader("x-amz-request-id")).orElse(""))
            .close("Error")
            .toString();
    XmlText.send(response, xml);
  }
}
