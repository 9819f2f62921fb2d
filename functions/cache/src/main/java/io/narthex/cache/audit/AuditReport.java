package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;

/**
 * Writes {@code report.json}: the sums and after them every path that is not simply good, one a
 * line. The paths are kept outside of the heap until the sums are known, so that it can be as large
 * as the cache is bad.
 */
public final class AuditReport implements Consumer<AuditedPath> {
  private final AuditTally tally;
  private final Spool remarkable;

  /**
   * @param tally which has counted every path that is given to this report
   * @param remarkable empty; it is not closed
   */
  public AuditReport(AuditTally tally, Spool remarkable) {
    this.tally = requireNonNull(tally, "tally is null");
    this.remarkable = requireNonNull(remarkable, "remarkable is null");
  }

  @Override
  public void accept(AuditedPath path) {
    if (path.isRemarkable()) {
      remarkable.append(AuditJson.line(path));
    }
  }

  /** Writes the report to a stream, which stays open. */
  public void write(AuditRun run, OutputStream out) throws IOException {
    JsonGenerator json = AuditJson.to(out);
    json.writeStartObject();
    AuditJson.run(json, run);
    AuditJson.tally(json, tally);
    json.writeFieldName("paths");
    json.flush();
    out.write(':');
    out.write('[');
    boolean first = true;
    for (long at = 0; at < remarkable.end(); at = remarkable.next(at)) {
      out.write(first ? '\n' : ',');
      out.write(remarkable.read(at));
      first = false;
    }
    out.write(']');
    out.write('}');
    out.write('\n');
    out.flush();
  }
}
