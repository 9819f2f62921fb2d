package io.narthex.aws.xml;

import javax.xml.stream.XMLInputFactory;

/** Reads documents without declarations of types and without entities, whoever wrote them. */
public final class PlainXml {
  private PlainXml() {}

  /** A new factory of readers. */
  public static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }
}
