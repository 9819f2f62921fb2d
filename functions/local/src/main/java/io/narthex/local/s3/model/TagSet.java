package io.narthex.local.s3.model;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/**
 * The tags of a version: at most 10, keys of 1 to 128 and values of 0 to 256 characters, no key
 * twice.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html">Object
 *     tags</a>
 */
public record TagSet(Map<String, String> tags) {
  /** No tags. */
  public static final TagSet EMPTY = new TagSet(Map.of());

  private static final int MAX_TAGS = 10;
  private static final Pattern KEY = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{1,128}");
  private static final Pattern VALUE = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{0,256}");
  private static final String BETWEEN = "\u001f";

  /** Refuses, with S3's codes, what S3 refuses. */
  public TagSet {
    if (tags.size() > MAX_TAGS) {
      throw new S3Refusal(400, "BadRequest", "Object tags cannot be greater than 10");
    }
    tags.forEach(TagSet::require);
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
  }

  private static void require(String key, String value) {
    if (!KEY.matcher(key).matches() || key.startsWith("aws:")) {
      throw new S3Refusal(400, "InvalidTag", "The TagKey you have provided is invalid");
    }
    if (!VALUE.matcher(value).matches()) {
      throw new S3Refusal(400, "InvalidTag", "The TagValue you have provided is invalid");
    }
  }

  /** Adds a tag to those collected so far, refusing a key that is already there. */
  public static void collect(SequencedMap<String, String> tags, String key, String value) {
    if (tags.putIfAbsent(key, value) != null) {
      throw new S3Refusal(400, "InvalidTag", "Cannot provide multiple Tags with the same key");
    }
  }

  /** Parses the header {@code x-amz-tagging}: a URL query, e.g. {@code a=1&b=2}. */
  public static TagSet fromHeader(String header) {
    SequencedMap<String, String> tags = new LinkedHashMap<>();
    for (String pair : header.split("&")) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String key = equals < 0 ? pair : pair.substring(0, equals);
        collect(tags, decode(key), equals < 0 ? "" : decode(pair.substring(equals + 1)));
      }
    }
    return new TagSet(tags);
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw S3Refusal.invalidArgument(
          "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded.");
    }
  }

  /** How the tags rest on disk: keys and values in turn, unit separators between them. */
  public String stored() {
    StringBuilder out = new StringBuilder();
    tags.forEach((key, value) -> out.append(key).append(BETWEEN).append(value).append(BETWEEN));
    return out.toString();
  }

  /** The inverse of {@link #stored}. */
  public static TagSet fromStored(String stored) {
    SequencedMap<String, String> tags = new LinkedHashMap<>();
    String[] parts = stored.split(BETWEEN, -1);
    for (int i = 0; i + 1 < parts.length; i += 2) {
      tags.put(parts[i], parts[i + 1]);
    }
    return new TagSet(tags);
  }
}
