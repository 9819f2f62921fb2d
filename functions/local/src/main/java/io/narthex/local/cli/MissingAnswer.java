package io.narthex.local.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Which of the paths that were asked for a cache does not serve, and why. */
record MissingAnswer(List<String> absent, List<String> waiting, List<String> rejected) {
  /** None. */
  static final MissingAnswer NONE = new MissingAnswer(List.of(), List.of(), List.of());

  MissingAnswer {
    absent = List.copyOf(absent);
    waiting = List.copyOf(waiting);
    rejected = List.copyOf(rejected);
  }

  /** What the API answers. */
  static MissingAnswer parse(String json) {
    try {
      JsonDocument answer = JsonDocument.parse(json.getBytes(StandardCharsets.UTF_8));
      return new MissingAnswer(
          texts(answer, "absent"), texts(answer, "waiting"), texts(answer, "rejected"));
    } catch (MalformedJsonException e) {
      throw new CannotException("not an answer that this narthex reads: " + e.getMessage());
    }
  }

  private static List<String> texts(JsonDocument json, String field) throws MalformedJsonException {
    return json.texts(field, Function.<String>identity()::apply);
  }

  MissingAnswer and(MissingAnswer more) {
    return new MissingAnswer(
        both(absent, more.absent), both(waiting, more.waiting), both(rejected, more.rejected));
  }

  private static List<String> both(List<String> some, List<String> more) {
    var all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }

  /** All of them. */
  Stream<String> all() {
    return Stream.of(absent, waiting, rejected).flatMap(List::stream);
  }

  boolean isNone() {
    return absent.isEmpty() && waiting.isEmpty() && rejected.isEmpty();
  }

  /** How many of how many, in a line. */
  String text(int asked) {
    return "%d of %d missing: %d absent, %d waiting, %d rejected"
        .formatted(
            absent.size() + waiting.size() + rejected.size(),
            asked,
            absent.size(),
            waiting.size(),
            rejected.size());
  }

  /** As the API has it, with the number of those that were asked for. */
  String json(int asked) {
    ObjectNode json = JsonDocument.object().put("asked", asked);
    absent.forEach(json.putArray("absent")::add);
    waiting.forEach(json.putArray("waiting")::add);
    rejected.forEach(json.putArray("rejected")::add);
    return new String(JsonDocument.write(json), StandardCharsets.UTF_8);
  }
}
