package io.narthex.local.s3.wire;

import io.narthex.aws.xml.PlainXml;
import io.narthex.local.s3.model.S3Refusal;
import io.narthex.local.s3.model.TagSet;
import java.io.ByteArrayInputStream;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The body of the tagging calls.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html">PutObjectTagging</a>
 */
final class TaggingDocument {
  /** Reads documents without declarations of types and without entities. */
  static final XMLInputFactory FACTORY = PlainXml.factory();

  private TaggingDocument() {}

  /** Reads {@code Tagging/TagSet/Tag/(Key, Value)}; refuses anything else with 400. */
  static TagSet parse(byte[] body) {
    SequencedMap<String, String> tags = new LinkedHashMap<>();
    try {
      XMLStreamReader xml = FACTORY.createXMLStreamReader(new ByteArrayInputStream(body));
      xml.nextTag();
      xml.require(XMLStreamConstants.START_ELEMENT, null, "Tagging");
      xml.nextTag();
      xml.require(XMLStreamConstants.START_ELEMENT, null, "TagSet");
      while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
        xml.require(XMLStreamConstants.START_ELEMENT, null, "Tag");
        parseTag(xml, tags);
      }
      xml.nextTag();
      xml.require(XMLStreamConstants.END_ELEMENT, null, "Tagging");
    } catch (XMLStreamException e) {
      throw S3Refusal.malformedXml("The XML you provided was not well-formed or did not validate.");
    }
    return new TagSet(tags);
  }

  private static void parseTag(XMLStreamReader xml, SequencedMap<String, String> tags)
      throws XMLStreamException {
    Optional<String> key = Optional.empty();
    Optional<String> value = Optional.empty();
    while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
      switch (xml.getLocalName()) {
        case "Key" -> key = Optional.of(xml.getElementText());
        case "Value" -> value = Optional.of(xml.getElementText());
        default -> throw S3Refusal.malformedXml("A tag has a key and a value.");
      }
    }
    if (key.isEmpty() || value.isEmpty()) {
      throw S3Refusal.malformedXml("A tag has a key and a value.");
    }
    TagSet.collect(tags, key.get(), value.get());
  }

  static String write(TagSet tags) {
    XmlText xml = new XmlText().open("Tagging").open("TagSet");
    tags.tags()
        .forEach(
            (key, value) ->
                xml.open("Tag").element("Key", key).element("Value", value).close("Tag"));
    return xml.close("TagSet").close("Tagging").toString();
  }
}
