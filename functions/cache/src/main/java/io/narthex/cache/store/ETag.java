package io.narthex.cache.store;

import static java.util.Objects.requireNonNull;

/**
 * S3's entity tag of an object, without quotes: the token of a compare-and-swap and nothing else.
 * It is an MD5 or made of MD5s, so equal tags do not prove equal bytes.
 *
 * @param value not empty, e.g. {@code 9bb58f26192e4ba00f01e2e7b136bbd8-3}
 */
public record ETag(String value) {
  public ETag {
    requireNonNull(value, "value is null");
    if (value.isEmpty() || value.indexOf('"') >= 0) {
      throw new IllegalArgumentException("not an unquoted ETag: " + value);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
