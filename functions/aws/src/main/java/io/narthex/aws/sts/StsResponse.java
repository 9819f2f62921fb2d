package io.narthex.aws.sts;

import io.narthex.aws.xml.PlainXml;
import io.narthex.cache.login.StsAnswer;
import io.narthex.cache.login.StsUnavailableException;
import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What STS answers, which is XML: a {@code GetCallerIdentityResponse} or an {@code ErrorResponse}.
 */
final class StsResponse {
  private static final Set<String> WANTED = Set.of("Account", "Arn", "UserId", "Code");

  /** Errors of the service or of the rate, whatever their status. */
  private static final Set<String> NOT_THE_CALLERS =
      Set.of(
          "Throttling",
          "ThrottlingException",
          "RequestLimitExceeded",
          "TooManyRequestsException",
          "ServiceUnavailable",
          "InternalFailure");

  private StsResponse() {}

  /**
   * Reads an answer.
   *
   * @throws StsUnavailableException if it says neither who the caller is nor that AWS refuses it
   */
  static StsAnswer read(int status, byte[] body) {
    if (status != 200 && (status < 400 || status >= 500 || status == 429)) {
      throw new StsUnavailableException("STS answers with status " + status);
    }
    Map<String, String> texts = texts(body);
    return status == 200 ? identity(texts) : denied(status, texts);
  }

  private static StsAnswer identity(Map<String, String> texts) {
    return new StsAnswer.CallerIdentity(
        required(texts, "Account"), required(texts, "Arn"), required(texts, "UserId"));
  }

  private static StsAnswer denied(int status, Map<String, String> texts) {
    String code = required(texts, "Code");
    if (NOT_THE_CALLERS.contains(code)) {
      throw new StsUnavailableException("STS answers " + code);
    }
    try {
      return new StsAnswer.Denied(code);
    } catch (IllegalArgumentException e) {
      throw new StsUnavailableException("STS answers status " + status + " and a strange code", e);
    }
  }

  private static String required(Map<String, String> texts, String name) {
    return Optional.ofNullable(texts.get(name))
        .filter(text -> !text.isEmpty())
        .orElseThrow(() -> new StsUnavailableException("STS's answer has no " + name));
  }

  private static Map<String, String> texts(byte[] body) {
    var texts = new HashMap<String, String>();
    try {
      XMLStreamReader xml =
          PlainXml.factory().createXMLStreamReader(new ByteArrayInputStream(body));
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamReader.START_ELEMENT && WANTED.contains(xml.getLocalName())) {
          String name = xml.getLocalName();
          if (texts.put(name, xml.getElementText().strip()) != null) {
            throw new StsUnavailableException("STS's answer has two of " + name);
          }
        }
      }
      return texts;
    } catch (XMLStreamException e) {
      throw new StsUnavailableException("STS's answer is not its XML", e);
    }
  }
}
