package io.narthex.cache.principal;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.json.MalformedJsonException;
import io.narthex.cache.layout.StateKeys;
import io.narthex.cache.store.ETag;
import io.narthex.cache.store.ListPage;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectStore;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Gatherers;
import java.util.stream.Stream;

/** The objects of tokens in the state bucket, read. */
final class StoredTokens {
  /** Requests to S3 at once: a thousand tokens are read in seconds, by a small function too. */
  static final int AT_ONCE = 16;

  private final ObjectStore state;

  StoredTokens(ObjectStore state) {
    this.state = requireNonNull(state, "state is null");
  }

  /** A token and the entity tag of its object. */
  record Stored(Token token, ETag etag) {}

  /**
   * The token of that id; empty if there is none.
   *
   * @throws MalformedTokenException if something else is in its place
   */
  Optional<Stored> read(TokenId id) {
    return state.open(StateKeys.token(id)).map(content -> read(id, content));
  }

  /** The ids of the tokens whose objects are such, in their order. */
  Stream<TokenId> ids(Predicate<ListPage.Entry> wanted) {
    return state.listAll(StateKeys.TOKENS).stream()
        .filter(wanted)
        .flatMap(entry -> StateKeys.tokenId(entry.key()).stream());
  }

  /**
   * What is made of each of these tokens, so many at once and in their order; nothing of those that
   * have gone meanwhile.
   */
  static <T> Stream<T> each(Stream<TokenId> ids, Function<TokenId, Optional<T>> work) {
    return ids.gather(Gatherers.mapConcurrent(AT_ONCE, work)).flatMap(Optional::stream);
  }

  private static Stored read(TokenId id, ObjectContent content) {
    try (content) {
      Token token = TokenJson.read(content.readAll());
      // A copy under another name would let its holder in by two, and be revoked by one.
      if (!token.id().equals(id)) {
        throw new MalformedJsonException("it says that it is " + token.id());
      }
      return new Stored(token, content.object().etag());
    } catch (MalformedJsonException e) {
      throw new MalformedTokenException(content.object().key(), e);
    }
  }
}
