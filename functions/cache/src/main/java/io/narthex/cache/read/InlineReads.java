package io.narthex.cache.read;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.read.Answer.Described;
import io.narthex.cache.read.Answer.Inline;
import io.narthex.cache.read.Answer.NotFound;
import io.narthex.cache.read.Answer.Redirect;
import io.narthex.cache.read.Look.Found;
import io.narthex.cache.store.ContentEncodings;
import io.narthex.cache.store.ContentEncodings.Decoded;
import io.narthex.cache.store.ContentEncodings.TooLarge;
import io.narthex.cache.store.ContentEncodings.Undecodable;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.StoredObject;
import java.time.Duration;

/** Turns an opened small object into an answer: its bytes, or the way to them if they are many. */
final class InlineReads {
  /** How long a presigned URL is valid: a client follows it at once. */
  static final Duration PRESIGNED = Duration.ofMinutes(5);

  private final VerifiedStore store;

  InlineReads(VerifiedStore store) {
    this.store = requireNonNull(store, "store is null");
  }

  Answer answer(InlineKind kind, Found<ObjectContent> found, boolean head) {
    ResponseHeaders headers = kind.headers(found.cacheability());
    try (ObjectContent content = found.object()) {
      return switch (ContentEncodings.decode(content, kind.limit())) {
        case Decoded(var bytes) -> new Inline(headers, new Payload(bytes));
        case Undecodable(var reason) -> new NotFound("stored in no known encoding: " + reason);
        case TooLarge _ -> tooLarge(kind, headers, content.object(), head);
      };
    }
  }

  // A presigned GET is not valid for HEAD, so a HEAD is always answered here.
  private Answer tooLarge(
      InlineKind kind, ResponseHeaders headers, StoredObject object, boolean head) {
    return switch (kind) {
      case CACHE_INFO, NARINFO -> new NotFound("larger than a narinfo may be");
      case JSON, LOG ->
          head
              ? new Described(headers, object.size())
              : new Redirect(store.presignGet(object, PRESIGNED, kind.contentType()));
    };
  }
}
