package io.narthex.cache.index;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import io.narthex.cache.verdict.VerdictTag;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What lies in a cache, or in a part of it, in numbers: {@code {"paths": …, "narSize": …,
 * "fileSize": …, "verdicts": {"verified": …}, "compression": {"xz": {…}}, "signers": {…},
 * "uploaded": {"2026-11-29": {…}}}}. But for the verdicts it is all of verified paths. A path with
 * several signatures counts for each of their keys.
 */
final class Statistics {
  private static final long SECONDS_A_DAY = 86_400;

  private final Map<VerdictTag, Long> verdicts = new EnumMap<>(VerdictTag.class);
  private final Map<String, Sum> compression = new TreeMap<>();
  private final Map<String, Sum> signers = new TreeMap<>();
  private final Map<String, Sum> uploaded = new TreeMap<>();

  /** The same sums by the number of their day, which need not be written to be found. */
  private final Map<Long, Sum> days = new HashMap<>();

  private final Sum all = new Sum();

  void add(Entry entry) {
    verdicts.merge(entry.verdict(), 1L, Long::sum);
    if (entry.verdict() == VerdictTag.VERIFIED) {
      entry.described().ifPresent(this::add);
    }
  }

  private void add(Described path) {
    all.add(path);
    sum(compression, path.compression()).add(path);
    path.signers().forEach(signer -> sum(signers, signer).add(path));
    days.computeIfAbsent(
            Math.floorDiv(path.uploaded().getEpochSecond(), SECONDS_A_DAY),
            day -> sum(uploaded, LocalDate.ofEpochDay(day).toString()))
        .add(path);
  }

  private static Sum sum(Map<String, Sum> sums, String name) {
    return sums.computeIfAbsent(name, _ -> new Sum());
  }

  /** Adds those of another part. */
  void add(Statistics other) {
    other.verdicts.forEach((verdict, count) -> verdicts.merge(verdict, count, Long::sum));
    other.compression.forEach((label, sum) -> sum(compression, label).add(sum));
    other.signers.forEach((signer, sum) -> sum(signers, signer).add(sum));
    other.uploaded.forEach((day, sum) -> sum(uploaded, day).add(sum));
    all.add(other.all);
  }

  /** As JSON, with so many signers at most: those of most paths. */
  void write(ObjectNode json, int mostSigners) {
    all.write(json);
    ObjectNode counts = json.putObject("verdicts");
    for (VerdictTag verdict : VerdictTag.values()) {
      counts.put(verdict.toString(), verdicts.getOrDefault(verdict, 0L));
    }
    write(json.putObject("compression"), compression);
    write(json.putObject("signers"), most(signers, mostSigners));
    write(json.putObject("uploaded"), uploaded);
  }

  private static Map<String, Sum> most(Map<String, Sum> sums, int count) {
    var most = new TreeMap<String, Sum>();
    sums.entrySet().stream()
        .sorted(Comparator.comparingLong(sum -> -sum.getValue().paths()))
        .limit(count)
        .forEach(sum -> most.put(sum.getKey(), sum.getValue()));
    return most;
  }

  private static void write(ObjectNode json, Map<String, Sum> sums) {
    sums.forEach((name, sum) -> sum.write(json.putObject(name)));
  }

  static Statistics read(JsonDocument json) throws MalformedJsonException {
    var read = new Statistics();
    read.all.add(Sum.read(json));
    read.verdicts.putAll(json.object("verdicts", Statistics::verdicts));
    read.compression.putAll(json.object("compression", Statistics::sums));
    read.signers.putAll(json.object("signers", Statistics::sums));
    read.uploaded.putAll(json.object("uploaded", Statistics::sums));
    return read;
  }

  private static Map<VerdictTag, Long> verdicts(JsonDocument json) throws MalformedJsonException {
    var verdicts = new EnumMap<VerdictTag, Long>(VerdictTag.class);
    for (VerdictTag verdict : VerdictTag.values()) {
      verdicts.put(verdict, json.number(verdict.toString()));
    }
    return verdicts;
  }

  private static Map<String, Sum> sums(JsonDocument json) throws MalformedJsonException {
    var sums = new TreeMap<String, Sum>();
    for (String name : json.fields()) {
      sums.put(name, json.object(name, Sum::read));
    }
    return sums;
  }
}
