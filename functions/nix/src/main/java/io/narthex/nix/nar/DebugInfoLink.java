package io.narthex.nix.nar;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the debug information of one build id lies: the object that Nix uploads as {@code
 * debuginfo/<build id>.debug} when {@code index-debug-info} is set.
 *
 * @param archive the NAR, relative to {@code debuginfo/}, e.g. {@code ../nar/1w1f….nar.xz}
 * @param member the file in it, e.g. {@code lib/debug/.build-id/02/623e….debug}
 * @see <a
 *     href="https://github.com/NixOS/nix/blob/master/src/libstore/binary-cache-store.cc">binary-cache-store.cc
 *     in Nix</a>
 */
public record DebugInfoLink(String archive, String member) {
  public DebugInfoLink {
    requireNonNull(archive, "archive is null");
    requireNonNull(member, "member is null");
  }

  /**
   * Reads a link. Unknown keys are passed over.
   *
   * @throws MalformedDebugInfoLinkException when it is not a JSON object with the two strings
   */
  public static DebugInfoLink parse(byte[] json) throws MalformedDebugInfoLinkException {
    Map<String, String> fields = new TreeMap<>();
    try (JsonParser parser = StrictJson.parser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedDebugInfoLinkException("not a JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String key = parser.currentName();
        if (parser.nextToken() == JsonToken.VALUE_STRING) {
          fields.put(key, parser.getText());
        } else {
          parser.skipChildren();
        }
      }
      if (parser.nextToken() != null) {
        throw new MalformedDebugInfoLinkException("something follows the link");
      }
    } catch (IOException e) {
      throw new MalformedDebugInfoLinkException(StrictJson.reason(e), e);
    }
    return new DebugInfoLink(required(fields, "archive"), required(fields, "member"));
  }

  private static String required(Map<String, String> fields, String key)
      throws MalformedDebugInfoLinkException {
    String value = fields.get(key);
    if (value == null) {
      throw new MalformedDebugInfoLinkException("no string '" + key + "'");
    }
    return value;
  }

  /** The bytes that Nix writes: one line, keys sorted, no line feed at the end. */
  public byte[] toJson() {
    JsonBytes out = new JsonBytes();
    out.plain("{\"archive\":").quoted(RawBytes.ofUtf8(archive));
    out.plain(",\"member\":").quoted(RawBytes.ofUtf8(member)).plain("}");
    return out.toBytes();
  }
}
