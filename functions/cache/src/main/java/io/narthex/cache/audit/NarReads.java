package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.nar.ArchiveFacts;
import io.narthex.cache.nar.ContentHashes;
import io.narthex.cache.nar.NarFacts;
import io.narthex.cache.nar.NarReading;
import io.narthex.cache.nar.UnreadNar;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.verdict.Finding;
import io.narthex.nix.codec.Compression;
import io.narthex.nix.nar.ByteSink;
import io.narthex.nix.nar.NarHandler;
import io.narthex.nix.nar.NarInspection;
import io.narthex.nix.nar.NarListeners;
import io.narthex.nix.nar.NarPass;
import io.narthex.nix.narinfo.NarInfo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Reads NARs, each once for all narinfos that say to read it the same way. */
final class NarReads {
  /** Far away, a smaller one is fetched whole before it takes the place of another. */
  private static final int FETCHED_WHOLE = 1 << 20;

  private final AuditedCache cache;
  private final Patience patience;
  private final DecodingPlaces places;
  private final StopSignal stop;
  private final AuditProgress progress;

  NarReads(
      AuditedCache cache,
      Patience patience,
      DecodingPlaces places,
      StopSignal stop,
      AuditProgress progress) {
    this.cache = requireNonNull(cache, "cache is null");
    this.patience = requireNonNull(patience, "patience is null");
    this.places = requireNonNull(places, "places is null");
    this.stop = requireNonNull(stop, "stop is null");
    this.progress = requireNonNull(progress, "progress is null");
  }

  /**
   * Reads a NAR.
   *
   * @param narInfos at least one; they agree in compression, which is known, size and store
   *     directory
   * @return what each of them is to know, in their order
   * @throws StoreException if it could not be read, often enough
   */
  List<NarSeen> read(NarPath nar, List<NarInfo> narInfos) {
    return patience.ask(() -> readOnce(nar, narInfos));
  }

  private List<NarSeen> readOnce(NarPath nar, List<NarInfo> narInfos) {
    stop.check();
    Optional<ObjectContent> content = cache.open(nar.key());
    return content.isEmpty()
        ? Collections.nCopies(narInfos.size(), new NarSeen.Absent())
        : read(content.get(), nar, narInfos);
  }

  private List<NarSeen> read(ObjectContent content, NarPath nar, List<NarInfo> narInfos) {
    try (content) {
      Identity identity = Identity.of(content.object());
      NarReading first = NarReading.of(narInfos.getFirst(), nar, identity.version());
      Optional<Finding> unread = UnreadNar.why(content.object(), first);
      if (unread.isPresent()) {
        return Collections.nCopies(narInfos.size(), new NarSeen.Unread(identity, unread.get()));
      }
      return decode(content, identity, nar, narInfos);
    } catch (IOException e) {
      throw new StoreException("reading " + nar.key(), e);
    }
  }

  private List<NarSeen> decode(
      ObjectContent content, Identity identity, NarPath nar, List<NarInfo> narInfos)
      throws IOException {
    NarInfo first = narInfos.getFirst();
    List<ContentHashes> hashes = narInfos.stream().map(ContentHashes::of).toList();
    try (ReadCount source = new ReadCount(fetched(content), stop, progress);
        DecodingPlaces.Place place = places.take(first.narSize())) {
      NarInspection found =
          pass(first, place)
              .inspect(
                  first.compression().orElse(Compression.NONE),
                  first.narSize(),
                  source,
                  listeners(hashes));
      source.keep();
      return seen(found, identity, nar, narInfos, hashes);
    }
  }

  private NarPass pass(NarInfo narInfo, DecodingPlaces.Place place) {
    return place.pass(narInfo.storeDir());
  }

  /** A small one from far away, whole; any other as it comes. */
  private InputStream fetched(ObjectContent content) throws IOException {
    long size = content.object().size();
    boolean whole = cache.isRemote() && size > 0 && size <= FETCHED_WHOLE;
    return whole ? new ByteArrayInputStream(content.bytes().readAllBytes()) : content.bytes();
  }

  private static NarListeners listeners(List<ContentHashes> hashes) {
    List<NarHandler> handlers = new ArrayList<>();
    List<ByteSink> sinks = new ArrayList<>();
    for (ContentHashes hash : hashes) {
      NarListeners listeners = hash.listeners();
      handlers.addAll(listeners.handlers());
      sinks.addAll(listeners.sinks());
    }
    return new NarListeners(handlers, sinks);
  }

  private static List<NarSeen> seen(
      NarInspection found,
      Identity identity,
      NarPath nar,
      List<NarInfo> narInfos,
      List<ContentHashes> hashes) {
    List<NarSeen> seen = new ArrayList<>();
    for (int i = 0; i < narInfos.size(); i++) {
      NarFacts facts =
          new NarFacts(
              NarReading.of(narInfos.get(i), nar, identity.version()),
              found.file().sha256(),
              found.file().size(),
              ArchiveFacts.of(found.archive(), hashes.get(i), ArchiveFacts.Derived.NONE));
      seen.add(new NarSeen.Read(identity, facts));
    }
    return seen;
  }
}
