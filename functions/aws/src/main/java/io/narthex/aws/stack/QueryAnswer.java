package io.narthex.aws.stack;

import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Answers of AWS's Query protocol, which are XML. */
final class QueryAnswer {
  private QueryAnswer() {}

  /**
   * The outputs in an answer to DescribeStacks, by their keys.
   *
   * @throws StackException if it is no such answer
   */
  static Map<String, String> outputs(String answer) {
    var outputs = new HashMap<String, String>();
    Element stacks = parse(answer).getDocumentElement();
    elements(stacks.getElementsByTagName("OutputKey"))
        .map(key -> (Element) key.getParentNode())
        .forEach(
            output ->
                first(output, "OutputKey")
                    .ifPresent(key -> outputs.put(key, first(output, "OutputValue").orElse(""))));
    return outputs;
  }

  /** What an error says, in AWS's words. */
  static String error(String answer) {
    try {
      Element error = parse(answer).getDocumentElement();
      return first(error, "Message").or(() -> first(error, "Code")).orElse(answer.strip());
    } catch (StackException e) {
      return "CloudFormation answers " + answer.strip();
    }
  }

  private static Optional<String> first(Element parent, String name) {
    return elements(parent.getElementsByTagName(name)).findFirst().map(Element::getTextContent);
  }

  private static Stream<Element> elements(NodeList nodes) {
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i));
  }

  private static Document parse(String text) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      return builder.parse(new InputSource(new StringReader(text)));
    } catch (SAXException | IOException | ParserConfigurationException e) {
      throw new StackException("an answer of CloudFormation is not XML", e);
    }
  }
}
