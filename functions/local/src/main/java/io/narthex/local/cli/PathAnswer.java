package io.narthex.local.cli;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.json.MalformedJsonException;
import io.narthex.cache.report.Report;
import io.narthex.cache.report.ReportJson;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a cache says when it is asked for the report on a store path. */
sealed interface PathAnswer {
  /** The report, as it is stored. */
  record Reported(String json) implements PathAnswer {
    public Reported {
      requireNonNull(json, "json is null");
    }
  }

  /** That there is none, or none for this caller, and what is known besides. */
  record Unreported(String why) implements PathAnswer {
    public Unreported {
      requireNonNull(why, "why is null");
    }
  }

  /** The report, if it is one. */
  default Optional<Report> report() {
    return switch (this) {
      case Reported(var json) -> Optional.of(read(json));
      case Unreported _ -> Optional.empty();
    };
  }

  private static Report read(String json) {
    try {
      return ReportJson.read(json.getBytes(StandardCharsets.UTF_8));
    } catch (MalformedJsonException e) {
      throw new CannotException("not a report that this narthex reads: " + e.getMessage());
    }
  }
}
