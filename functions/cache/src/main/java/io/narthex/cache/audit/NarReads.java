package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.nar.ArchiveFacts;
import io.narthex.cache.nar.ContentClaim;
import io.narthex.cache.nar.ContentHashes;
import io.narthex.cache.nar.NarFacts;
import io.narthex.cache.nar.NarReading;
import io.narthex.cache.nar.UnreadNar;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.store.VersionId;
import io.narthex.cache.verdict.Finding;
import io.narthex.nix.codec.Compression;
import io.narthex.nix.nar.ArchiveOutcome;
import io.narthex.nix.nar.ByteSink;
import io.narthex.nix.nar.NarHandler;
import io.narthex.nix.nar.NarInspection;
import io.narthex.nix.nar.NarListeners;
import io.narthex.nix.narinfo.NarInfo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
   * @param narInfo one of those that say to read it in this way; its compression is known
   * @param claims what they claim of its content
   * @throws StoreException if it could not be read, often enough
   */
  SeenNar read(NarPath nar, NarInfo narInfo, Set<ContentClaim> claims) {
    return patience.ask(() -> readOnce(new Request(nar, narInfo, claims)));
  }

  /** What is to be read, and how. */
  private record Request(NarPath nar, NarInfo narInfo, Set<ContentClaim> claims) {
    NarReading reading(VersionId version) {
      return NarReading.of(narInfo, nar, version);
    }
  }

  private SeenNar readOnce(Request request) {
    stop.check();
    if (cache.isRemote() && request.narInfo().narSize() <= FETCHED_WHOLE) {
      return opened(request, content -> fetch(content, request));
    }
    // Before it is opened: a connection that nobody reads from would be closed.
    try (DecodingPlaces.Place place = places.take(request.narInfo())) {
      return opened(
          request,
          content -> decode(content.bytes(), Identity.of(content.object()), request, place));
    }
  }

  /** Reads an object that is open. */
  private interface Reading {
    SeenNar of(ObjectContent content) throws IOException;
  }

  private SeenNar opened(Request request, Reading reading) {
    Optional<ObjectContent> found = cache.open(request.nar().key());
    if (found.isEmpty()) {
      return narInfo -> new NarSeen.Absent();
    }
    try (ObjectContent content = found.get()) {
      Identity identity = Identity.of(content.object());
      Optional<Finding> unread =
          UnreadNar.why(content.object(), request.reading(identity.version()));
      return unread.isPresent()
          ? narInfo -> new NarSeen.Unread(identity, unread.get())
          : reading.of(content);
    } catch (IOException e) {
      throw new StoreException("reading " + request.nar().key(), e);
    }
  }

  private SeenNar fetch(ObjectContent content, Request request) throws IOException {
    Identity identity = Identity.of(content.object());
    long most = request.reading(identity.version()).maxFileSize();
    byte[] bytes = content.bytes().readNBytes((int) most + 1);
    if (bytes.length > most) {
      Finding tooLarge = UnreadNar.tooLarge("URL", most, bytes.length);
      return narInfo -> new NarSeen.Unread(identity, tooLarge);
    }
    try (DecodingPlaces.Place place = places.take(request.narInfo())) {
      return decode(new ByteArrayInputStream(bytes), identity, request, place);
    }
  }

  private SeenNar decode(
      InputStream bytes, Identity identity, Request request, DecodingPlaces.Place place)
      throws IOException {
    NarInfo narInfo = request.narInfo();
    Map<ContentClaim, ContentHashes> hashes = new HashMap<>();
    request.claims().forEach(claim -> hashes.put(claim, ContentHashes.of(claim)));
    try (ReadCount source = new ReadCount(bytes, stop, progress)) {
      NarInspection found =
          place
              .pass()
              .inspect(
                  narInfo.compression().orElse(Compression.NONE),
                  narInfo.narSize(),
                  source,
                  listeners(hashes.values()));
      source.keep();
      if (found.archive() instanceof ArchiveOutcome.WellFormed whole) {
        hashes.replaceAll((claim, hash) -> hash.computed(whole.nar().sha256()));
      }
      return seen(found, identity, request.nar(), hashes);
    }
  }

  private static NarListeners listeners(Collection<ContentHashes> hashes) {
    List<NarHandler> handlers = new ArrayList<>();
    List<ByteSink> sinks = new ArrayList<>();
    for (ContentHashes hash : hashes) {
      NarListeners listeners = hash.listeners();
      handlers.addAll(listeners.handlers());
      sinks.addAll(listeners.sinks());
    }
    return new NarListeners(handlers, sinks);
  }

  private static SeenNar seen(
      NarInspection found,
      Identity identity,
      NarPath nar,
      Map<ContentClaim, ContentHashes> hashes) {
    return narInfo -> {
      ContentHashes claimed =
          requireNonNull(hashes.get(ContentClaim.of(narInfo)), "a claim that was not read for");
      NarFacts facts =
          new NarFacts(
              NarReading.of(narInfo, nar, identity.version()),
              found.file().sha256(),
              found.file().size(),
              ArchiveFacts.of(found.archive(), claimed, ArchiveFacts.Derived.NONE));
      return new NarSeen.Read(identity, facts);
    };
  }
}
