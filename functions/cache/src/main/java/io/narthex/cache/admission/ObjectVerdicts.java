package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.ContentEncodings;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.TaggedVersion;
import io.narthex.cache.store.Tags;
import io.narthex.cache.store.UnreadableObjectException;
import io.narthex.cache.store.VersionId;
import io.narthex.cache.store.VersionedStore;
import io.narthex.cache.verdict.AdoptedTag;
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
  private static final int MAX_LOOKS = 2 * VersionsBelow.MAX_LOOKED_AT;

  private final VersionedStore cache;
  private final VerdictTags tags;
  private final VersionsBelow below;

  ObjectVerdicts(VersionedStore cache, VerdictTags tags, VersionsBelow below) {
    this.cache = requireNonNull(cache, "cache is null");
    this.tags = requireNonNull(tags, "tags is null");
    this.below = requireNonNull(below, "below is null");
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
    record NotNow(Finding finding) implements Ruling {}
  }

  /** When a version that was verified is judged again. */
  sealed interface Renewal {
    /** Never: its bytes do not change, and it rests on nothing else. */
    record Never() implements Renewal {}

    /** Always: its path may have been built anew. */
    record Always() implements Renewal {}

    /** When the settings are others; if it falls then, it is hidden and not taken out. */
    record WhenSettingsChange(String digest) implements Renewal {
      public WhenSettingsChange {
        requireNonNull(digest, "digest is null");
      }
    }
  }

  /**
   * How an object is judged.
   *
   * @param maxSize in bytes; a larger one is wrong
   * @param rule what is made of the decoded bytes
   */
  record Judge(CheckName check, int maxSize, Renewal renewal, Function<byte[], Ruling> rule) {
    Judge {
      requireNonNull(check, "check is null");
      requireNonNull(renewal, "renewal is null");
      requireNonNull(rule, "rule is null");
    }

    /** The same, but what cannot be judged now is wrong. */
    Judge decided() {
      return new Judge(
          check,
          maxSize,
          renewal,
          bytes ->
              switch (rule.apply(bytes)) {
                case Ruling.NotNow(var finding) -> new Ruling.Wrong(finding);
                case Ruling.Right right -> right;
                case Ruling.Wrong wrong -> wrong;
                case Ruling.Waits waits -> waits;
              });
    }
  }

  /** Judges the current version of an object. */
  Outcome look(ObjectKey key, Judge judge) {
    Optional<Outcome> withdrawn = Optional.empty();
    for (int i = 0; i < MAX_LOOKS; i++) {
      Optional<TaggedVersion> current = cache.tags(key);
      if (current.isEmpty() || isJudged(current.get().tags(), judge)) {
        return withdrawn.orElseGet(() -> new Outcome.Nothing(key));
      }
      Optional<Ruling> ruling = rule(key, current.get(), judge);
      if (ruling.isEmpty()) {
        continue;
      }
      Optional<Outcome> done = act(key, current.get(), judge, ruling.get());
      if (done.isPresent()) {
        return withdrawn.orElseGet(done::get);
      }
      withdrawn = Optional.of(rejected(key, ruling.get()));
    }
    return withdrawn.orElseGet(() -> new Outcome.Nothing(key));
  }

  private static boolean isJudged(Tags tags, Judge judge) {
    boolean isVerified = VerdictTag.isVerified(tags);
    return switch (judge.renewal()) {
      case Renewal.Never never -> isVerified;
      case Renewal.Always always -> false;
      case Renewal.WhenSettingsChange(var digest) ->
          (isVerified || VerdictTag.of(tags).equals(Optional.of(VerdictTag.REJECTED)))
              && VerdictTag.isUnder(tags, digest);
    };
  }

  /** What the version is; empty if it is gone. */
  private Optional<Ruling> rule(ObjectKey key, TaggedVersion current, Judge judge) {
    try {
      return cache
          .open(key, current.version())
          .map(content -> rule(content, judge))
          .map(ruling -> overVerified(key, current.version(), ruling));
    } catch (UnreadableObjectException e) {
      return Optional.of(
          new Ruling.Wrong(
              new Finding(
                  judge.check(),
                  key.value(),
                  "an object that can be read",
                  String.valueOf(e.getMessage()))));
    }
  }

  /** Nothing that cannot be judged, or waits, may hide a version that has been verified. */
  private Ruling overVerified(ObjectKey key, VersionId version, Ruling ruling) {
    return switch (ruling) {
      case Ruling.Right right -> right;
      case Ruling.Wrong wrong -> wrong;
      case Ruling.Waits(var finding) when below.verified(key, version).isPresent() ->
          new Ruling.Wrong(finding);
      case Ruling.Waits waits -> waits;
      case Ruling.NotNow(var finding) when below.verified(key, version).isPresent() ->
          new Ruling.Wrong(finding);
      case Ruling.NotNow notNow -> notNow;
    };
  }

  /** Does what the ruling asks for; empty if the version was taken out and another is current. */
  private Optional<Outcome> act(ObjectKey key, TaggedVersion current, Judge judge, Ruling ruling) {
    VersionId version = current.version();
    return switch (ruling) {
      case Ruling.Right right -> {
        set(key, version, VerdictTag.VERIFIED, judge);
        yield Optional.of(new Outcome.ObjectVerified(key));
      }
      case Ruling.Waits(var finding) -> {
        set(key, version, VerdictTag.WAITING, judge);
        yield Optional.of(new Outcome.ObjectWaiting(key, finding));
      }
      case Ruling.NotNow notNow -> Optional.of(new Outcome.Nothing(key));
      case Ruling.Wrong wrong when isNobodysFault(current, judge) -> {
        set(key, version, VerdictTag.REJECTED, judge);
        yield Optional.of(rejected(key, wrong));
      }
      case Ruling.Wrong wrong -> {
        // The version below, if any, is current from here on.
        cache.delete(key, version);
        yield Optional.empty();
      }
    };
  }

  private void set(ObjectKey key, VersionId version, VerdictTag verdict, Judge judge) {
    if (judge.renewal() instanceof Renewal.WhenSettingsChange(var digest)) {
      tags.set(key, version, verdict, digest);
    } else {
      tags.set(key, version, verdict);
    }
  }

  /** If it fell with the settings, or was adopted, nobody has pushed anything wrong. */
  private static boolean isNobodysFault(TaggedVersion current, Judge judge) {
    return judge.renewal() instanceof Renewal.WhenSettingsChange
        && (VerdictTag.isVerified(current.tags()) || AdoptedTag.isOn(current));
  }

  private static Outcome rejected(ObjectKey key, Ruling ruling) {
    return ruling instanceof Ruling.Wrong(var finding)
        ? new Outcome.ObjectRejected(key, List.of(finding))
        : new Outcome.Nothing(key);
  }

  private static Ruling rule(ObjectContent content, Judge judge) {
    try (content) {
      return switch (ContentEncodings.decode(content, judge.maxSize())) {
        case ContentEncodings.Decoded(var bytes) -> judge.rule().apply(bytes);
        case ContentEncodings.Undecodable(var reason) ->
            new Ruling.Wrong(
                new Finding(judge.check(), "Content-Encoding", "a body in it", reason));
        case ContentEncodings.TooLarge(var limit) ->
            new Ruling.Wrong(
                new Finding(
                    judge.check(),
                    "size",
                    "at most " + limit + " bytes",
                    content.object().size() + " bytes as stored"));
      };
    }
  }
}
