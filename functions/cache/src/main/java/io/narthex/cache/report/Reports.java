package io.narthex.cache.report;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.json.MalformedJsonException;
import io.narthex.cache.layout.StateKeys;
import io.narthex.cache.store.ETag;
import io.narthex.cache.store.NewObject;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.PutResult;
import io.narthex.cache.store.UnreadableObjectException;
import io.narthex.nix.path.StorePathHash;
import java.util.Optional;

/** The reports in the state bucket. */
public final class Reports {
  private final ObjectStore state;

  public Reports(ObjectStore state) {
    this.state = requireNonNull(state, "state is null");
  }

  /** A report as it was read: what {@link #replace} compares and swaps. */
  public record Stored(Report report, ETag etag) {
    public Stored {
      requireNonNull(report, "report is null");
      requireNonNull(etag, "etag is null");
    }
  }

  /**
   * The report on a store path; empty if it was never judged.
   *
   * @throws UnreadableObjectException if what lies there is no report
   */
  public Optional<Stored> read(StorePathHash hash) {
    return state.open(StateKeys.report(hash)).map(Reports::read);
  }

  private static Stored read(ObjectContent content) {
    try (content) {
      return new Stored(ReportJson.read(content.readAll()), content.object().etag());
    } catch (MalformedJsonException e) {
      throw new UnreadableObjectException("reading " + content.object().key(), e);
    }
  }

  /**
   * Writes a report in the place of the one that was read. If we stop right after it, a reader of
   * the report sees a verdict that the tags do not carry yet; the event is delivered again, finds
   * the report, and carries on with the tags.
   *
   * @return false if someone else has written meanwhile: everything must be looked at again
   */
  public boolean replace(Optional<Stored> read, Report report) {
    if (read.isPresent() && report.saysTheSameAs(read.get().report())) {
      return true;
    }
    NewObject object = NewObject.of(ReportJson.write(report), "application/json");
    PutResult result =
        read.map(stored -> state.putIfMatch(StateKeys.report(report.hash()), stored.etag(), object))
            .orElseGet(() -> state.putIfAbsent(StateKeys.report(report.hash()), object));
    return switch (result) {
      case PutResult.Stored stored -> true;
      case PutResult.PreconditionFailed failed -> false;
    };
  }
}
