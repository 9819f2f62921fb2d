package io.narthex.cache.principal;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The value of a tag as a mapping has it, e.g. {@code {repository}} or {@code team-{team}}.
 *
 * @param text in which {@code {claim}} stands for the one value of that claim
 */
public record TagTemplate(String text) {
  public TagTemplate {
    requireNonNull(text, "text is null");
    if (!isBalanced(text)) {
      throw new IllegalArgumentException("a claim stands between { and }: " + text);
    }
  }

  private static boolean isBalanced(String text) {
    int open = -1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c == '{' && open >= 0) || (c == '}' && (open < 0 || i == open + 1))) {
        return false;
      }
      open = c == '{' ? i : c == '}' ? -1 : open;
    }
    return open < 0;
  }

  /**
   * The value for the claims of a token; empty if one of them has not exactly one value, or the
   * whole is no value of a tag.
   */
  Optional<String> fill(Function<String, List<String>> claims) {
    var filled = new StringBuilder();
    int at = 0;
    for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', at)) {
      int close = text.indexOf('}', open);
      List<String> values = claims.apply(text.substring(open + 1, close));
      if (values.size() != 1) {
        return Optional.empty();
      }
      filled.append(text, at, open).append(values.getFirst());
      at = close + 1;
    }
    return Optional.of(filled.append(text.substring(at)).toString()).filter(SessionTags::isValue);
  }
}
