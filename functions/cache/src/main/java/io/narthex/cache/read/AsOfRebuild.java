package io.narthex.cache.read;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.index.EntryLookup;
import io.narthex.cache.index.Generation;
import io.narthex.cache.index.IndexReader;
import io.narthex.cache.index.StoredStatistics;
import io.narthex.cache.layout.CachePath.CacheInfo;
import io.narthex.cache.settings.SettingsSource;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.path.StorePathHash;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.IntFunction;

/** Questions that are answered from what the last rebuild of the index wrote. */
final class AsOfRebuild {
  private final IndexReader index;
  private final SettingsSource settings;

  AsOfRebuild(IndexReader index, SettingsSource settings) {
    this.index = requireNonNull(index, "index is null");
    this.settings = requireNonNull(settings, "settings is null");
  }

  /** Which paths refer to one. That one need not be there: they say so themselves. */
  Answer referrers(Question.Referrers asked, CallerAccess access) {
    return answer(
        (generation, statistics) -> {
          var after = asked.paging().after().map(StorePathHash::new);
          var referrers = index.referrers(generation, asked.hash(), after);
          return part(generation, access, statistics, referrers::next, asked.paging().limit())
              .answer((hash, _) -> hash.nix32());
        });
  }

  /** Which paths have names in which a text occurs. */
  Answer search(Question.Search asked, CallerAccess access) {
    return answer(
        (generation, statistics) -> {
          var after = asked.paging().after().map(StorePath::parse);
          var search = index.search(generation, asked.name(), after);
          IntFunction<List<StorePathHash>> found = most -> hashes(search.next(most));
          return part(generation, access, statistics, found, asked.paging().limit())
              .answer((hash, described) -> new StorePath(hash, described.name()).toString());
        });
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

  private Answer answer(BiFunction<Generation, StoredStatistics, Answer> answer) {
    Optional<Generation> generation = index.served();
    Optional<StoredStatistics> statistics = generation.flatMap(index::statistics);
    return statistics.isPresent()
        ? answer.apply(generation.orElseThrow(), statistics.get())
        : new Answer.NotReady(Reasons.NO_INDEX);
  }

  private PathsPart part(
      Generation generation,
      CallerAccess access,
      StoredStatistics statistics,
      IntFunction<List<StorePathHash>> source,
      int limit) {
    var path = new PathJson(settings.current().storeDir());
    try (EntryLookup lookup = index.lookup(generation)) {
      return new PathsPart(lookup, new VisiblePaths(access), path, statistics.asOf())
          .take(source, limit);
    }
  }

  private static List<StorePathHash> hashes(List<StorePath> paths) {
    return paths.stream().map(StorePath::hash).toList();
  }
}
