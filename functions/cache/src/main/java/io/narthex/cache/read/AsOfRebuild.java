package io.narthex.cache.read;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.index.EntryLookup;
import io.narthex.cache.index.Generation;
import io.narthex.cache.index.IndexReader;
import io.narthex.cache.layout.CachePath.CacheInfo;
import io.narthex.cache.read.PathsPart.Found;
import io.narthex.cache.settings.SettingsSource;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.path.StorePathHash;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Questions that are answered from what the last rebuild of the index wrote. */
final class AsOfRebuild {
  private static final Answer NOT_SHOWN =
      new Answer.BadRequest("after is not what an answer said is next, or not there any more");

  private final IndexReader index;
  private final SettingsSource settings;

  AsOfRebuild(IndexReader index, SettingsSource settings) {
    this.index = requireNonNull(index, "index is null");
    this.settings = requireNonNull(settings, "settings is null");
  }

  /** Which paths refer to one. That one need not be there: they say so themselves. */
  Answer referrers(Question.Referrers asked, CallerAccess access) {
    Optional<StorePathHash> after = asked.paging().after().map(StorePathHash::new);
    return paths(
        access,
        (generation, part) -> {
          if (after.filter(hash -> !part.mayFollow(hash)).isPresent()) {
            return NOT_SHOWN;
          }
          var referrers = index.referrers(generation, asked.hash(), after);
          return part.take(most -> byHash(referrers.next(most)), asked.paging().limit());
        });
  }

  private static List<Found> byHash(List<StorePathHash> hashes) {
    return hashes.stream().map(hash -> new Found(hash, hash.nix32())).toList();
  }

  /** Which paths have names in which a text occurs. */
  Answer search(Question.Search asked, CallerAccess access) {
    Optional<StorePath> after = asked.paging().after().map(StorePath::parse);
    return paths(
        access,
        (generation, part) -> {
          if (after.filter(path -> !part.mayFollow(path)).isPresent()) {
            return NOT_SHOWN;
          }
          var search = index.search(generation, asked.name(), after);
          return part.take(most -> byPath(search.next(most)), asked.paging().limit());
        });
  }

  private static List<Found> byPath(List<StorePath> paths) {
    return paths.stream().map(path -> new Found(path.hash(), path.toString())).toList();
  }

  /** A part of the paths, for who may use the cache; to anybody else nothing is there. */
  private Answer paths(CallerAccess access, BiFunction<Generation, PathsPart, Answer> answer) {
    var visible = new VisiblePaths(access);
    return switch (visible.some()) {
      case Access.Denied(var denial) -> access.refusal(denial);
      case Access.Allowed _ ->
          index
              .served()
              .map(generation -> paths(generation, visible, answer))
              .orElseGet(() -> new Answer.NotReady(Reasons.NO_INDEX));
    };
  }

  private Answer paths(
      Generation generation,
      VisiblePaths visible,
      BiFunction<Generation, PathsPart, Answer> answer) {
    var json = new PathJson(settings.current().storeDir());
    var asOf = index.statistics(generation).asOf();
    try (EntryLookup lookup = index.lookup(generation)) {
      return answer.apply(generation, new PathsPart(lookup, visible, json, asOf));
    }
  }

  /** How much there is; it names no path, so who may list the bucket may know it. */
  Answer statistics(CallerAccess access) {
    return switch (access.mayList(new CacheInfo().key())) {
      case Access.Denied(var denial) -> access.refusal(denial);
      case Access.Allowed _ ->
          index
              .served()
              .<Answer>map(
                  generation ->
                      new Answer.Inline(
                          InlineKind.JSON.headersOfThisMoment(),
                          new Payload(index.statistics(generation).json())))
              .orElseGet(() -> new Answer.NotReady(Reasons.NO_INDEX));
    };
  }
}
