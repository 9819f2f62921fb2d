package io.narthex.cache.read;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath;
import io.narthex.cache.layout.CachePath.BuildTracePath;
import io.narthex.cache.layout.CachePath.CacheInfo;
import io.narthex.cache.layout.CachePath.DebugInfoPath;
import io.narthex.cache.layout.CachePath.ListingPath;
import io.narthex.cache.layout.CachePath.LogPath;
import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.layout.CachePath.RealisationPath;
import io.narthex.cache.read.Answer.BadRequest;
import io.narthex.cache.read.Answer.Inline;
import io.narthex.cache.read.Answer.MethodNotAllowed;
import io.narthex.cache.read.Answer.NotFound;
import io.narthex.cache.read.Look.Found;
import io.narthex.cache.read.Look.Missing;
import io.narthex.cache.read.Look.Refused;
import io.narthex.cache.read.Look.Unjudged;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.settings.SettingsSource;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.nix.cacheinfo.NixCacheInfo;
import io.narthex.nix.path.StorePathHash;
import java.util.Optional;
import java.util.function.Function;

/**
 * Answers the reads of Nix clients and of people, each with what the bucket policy lets its caller
 * see. Whatever a request looks like, the answer to it is an {@link Answer}; an exception means
 * that S3 could not be asked.
 *
 * @see <a href="https://nix.dev/manual/nix/latest/protocols/binary-cache/">Binary cache
 *     protocol</a>
 */
public final class Reads {
  private static final int MAX_RAW_PATH = 4096;
  private static final int MAX_PATH = 1024;

  private final VerifiedObjects objects;
  private final VerdictWait wait;
  private final SettingsSource settings;
  private final InlineReads inline;
  private final NarReads nars;
  private final PathReports reports;
  private final CachePage page;

  /** Reads from these; nothing is asked of them before the first request. */
  public Reads(ReadPorts ports, CacheBucket bucket) {
    requireNonNull(ports, "ports is null");
    VerifiedStore store = ports.cache();
    this.objects = new VerifiedObjects(store, ports.policies(), bucket, ports.clock());
    this.wait = new VerdictWait(store, ports.settings(), ports.clock(), ports.sleeper());
    this.settings = ports.settings();
    this.inline = new InlineReads(store);
    this.nars = new NarReads(store);
    this.reports = new PathReports(ports.state());
    this.page = new CachePage(ports.url());
  }

  /**
   * Answers one request.
   *
   * @throws io.narthex.cache.store.StoreException if S3 could not be asked
   */
  public Answer answer(ReadRequest request) {
    if (!request.isRead()) {
      return new MethodNotAllowed("this address only reads; upload to the s3:// store");
    }
    if (request.rawPath().length() > MAX_RAW_PATH) {
      return new NotFound("no path is that long");
    }
    Answer answer =
        RequestPath.decode(request.rawPath())
            .map(path -> answer(path, request))
            .orElseGet(() -> new BadRequest("the path is not percent-encoded UTF-8"));
    return request.isHead() && answer instanceof Inline whole ? whole.withoutBody() : answer;
  }

  private Answer answer(String path, ReadRequest request) {
    Optional<Route> route = path.length() > MAX_PATH ? Optional.empty() : Route.of(path);
    return route
        .map(
            known ->
                switch (known) {
                  case Route.Page _ -> page.answer(settings.current());
                  case Route.PathReport(var hash) -> report(hash, request.caller());
                  case Route.Cached(var cached) -> cached(cached, request);
                })
        .orElseGet(() -> new NotFound("no binary cache has anything under this path"));
  }

  private Answer cached(CachePath path, ReadRequest request) {
    return switch (path) {
      case CacheInfo info -> cacheInfo(info.key(), request.caller());
      case NarPath nar ->
          answer(
              objects.head(request.caller(), nar.key()),
              found -> nars.answer(found, request.isHead()));
      case NarInfoPath narInfo -> narInfo(narInfo.key(), request);
      case LogPath log -> inline(InlineKind.LOG, log.key(), request);
      case ListingPath _, DebugInfoPath _, RealisationPath _, BuildTracePath _ ->
          inline(InlineKind.JSON, path.key(), request);
    };
  }

  private Answer cacheInfo(ObjectKey key, Caller caller) {
    CallerAccess access = objects.access(caller);
    if (!access.mayRead(key)) {
      return access.refusal();
    }
    Settings now = settings.current();
    var info = new NixCacheInfo(Optional.of(now.storeDir()), true, now.priority());
    return new Inline(
        InlineKind.NARINFO.headers().with("Content-Type", "text/x-nix-cache-info"),
        Payload.of(info.write()));
  }

  private Answer report(StorePathHash hash, Caller caller) {
    CallerAccess access = objects.access(caller);
    return access.mayRead(new NarInfoPath(hash).key()) ? reports.answer(hash) : access.refusal();
  }

  private Answer narInfo(ObjectKey key, ReadRequest request) {
    Look<ObjectContent> look = wait.await(key, () -> objects.open(request.caller(), key));
    return answer(look, content -> inline.answer(InlineKind.NARINFO, content, request.isHead()));
  }

  private Answer inline(InlineKind kind, ObjectKey key, ReadRequest request) {
    return answer(
        objects.open(request.caller(), key),
        content -> inline.answer(kind, content, request.isHead()));
  }

  private static <T> Answer answer(Look<T> look, Function<T, Answer> found) {
    return switch (look) {
      case Found<T>(var object) -> found.apply(object);
      case Refused<T>(var refusal) -> refusal;
      case Missing<T>(var reason) -> new NotFound(reason);
      case Unjudged<T> _ -> new NotFound("uploaded, and not verified yet");
    };
  }
}
