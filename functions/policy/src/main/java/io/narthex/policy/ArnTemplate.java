package io.narthex.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A pattern of ARNs, segment by segment, so that no wildcard spans two; variables stand in the last
 * one only.
 */
final class ArnTemplate {
  private static final int SEGMENTS = 6;

  private final Template[] segments;

  /** All but the last segment with their colons, if they are nothing but characters; else empty. */
  private final String beginning;

  private ArnTemplate(Template[] segments) {
    this.segments = segments;
    List<String> literals =
        Arrays.stream(segments, 0, SEGMENTS - 1)
            .map(Template::literal)
            .flatMap(Optional::stream)
            .toList();
    this.beginning = literals.size() == SEGMENTS - 1 ? String.join(":", literals) + ":" : "";
  }

  /** Empty for a text that is not six segments, or with a malformed variable. */
  static Optional<ArnTemplate> read(String text, boolean variables) {
    List<String> texts = Characters.parts(text, ':', SEGMENTS);
    var segments = new Template[SEGMENTS];
    for (int i = 0; i < SEGMENTS; i++) {
      boolean isLast = i == SEGMENTS - 1;
      Optional<Template> segment =
          texts.size() == SEGMENTS
              ? TemplateReader.read(
                  texts.get(i), new TemplateReader.Reading(true, isLast && variables, false))
              : Optional.empty();
      if (segment.isEmpty()) {
        return Optional.empty();
      }
      segments[i] = segment.get();
    }
    return Optional.of(new ArnTemplate(segments));
  }

  /**
   * Whether the text is an ARN of this pattern; false for one that is no ARN.
   *
   * @param ofNoValue what comes of a variable without a value, as in {@link Template}
   */
  Truth matches(String text, RequestContext context, Truth ofNoValue) {
    Template last = segments[SEGMENTS - 1];
    if (!beginning.isEmpty()) {
      return text.startsWith(beginning)
          ? last.matches(text, beginning.length(), text.length(), context, ofNoValue)
          : Truth.FALSE;
    }
    int from = 0;
    for (int i = 0; i < SEGMENTS - 1; i++) {
      int colon = text.indexOf(':', from);
      if (colon < 0 || segments[i].matches(text, from, colon, context, Truth.FALSE) != Truth.TRUE) {
        return Truth.FALSE;
      }
      from = colon + 1;
    }
    return last.matches(text, from, text.length(), context, ofNoValue);
  }

  /** The keys of its variables. */
  Stream<String> keys() {
    return Arrays.stream(segments).flatMap(Template::keys);
  }

  /** Whether an ARN has a variable before its last segment. */
  static boolean hasEarlyVariable(String arn) {
    int variable = arn.indexOf("${");
    return variable >= 0 && arn.substring(0, variable).chars().filter(c -> c == ':').count() < 5;
  }

  /** Whether a text is an ARN: {@code arn:} and five segments more. */
  static boolean isArn(String text) {
    int colon = -1;
    for (int i = 1; i < SEGMENTS; i++) {
      colon = text.indexOf(':', colon + 1);
      if (colon < 0) {
        return false;
      }
    }
    return text.startsWith("arn:");
  }
}
