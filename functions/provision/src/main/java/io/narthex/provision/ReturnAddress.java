package io.narthex.provision;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.json.MalformedEventException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/**
 * Where CloudFormation waits for the answer, and by which names it knows its question. The URL is
 * presigned: who has it can answer. It never prints.
 */
final class ReturnAddress {
  private final URI url;
  private final String stackId;
  private final String requestId;
  private final String logicalResourceId;

  private ReturnAddress(URI url, String stackId, String requestId, String logicalResourceId) {
    this.url = requireNonNull(url, "url is null");
    this.stackId = requireNonNull(stackId, "stackId is null");
    this.requestId = requireNonNull(requestId, "requestId is null");
    this.logicalResourceId = requireNonNull(logicalResourceId, "logicalResourceId is null");
  }

  /**
   * Finds it in an event.
   *
   * @throws MalformedEventException if it is not there: then nobody can be answered
   */
  static ReturnAddress in(EventFields event) throws MalformedEventException {
    return new ReturnAddress(
        url(event.text("ResponseURL")),
        event.text("StackId"),
        event.text("RequestId"),
        event.text("LogicalResourceId"));
  }

  private static URI url(String text) throws MalformedEventException {
    try {
      var url = new URI(text);
      if (url.getHost() != null && Set.of("http", "https").contains(url.getScheme())) {
        return url;
      }
    } catch (URISyntaxException _) {
      // Its message would hold the signature.
    }
    throw new MalformedEventException("ResponseURL is not an http or https URL");
  }

  URI url() {
    return url;
  }

  String stackId() {
    return stackId;
  }

  String requestId() {
    return requestId;
  }

  String logicalResourceId() {
    return logicalResourceId;
  }

  @Override
  public String toString() {
    return "ReturnAddress[" + logicalResourceId + "]";
  }
}
