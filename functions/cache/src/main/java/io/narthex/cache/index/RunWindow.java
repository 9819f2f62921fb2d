package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.index.Run.Sections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What all runs have for one partition, section by section: so many of them are read at a time as
 * have together no more bytes than a limit, at least one.
 */
final class RunWindow {
  private final List<Sections> runs;
  private final Parallel requests;
  private final long limit;

  /** Of each run the sections that are there now: from the first one up to before the end. */
  private List<byte[]> read = List.of();

  private int first;
  private int end;

  RunWindow(List<Sections> runs, Parallel requests, long limit) {
    this.runs = List.copyOf(runs);
    this.requests = requireNonNull(requests, "requests is null");
    this.limit = limit;
  }

  /** What each run has in a section, in the order of the runs; each section after those before. */
  List<Span> section(int section) {
    if (section >= end) {
      read(section);
    }
    return IntStream.range(0, runs.size()).mapToObj(run -> part(run, section)).toList();
  }

  private Span part(int run, int section) {
    Sections sections = runs.get(run);
    return new Span(
        read.get(run),
        (int) sections.size(first, section),
        (int) sections.size(first, section + 1));
  }

  private void read(int section) {
    // What was read before must be gone before the next is there.
    read = List.of();
    first = section;
    end = section + 1;
    while (end < sections() && size(section, end + 1) <= limit) {
      end++;
    }
    read = requests.map(runs, run -> run.read(first, end));
  }

  private int sections() {
    return runs.stream().mapToInt(Sections::count).max().orElse(0);
  }

  private long size(int from, int to) {
    return runs.stream().mapToLong(run -> run.size(from, to)).sum();
  }
}
