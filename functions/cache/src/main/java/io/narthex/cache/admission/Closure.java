package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.Need;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.CheckResult;
import io.narthex.cache.verdict.Finding;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.path.StorePath;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every reference is admitted here or signed upstream. It is asked when a path is admitted and not
 * again: a path does not fall because a reference did later.
 */
final class Closure {
  private static final int MAX_FINDINGS = 10;

  private final AdmittedPaths admitted;
  private final UpstreamReferences upstream;

  Closure(AdmittedPaths admitted, UpstreamReferences upstream) {
    this.admitted = requireNonNull(admitted, "admitted is null");
    this.upstream = requireNonNull(upstream, "upstream is null");
  }

  CheckResult check(NarInfo narInfo, Settings settings) {
    Stream<StorePath> missing =
        narInfo.references().stream()
            .filter(reference -> !reference.equals(narInfo.storePath()))
            .filter(reference -> !contains(reference, settings));
    return switch (settings.closure()) {
      case STRICT ->
          missing
              .findFirst()
              .<CheckResult>map(
                  path -> new CheckResult.Waits(new Need.ForPath(path), finding(path)))
              .orElseGet(CheckResult::passed);
      case WARN -> {
        List<Finding> findings = missing.limit(MAX_FINDINGS).map(Closure::finding).toList();
        yield findings.isEmpty() ? CheckResult.passed() : new CheckResult.Warned(findings);
      }
    };
  }

  /** Whether a path may be referred to. */
  boolean contains(StorePath path, Settings settings) {
    return admitted.contains(path) || upstream.contains(path, settings);
  }

  private static Finding finding(StorePath path) {
    return new Finding(
        CheckName.CLOSURE, "References", path + " admitted", "not in this cache or upstream");
  }
}
