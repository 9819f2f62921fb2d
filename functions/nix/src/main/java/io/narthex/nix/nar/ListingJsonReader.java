package io.narthex.nix.nar;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads one listing from JSON that nobody vouches for: bounded in depth and in the number of
 * entries, and every fault becomes a {@link MalformedListingException}.
 */
final class ListingJsonReader {
  private final byte[] json;
  private int entries;

  ListingJsonReader(byte[] json) {
    this.json = json;
  }

  NarListing read() throws MalformedListingException {
    try (JsonParser parser = StrictJson.parser(json)) {
      parser.nextToken();
      NarListing listing = listing(parser);
      if (parser.nextToken() != null) {
        throw new MalformedListingException("something follows the listing");
      }
      return listing;
    } catch (IOException e) {
      throw new MalformedListingException(StrictJson.reason(e), e);
    }
  }

  private NarListing listing(JsonParser parser) throws IOException, MalformedListingException {
    expect(parser, JsonToken.START_OBJECT, "the listing");
    Optional<NarNode> root = Optional.empty();
    boolean versioned = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      parser.nextToken();
      switch (key) {
        case "root" -> root = Optional.of(node(parser));
        case "version" -> versioned = version(parser);
        default -> parser.skipChildren();
      }
    }
    if (!versioned) {
      throw new MalformedListingException("no version");
    }
    return new NarListing(root.orElseThrow(() -> new MalformedListingException("no root")));
  }

  private static boolean version(JsonParser parser) throws IOException, MalformedListingException {
    long version = number(parser, "version");
    if (version != 1) {
      throw new MalformedListingException("expected version 1, got " + version);
    }
    return true;
  }

  private NarNode node(JsonParser parser) throws IOException, MalformedListingException {
    expect(parser, JsonToken.START_OBJECT, "a node");
    ListingNodeFields fields = new ListingNodeFields();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      parser.nextToken();
      switch (key) {
        case "type" -> fields.type(string(parser, key));
        case "entries" -> fields.entries(entries(parser));
        case "size" -> fields.size(number(parser, key));
        case "narOffset" -> fields.narOffset(number(parser, key));
        case "executable" -> fields.executable(bool(parser, key));
        case "target" -> fields.target(RawBytes.ofUtf8(string(parser, key)));
        default -> parser.skipChildren();
      }
    }
    return fields.node();
  }

  private Map<NarName, NarNode> entries(JsonParser parser)
      throws IOException, MalformedListingException {
    expect(parser, JsonToken.START_OBJECT, "entries");
    Map<NarName, NarNode> read = new TreeMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      NarName name = name(parser.currentName());
      if (++entries > NarListingBuilder.MAX_ENTRIES) {
        throw new MalformedListingException(
            "more than " + NarListingBuilder.MAX_ENTRIES + " entries");
      }
      parser.nextToken();
      read.put(name, node(parser));
    }
    return read;
  }

  private static NarName name(String text) throws MalformedListingException {
    String raw = RawBytes.ofUtf8(wellFormed(text));
    Optional<String> fault = NarName.fault(raw);
    if (fault.isPresent()) {
      throw new MalformedListingException(fault.get());
    }
    return new NarName(raw);
  }

  private static String string(JsonParser parser, String key)
      throws IOException, MalformedListingException {
    expect(parser, JsonToken.VALUE_STRING, key);
    return wellFormed(parser.getText());
  }

  /** A lone surrogate has no UTF-8 and would silently become a question mark. */
  private static String wellFormed(String text) throws MalformedListingException {
    if (text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
      throw new MalformedListingException("unpaired surrogate in a string");
    }
    return text;
  }

  private static long number(JsonParser parser, String key)
      throws IOException, MalformedListingException {
    expect(parser, JsonToken.VALUE_NUMBER_INT, key);
    return parser.getLongValue();
  }

  private static boolean bool(JsonParser parser, String key) throws MalformedListingException {
    if (parser.currentToken() != JsonToken.VALUE_FALSE) {
      expect(parser, JsonToken.VALUE_TRUE, key);
    }
    return parser.currentToken() == JsonToken.VALUE_TRUE;
  }

  private static void expect(JsonParser parser, JsonToken token, String what)
      throws MalformedListingException {
    if (parser.currentToken() != token) {
      throw new MalformedListingException(
          "expected " + token + " for " + what + ", got " + parser.currentToken());
    }
  }
}
