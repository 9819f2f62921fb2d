package io.narthex.cache.read;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.index.Described;
import io.narthex.cache.index.EntryLookup;
import io.narthex.cache.index.Generation;
import io.narthex.cache.index.IndexReader;
import io.narthex.cache.index.StoredStatistics;
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
    return answer(
        access,
        (generation, statistics) -> {
          var after = asked.paging().after().map(StorePathHash::new);
          var visible = new VisiblePaths(access);
          try (EntryLookup lookup = index.lookup(generation)) {
            if (after
                .filter(hash -> !visible.areAll() && shown(hash, lookup, visible).isEmpty())
                .isPresent()) {
              return NOT_SHOWN;
            }
            var referrers = index.referrers(generation, asked.hash(), after);
            return part(lookup, visible, statistics)
                .take(most -> byHash(referrers.next(most)), asked.paging().limit())
                .answer();
          }
        });
  }

  /** Which paths have names in which a text occurs. */
  Answer search(Question.Search asked, CallerAccess access) {
    return answer(
        access,
        (generation, statistics) -> {
          var after = asked.paging().after().map(StorePath::parse);
          var visible = new VisiblePaths(access);
          try (EntryLookup lookup = index.lookup(generation)) {
            if (after.filter(path -> !isShown(path, lookup, visible)).isPresent()) {
              return NOT_SHOWN;
            }
            var search = index.search(generation, asked.name(), after);
            return part(lookup, visible, statistics)
                .take(most -> byPath(search.next(most)), asked.paging().limit())
                .answer();
          }
        });
  }

  // Who could begin anywhere would find out, from what is told of the rest, where a hidden path is.
  private static boolean isShown(StorePath path, EntryLookup lookup, VisiblePaths visible) {
    return visible.areAll()
        || shown(path.hash(), lookup, visible)
            .filter(described -> described.name().equals(path.name()))
            .isPresent();
  }

  private static Optional<Described> shown(
      StorePathHash hash, EntryLookup lookup, VisiblePaths visible) {
    return visible.couldBeSeen(hash)
        ? Optional.ofNullable(lookup.entries(List.of(hash)).get(hash)).flatMap(visible::described)
        : Optional.empty();
  }

  /** How much there is; it names no path, so who may list the bucket may know it. */
  Answer statistics(CallerAccess access) {
    return switch (access.mayList(new CacheInfo().key())) {
      case Access.Denied(var denial) -> access.refusal(denial);
      case Access.Allowed _ ->
          answer(
              (_, statistics) ->
                  new Answer.Inline(
                      InlineKind.JSON.headersOfThisMoment(), new Payload(statistics.json())));
    };
  }

  /** An answer for who may use the cache; to anybody else nothing is there. */
  private Answer answer(
      CallerAccess access, BiFunction<Generation, StoredStatistics, Answer> answer) {
    return switch (new VisiblePaths(access).some()) {
      case Access.Denied(var denial) -> access.refusal(denial);
      case Access.Allowed _ -> answer(answer);
    };
  }

  private Answer answer(BiFunction<Generation, StoredStatistics, Answer> answer) {
    return index
        .served()
        .map(generation -> answer.apply(generation, index.statistics(generation)))
        .orElseGet(() -> new Answer.NotReady(Reasons.NO_INDEX));
  }

  private PathsPart part(EntryLookup lookup, VisiblePaths visible, StoredStatistics statistics) {
    var path = new PathJson(settings.current().storeDir());
    return new PathsPart(lookup, visible, path, statistics.asOf());
  }

  private static List<Found> byPath(List<StorePath> paths) {
    return paths.stream().map(path -> new Found(path.hash(), path.toString())).toList();
  }

  private static List<Found> byHash(List<StorePathHash> hashes) {
    return hashes.stream().map(hash -> new Found(hash, hash.nix32())).toList();
  }
}
