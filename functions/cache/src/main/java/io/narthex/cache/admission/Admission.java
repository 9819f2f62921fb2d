package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath;
import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.narinfo.NarInfoReader;
import io.narthex.cache.report.Reports;
import io.narthex.cache.revocation.RevokedPaths;
import io.narthex.cache.settings.SettingsSource;
import io.narthex.cache.signing.NarInfoSigner;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.VersionedStore;
import io.narthex.nix.path.StorePathHash;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * The verifying function's whole business: look at a key of the cache bucket and make everything
 * agree with what lies there now. An event only says which key to look at, so events may be
 * repeated, late, reordered or replayed.
 */
public final class Admission {
  private final Messages messages;
  private final PathAdmission paths;
  private final NarLinks links;
  private final ListingAdmission listings;
  private final DebugInfoAdmission debugInfos;
  private final LogAdmission logs;
  private final RealisationAdmission realisations;

  /** The same of a cache that does not sign. */
  public Admission(
      VersionedStore cache,
      ObjectStore state,
      Messages messages,
      Upstreams upstreams,
      SettingsSource settings,
      Clock clock) {
    this(cache, state, messages, upstreams, settings, Optional.empty(), clock);
  }

  /**
   * Wires it by hand.
   *
   * @param cache the cache bucket
   * @param state the state bucket
   * @param messages to the queue that feeds {@link #look}
   * @param signer of what is verified, if the cache signs; its key counts for nothing in uploads
   */
  public Admission(
      VersionedStore cache,
      ObjectStore state,
      Messages messages,
      Upstreams upstreams,
      SettingsSource settings,
      Optional<NarInfoSigner> signer,
      Clock clock) {
    requireNonNull(messages, "messages is null");
    SettingsSource inForce = settings.signedBy(signer);
    var reports = new Reports(state);
    var tags = new VerdictTags(cache);
    var marks = new WaitingMarks(state);
    var below = new VersionsBelow(cache, tags);
    var verdicts = new ObjectVerdicts(cache, tags, below);
    var facts = new VerifiedFacts(reports);
    var narInfos = new NarInfoReader(cache);
    var admitted = new AdmittedPaths(cache, narInfos);
    var closure = new Closure(admitted, new UpstreamReferences(state, upstreams));
    var waits = new Waits(cache, marks, reports, admitted);
    this.messages = messages;
    var blame = new NarBlame(cache, tags, new NarLinks(state));
    this.links = new NarLinks(state);
    this.listings = new ListingAdmission(verdicts, facts);
    this.debugInfos = new DebugInfoAdmission(verdicts, links, facts);
    this.logs = new LogAdmission(verdicts);
    this.realisations = new RealisationAdmission(verdicts, admitted, marks, inForce);
    var derived = new DerivedObjects(cache, tags, listings, debugInfos);
    this.paths =
        new PathAdmission(
            cache,
            reports,
            inForce,
            new RevokedPaths(state),
            new RevokedPathActions(reports, tags, links, derived, clock),
            narInfos,
            new PathJudge(
                links, new NarVersions(cache, tags, below), new NarInspector(cache), closure),
            new Ruling(cache, tags, below, new BetterVersion(below, tags, narInfos), blame, clock),
            waits,
            new PathActions(
                cache,
                tags,
                below,
                new Repeats(cache, tags, narInfos),
                waits,
                derived,
                blame,
                links,
                messages,
                new OwnSignature(cache, reports, tags, links, signer)),
            clock);
  }

  /**
   * Looks at one key.
   *
   * @return what it came to, never nothing; several if something was withdrawn on the way
   * @throws io.narthex.cache.store.StoreException if the store failed: the event must come again
   */
  public List<Outcome> look(ObjectKey key) {
    Optional<CachePath> path = CachePath.parse(key.value());
    if (path.isEmpty()) {
      return List.of(new Outcome.Nothing(key));
    }
    return switch (path.get()) {
      case NarInfoPath(var hash) -> paths.look(hash);
      case NarPath nar -> lookAtNar(nar);
      case CachePath.ListingPath listing -> List.of(listings.look(listing));
      case CachePath.DebugInfoPath debugInfo -> List.of(debugInfos.look(debugInfo));
      case CachePath.LogPath log -> List.of(logs.look(log));
      case CachePath.RealisationPath realisation ->
          List.of(realisations.lookAtLegacy(realisation.key()));
      case CachePath.BuildTracePath trace -> List.of(realisations.lookAtBuildTrace(trace.key()));
      case CachePath.CacheInfo cacheInfo -> List.of(new Outcome.Nothing(key));
    };
  }

  /**
   * A NAR is looked at through the narinfos that point at it; none may have come yet. Of several
   * each gets a message of its own, so that one that fails does not hold up the others.
   */
  private List<Outcome> lookAtNar(NarPath nar) {
    List<StorePathHash> hashes = links.linked(nar);
    if (hashes.size() == 1) {
      return paths.look(hashes.getFirst());
    }
    if (!hashes.isEmpty()) {
      messages.lookAt(hashes.stream().map(hash -> new NarInfoPath(hash).key()).toList());
    }
    return List.of(new Outcome.Nothing(nar.key()));
  }
}
