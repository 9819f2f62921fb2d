package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.ContentEncodings;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.TaggedVersion;
import io.narthex.cache.store.VersionId;
import io.narthex.cache.store.VersionedStore;
import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.Finding;
import io.narthex.cache.verdict.VerdictTag;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The frame for everything in the cache bucket that is neither narinfo nor NAR: the current version
 * is read, judged, and tagged or taken out; then whatever is current is looked at again.
 */
final class ObjectVerdicts {
  private static final int MAX_LOOKS = 20;

  private final VersionedStore cache;
  private final VerdictTags tags;

  ObjectVerdicts(VersionedStore cache, VerdictTags tags) {
    this.cache = requireNonNull(cache, "cache is null");
    this.tags = requireNonNull(tags, "tags is null");
  }

  /** What is made of an object's bytes. */
  sealed interface Ruling {
    /** Right. */
    record Right() implements Ruling {}

    /** Wrong: it is taken out. */
    record Wrong(Finding finding) implements Ruling {}

    /** It waits, and was marked as waiting. */
    record Waits(Finding finding) implements Ruling {}

    /** Not to be judged now: it stays unseen, and whoever can judge it will look. */
    record NotNow() implements Ruling {}
  }

  /**
   * Judges the current version of an object.
   *
   * @param maxSize in bytes; a larger one is wrong
   * @param rule what is made of the decoded bytes
   */
  Outcome look(ObjectKey key, CheckName check, int maxSize, Function<byte[], Ruling> rule) {
    Optional<Outcome> withdrawn = Optional.empty();
    for (int i = 0; i < MAX_LOOKS; i++) {
      Optional<TaggedVersion> current = cache.tags(key);
      if (current.isEmpty()
          || VerdictTag.of(current.get().tags()).equals(Optional.of(VerdictTag.VERIFIED))) {
        return withdrawn.orElseGet(() -> new Outcome.Nothing(key));
      }
      VersionId version = current.get().version();
      Optional<ObjectContent> content = cache.open(key, version);
      if (content.isEmpty()) {
        continue;
      }
      switch (judge(content.get(), check, maxSize, rule)) {
        case Ruling.Right right -> {
          tags.set(key, version, VerdictTag.VERIFIED);
          return new Outcome.ObjectVerified(key);
        }
        case Ruling.Waits(var finding) -> {
          tags.set(key, version, VerdictTag.WAITING);
          return new Outcome.ObjectWaiting(key, finding);
        }
        case Ruling.NotNow notNow -> {
          return withdrawn.orElseGet(() -> new Outcome.Nothing(key));
        }
        case Ruling.Wrong(var finding) -> {
          // The version below, if any, is current from here on.
          cache.delete(key, version);
          withdrawn = Optional.of(new Outcome.ObjectRejected(key, List.of(finding)));
        }
      }
    }
    return withdrawn.orElseGet(() -> new Outcome.Nothing(key));
  }

  private static Ruling judge(
      ObjectContent content, CheckName check, int maxSize, Function<byte[], Ruling> rule) {
    try (content) {
      return switch (ContentEncodings.decode(content, maxSize)) {
        case ContentEncodings.Decoded(var bytes) -> rule.apply(bytes);
        case ContentEncodings.Undecodable(var reason) ->
            new Ruling.Wrong(new Finding(check, "Content-Encoding", "a body in it", reason));
        case ContentEncodings.TooLarge(var limit) ->
            new Ruling.Wrong(
                new Finding(
                    check,
                    "size",
                    "at most " + limit + " bytes",
                    content.object().size() + " bytes as stored"));
      };
    }
  }
}
