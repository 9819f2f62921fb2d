package io.narthex.local.s3.wire;

import io.narthex.local.s3.access.PublicAccessBlock;
import io.narthex.local.s3.model.S3Refusal;
import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The body of the calls about Block Public Access.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutPublicAccessBlock.html">PutPublicAccessBlock</a>
 */
final class PublicAccessBlockDocument {
  private static final String ROOT = "PublicAccessBlockConfiguration";
  private static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";
  private static final String ACLS = "BlockPublicAcls";
  private static final String IGNORE = "IgnorePublicAcls";
  private static final String POLICY = "BlockPublicPolicy";
  private static final String RESTRICT = "RestrictPublicBuckets";
  private static final List<String> SETTINGS = List.of(ACLS, IGNORE, POLICY, RESTRICT);

  private PublicAccessBlockDocument() {}

  /** Reads the four settings, each off where it is not there; refuses anything else with 400. */
  static PublicAccessBlock parse(byte[] body) {
    Map<String, Boolean> settings = new HashMap<>();
    try {
      XMLStreamReader xml =
          TaggingDocument.FACTORY.createXMLStreamReader(new ByteArrayInputStream(body));
      xml.nextTag();
      xml.require(XMLStreamConstants.START_ELEMENT, null, ROOT);
      while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
        String setting = xml.getLocalName();
        if (!SETTINGS.contains(setting)
            || settings.put(setting, bool(xml.getElementText())) != null) {
          throw malformed();
        }
      }
    } catch (XMLStreamException e) {
      throw malformed();
    }
    return new PublicAccessBlock(
        settings.getOrDefault(ACLS, false),
        settings.getOrDefault(IGNORE, false),
        settings.getOrDefault(POLICY, false),
        settings.getOrDefault(RESTRICT, false));
  }

  private static boolean bool(String text) {
    return switch (text.strip()) {
      case "true", "TRUE", "1" -> true;
      case "false", "FALSE", "0" -> false;
      default -> throw malformed();
    };
  }

  private static S3Refusal malformed() {
    return S3Refusal.malformedXml(
        "The XML you provided was not well-formed or did not validate against our published"
            + " schema");
  }

  static String write(PublicAccessBlock block) {
    return new XmlText()
        .open(ROOT, NAMESPACE)
        .element(ACLS, Boolean.toString(block.blockPublicAcls()))
        .element(IGNORE, Boolean.toString(block.ignorePublicAcls()))
        .element(POLICY, Boolean.toString(block.blockPublicPolicy()))
        .element(RESTRICT, Boolean.toString(block.restrictPublicBuckets()))
        .close(ROOT)
        .toString();
  }

  /** The answer of GetBucketPolicyStatus. */
  static String writeStatus(boolean isPublic) {
    return new XmlText()
        .open("PolicyStatus", NAMESPACE)
        .element("IsPublic", Boolean.toString(isPublic))
        .close("PolicyStatus")
        .toString();
  }
}
