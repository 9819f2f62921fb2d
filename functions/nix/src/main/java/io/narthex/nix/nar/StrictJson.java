package io.narthex.nix.nar;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;

/**
 * Opens parsers for JSON that nobody vouches for: UTF-8 only, no key twice, limited nesting. They
 * throw nothing but {@link IOException} because of the bytes.
 */
final class StrictJson {
  /** Two levels of JSON for each tree of a listing, and one for the listing. */
  private static final int MAX_DEPTH = 2 * NarGrammar.MAX_DEPTH + 1;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES) // a table of a million names
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(LinkTarget.MAX_LENGTH)
                  .build())
          .build();

  private StrictJson() {}

  static JsonParser parser(byte[] json) throws IOException {
    // A decoder of our own: unlike a charset it reports what is not UTF-8.
    return FACTORY.createParser(
        new InputStreamReader(new ByteArrayInputStream(json), UTF_8.newDecoder()));
  }

  /** The message without the excerpt and the place that the library appends. */
  static String reason(IOException e) {
    return "not JSON: " + String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
