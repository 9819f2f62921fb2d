package io.narthex.aws.s3;

import io.narthex.cache.read.PublicAccessSource.Restriction;
import io.narthex.cache.store.StoreException;
import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What S3 Control answers, which is XML: a {@code PublicAccessBlockConfiguration} or an {@code
 * ErrorResponse}.
 */
final class AccountPublicAccess {
  private static final String CONFIGURATION = "PublicAccessBlockConfiguration";
  private static final String RESTRICT = "RestrictPublicBuckets";
  private static final String CODE = "Code";

  private AccountPublicAccess() {}

  /**
   * Reads an answer.
   *
   * @throws StoreException if it says neither what is set nor that nothing is, nor that we may not
   *     know
   */
  static Restriction read(int status, byte[] body) {
    if (status == 403) {
      return Restriction.UNKNOWN;
    }
    if (status != 200 && status != 404) {
      throw new StoreException("S3 Control answers with status " + status);
    }
    Map<String, String> texts = texts(body);
    if (status == 404 && "NoSuchPublicAccessBlockConfiguration".equals(texts.get(CODE))) {
      return Restriction.OFF;
    }
    if (status == 404 || !texts.containsKey(CONFIGURATION)) {
      throw new StoreException("S3 Control answers something else, with status " + status);
    }
    return "true".equals(texts.get(RESTRICT)) ? Restriction.ON : Restriction.OFF;
  }

  private static Map<String, String> texts(byte[] body) {
    var texts = new HashMap<String, String>();
    try {
      XMLStreamReader xml = factory().createXMLStreamReader(new ByteArrayInputStream(body));
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamReader.START_ELEMENT) {
          switch (xml.getLocalName()) {
            case CONFIGURATION -> texts.put(CONFIGURATION, "");
            case RESTRICT -> texts.put(RESTRICT, xml.getElementText().strip());
            case CODE -> texts.put(CODE, xml.getElementText().strip());
            default -> {}
          }
        }
      }
      return texts;
    } catch (XMLStreamException e) {
      throw new StoreException("S3 Control's answer is not its XML", e);
    }
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }
}
