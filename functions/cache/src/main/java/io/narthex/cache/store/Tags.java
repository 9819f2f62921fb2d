package io.narthex.cache.store;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The tags of one object version, at most 10 on S3.
 *
 * @param values tag key to value, both case-sensitive
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html">Object
 *     tagging</a>
 */
public record Tags(Map<String, String> values) {
  /** No tags. */
  public static final Tags NONE = new Tags(Map.of());

  public Tags {
    values = Map.copyOf(values);
  }

  /** The value under a key. */
  public Optional<String> get(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** These tags with one set, the others kept. */
  public Tags with(String key, String value) {
    var changed = new TreeMap<>(values);
    changed.put(key, value);
    return new Tags(changed);
  }

  /** These tags without one, the others kept. */
  public Tags without(String key) {
    if (!values.containsKey(key)) {
      return this;
    }
    var changed = new TreeMap<>(values);
    changed.remove(key);
    return new Tags(changed);
  }
}
