package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.report.Report;
import io.narthex.cache.report.Withdrawal;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.verdict.Finding;
import io.narthex.nix.path.StorePathHash;
import java.util.List;

/** What looking at a key came to, once everything agrees with it. */
public sealed interface Outcome {
  /** A store path has a new verdict. */
  record Judged(Report report) implements Outcome {
    public Judged {
      requireNonNull(report, "report is null");
    }
  }

  /** A NAR was taken out, put over a verified one or bad in itself; its narinfo stays. */
  record NarWithdrawn(Withdrawal withdrawal) implements Outcome {
    public NarWithdrawn {
      requireNonNull(withdrawal, "withdrawal is null");
    }
  }

  /** A store path was judged before and nothing has changed. */
  record Unchanged(Report report) implements Outcome {
    public Unchanged {
      requireNonNull(report, "report is null");
    }
  }

  /** There is no narinfo under this hash. */
  record Absent(StorePathHash hash) implements Outcome {
    public Absent {
      requireNonNull(hash, "hash is null");
    }
  }

  /** Another object (a listing, a log, a realisation) has been verified. */
  record ObjectVerified(ObjectKey key) implements Outcome {
    public ObjectVerified {
      requireNonNull(key, "key is null");
    }
  }

  /** Another object waits for a store path. */
  record ObjectWaiting(ObjectKey key, Finding finding) implements Outcome {
    public ObjectWaiting {
      requireNonNull(key, "key is null");
      requireNonNull(finding, "finding is null");
    }
  }

  /** Another object was wrong and was taken out. */
  record ObjectRejected(ObjectKey key, List<Finding> findings) implements Outcome {
    public ObjectRejected {
      requireNonNull(key, "key is null");
      findings = List.copyOf(findings);
    }
  }

  /** Nothing to judge: no object, no narinfo points at it yet, or ours. */
  record Nothing(ObjectKey key) implements Outcome {
    public Nothing {
      requireNonNull(key, "key is null");
    }
  }
}
