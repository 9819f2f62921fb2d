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
  /** Far away, an archive of no more bytes is fetched whole before it takes a place. */
  private static final int FETCHED_WHOLE = 2 << 20;

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
    long narSize = narInfos.getFirst().narSize();
    if (cache.isRemote() && narSize <= FETCHED_WHOLE) {
      return opened(nar, narInfos, content -> fetch(content, nar, narInfos));
    }
    // Before it is opened: a connection that nobody reads from would be closed.
    try (DecodingPlaces.Place place = places.take(narInfos.getFirst())) {
      return opened(
          nar,
          narInfos,
          content -> decode(content.bytes(), Identity.of(content.object()), nar, narInfos, place));
    }
  }

  /** Reads an object that is open. */
  private interface Reading {
    List<NarSeen> of(ObjectContent content) throws IOException;
  }

  private List<NarSeen> opened(NarPath nar, List<NarInfo> narInfos, Reading reading) {
    Optional<ObjectContent> found = cache.open(nar.key());
    if (found.isEmpty()) {
      return Collections.nCopies(narInfos.size(), new NarSeen.Absent());
    }
    try (ObjectContent content = found.get()) {
      Identity identity = Identity.of(content.object());
      NarReading first = NarReading.of(narInfos.getFirst(), nar, identity.version());
      Optional<Finding> unread = UnreadNar.why(content.object(), first);
      return unread.isPresent()
          ? Collections.nCopies(narInfos.size(), new NarSeen.Unread(identity, unread.get()))
          : reading.of(content);
    } catch (IOException e) {
      throw new StoreException("reading " + nar.key(), e);
    }
  }

  private List<NarSeen> fetch(ObjectContent content, NarPath nar, List<NarInfo> narInfos)
      throws IOException {
    Identity identity = Identity.of(content.object());
    long most = NarReading.of(narInfos.getFirst(), nar, identity.version()).maxFileSize();
    byte[] bytes = content.bytes().readNBytes((int) most + 1);
    if (bytes.length > most) {
      Finding tooLarge = UnreadNar.tooLarge("URL", most, bytes.length);
      return Collections.nCopies(narInfos.size(), new NarSeen.Unread(identity, tooLarge));
    }
    try (DecodingPlaces.Place place = places.take(narInfos.getFirst())) {
      return decode(new ByteArrayInputStream(bytes), identity, nar, narInfos, place);
    }
  }

  private List<NarSeen> decode(
      InputStream bytes,
      Identity identity,
      NarPath nar,
      List<NarInfo> narInfos,
      DecodingPlaces.Place place)
      throws IOException {
    NarInfo first = narInfos.getFirst();
    List<ContentHashes> hashes = narInfos.stream().map(ContentHashes::of).toList();
    try (ReadCount source = new ReadCount(bytes, stop, progress)) {
      NarInspection found =
          place
              .pass()
              .inspect(
                  first.compression().orElse(Compression.NONE),
                  first.narSize(),
                  source,
                  listeners(hashes));
      source.keep();
      return seen(found, identity, nar, narInfos, hashes);
    }
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
