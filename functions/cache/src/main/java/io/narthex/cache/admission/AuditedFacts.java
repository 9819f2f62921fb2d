package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath;
import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.layout.Need;
import io.narthex.cache.layout.StateKeys;
import io.narthex.cache.nar.NarFacts;
import io.narthex.cache.report.Report;
import io.narthex.cache.report.Reports;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.VersionId;
import io.narthex.nix.path.StorePathHash;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Tells a cache what an audit has read of NARs for which its function has no time. The function
 * judges by that as if it had read them itself; whoever may write the reports is believed.
 */
public final class AuditedFacts {
  private final ObjectStore state;
  private final Reports reports;
  private final Messages messages;

  /**
   * @param state the state bucket
   * @param messages to the queue of the function
   */
  public AuditedFacts(ObjectStore state, Messages messages) {
    this.state = requireNonNull(state, "state is null");
    this.reports = new Reports(state);
    this.messages = requireNonNull(messages, "messages is null");
  }

  /** The paths that wait for it. */
  public List<StorePathHash> awaited() {
    return state.listAll(StateKeys.waitingForAudit()).stream()
        .map(mark -> CachePath.parse(WaitingMarks.waiter(mark.key()).value()))
        .flatMap(Optional::stream)
        .filter(NarInfoPath.class::isInstance)
        .map(path -> ((NarInfoPath) path).hash())
        .distinct()
        .toList();
  }

  /**
   * Tells what was read for one version of a narinfo. If we stop before the message, the sweep has
   * the path looked at.
   *
   * @return false if nobody waits for that: the path, or its NAR, is another now
   */
  public boolean tell(StorePathHash hash, VersionId narInfo, NarFacts facts) {
    Optional<Reports.Stored> stored =
        reports.read(hash).filter(s -> awaits(s.report(), narInfo, facts));
    if (stored.isEmpty() || !reports.replace(stored, stored.get().report().withFacts(facts))) {
      return false;
    }
    messages.lookAt(List.of(new NarInfoPath(hash).key()));
    return true;
  }

  private static boolean awaits(Report report, VersionId narInfo, NarFacts facts) {
    Predicate<Need> isForAudit = Need.ForAudit.class::isInstance;
    return report.need().filter(isForAudit).isPresent()
        && report.narinfo().equals(narInfo)
        && report.url().equals(Optional.of(facts.reading().nar()))
        && report.nar().equals(Optional.of(facts.reading().version()));
  }
}
