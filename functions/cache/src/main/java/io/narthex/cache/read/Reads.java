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
import io.narthex.cache.read.Access.Allowed;
import io.narthex.cache.read.Access.Denied;
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
import io.narthex.cache.store.TaggedVersion;
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

  private final AccessRules rules;
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
    this.rules = new AccessRules(ports, bucket);
    this.objects = new VerifiedObjects(store);
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
                  case Route.WhoAmI _ -> WhoAmI.answer(rules.access(request.caller()));
                  case Route.PathReport(var hash) -> report(hash, request.caller());
                  case Route.Cached(var cached) -> cached(cached, request);
                })
        .orElseGet(() -> new NotFound("no binary cache has anything under this path"));
  }

  private Answer cached(CachePath path, ReadRequest request) {
    CallerAccess access = rules.access(request.caller());
    boolean head = request.isHead();
    return switch (path) {
      case CacheInfo info -> cacheInfo(info.key(), access);
      case NarPath nar ->
          answer(objects.head(access, nar.key()), found -> nars.answer(found, head));
      case NarInfoPath narInfo -> narInfo(narInfo.key(), access, head);
      case LogPath log -> inline(InlineKind.LOG, log.key(), access, head);
      case ListingPath _, DebugInfoPath _, RealisationPath _, BuildTracePath _ ->
          inline(InlineKind.JSON, path.key(), access, head);
    };
  }

  private Answer cacheInfo(ObjectKey key, CallerAccess access) {
    Optional<TaggedVersion> tagged = objects.tags(access, key);
    return switch (access.mayRead(key, tagged)) {
      case Denied(var denial) -> access.refusal(denial);
      case Allowed _ -> {
        Settings now = settings.current();
        var info = new NixCacheInfo(Optional.of(now.storeDir()), true, now.priority());
        yield new Inline(
            InlineKind.CACHE_INFO.headers(access.cacheability(key, tagged)),
            Payload.of(info.write()));
      }
    };
  }

  private Answer report(StorePathHash hash, Caller caller) {
    CallerAccess access = rules.access(caller);
    ObjectKey key = new NarInfoPath(hash).key();
    return switch (access.mayRead(key, objects.tags(access, key))) {
      case Denied(var denial) -> access.refusal(denial);
      case Allowed _ -> reports.answer(hash, caller);
    };
  }

  private Answer narInfo(ObjectKey key, CallerAccess access, boolean head) {
    Look<ObjectContent> look = wait.await(key, () -> objects.open(access, key));
    return answer(look, found -> inline.answer(InlineKind.NARINFO, found, head));
  }

  private Answer inline(InlineKind kind, ObjectKey key, CallerAccess access, boolean head) {
    return answer(objects.open(access, key), found -> inline.answer(kind, found, head));
  }

  private static <T> Answer answer(Look<T> look, Function<Found<T>, Answer> answer) {
    return switch (look) {
      case Found<T> found -> answer.apply(found);
      case Refused<T>(var refusal) -> refusal;
      case Missing<T>(var reason) -> new NotFound(reason);
      case Unjudged<T> _ -> new NotFound("uploaded, and not verified yet");
    };
  }
}
