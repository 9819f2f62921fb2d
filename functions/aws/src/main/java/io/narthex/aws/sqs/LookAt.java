package io.narthex.aws.sqs;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.narthex.cache.store.ObjectKey;

/**
 * The one thing that any message says: look at the present state of this key of the cache bucket.
 */
public record LookAt(ObjectKey key) {
  static final String FIELD = "lookAt";

  public LookAt {
    requireNonNull(key, "key is null");
  }

  /** The body of our own message, e.g. <code>{"lookAt":"nar/1abc.nar.xz"}</code>. */
  public String body() {
    String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(key.value()));
    return "{\"" + FIELD + "\":\"" + quoted + "\"}";
  }
}
