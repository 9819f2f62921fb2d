package io.narthex.cache.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written by hand is what Jackson writes. */
final class LineBufferTest {
  private static final JsonMapper JACKSON = new JsonMapper();

  private final LineBuffer line = new LineBuffer(1);

  private String written() {
    return new String(line.array(), 0, line.size(), UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello-2.12",
        "\"quoted\"",
        "back\\slash",
        "\u0000\u0001\b\t\n\f\r\u001f",
        "~\u007f\u0080ÿ",
        "naïve",
        "日本語",
        "😀 and more",
        "</script>",
      })
  void textsAreAsJacksonHasThem(String text) throws JsonProcessingException {
    line.text(text);
    assertThat(written()).isEqualTo(JACKSON.writeValueAsString(text));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 9, 10, 4_294_967_296L, Long.MAX_VALUE, Long.MIN_VALUE})
  void numbersAreAsJacksonHasThem(long number) throws JsonProcessingException {
    line.number(number);
    assertThat(written()).isEqualTo(JACKSON.writeValueAsString(number));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:00Z",
        "2026-11-29T18:05:09Z",
        "0000-02-29T23:59:59Z",
        "9999-12-31T23:59:59Z",
        "+10000-01-01T00:00:00Z",
        "-0001-12-31T00:00:00Z",
        "2026-11-29T18:05:09.120Z",
        "2026-11-29T18:05:09.000000001Z",
      })
  void timesAreAsTheirText(String time) {
    line.time(Instant.parse(time));
    assertThat(written()).isEqualTo("\"" + Instant.parse(time) + "\"");
  }

  @Test
  void arraysAndObjectsAreAsJacksonHasThem() throws JsonProcessingException {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("nix-for-team", "yes");
    fields.put("a\"b", "ü\\");
    line.texts(List.of());
    line.texts(List.of("one"));
    line.texts(List.of("one", "t\two", ""));
    line.texts(fields);
    assertThat(written())
        .isEqualTo(
            "[]"
                + JACKSON.writeValueAsString(List.of("one"))
                + JACKSON.writeValueAsString(List.of("one", "t\two", ""))
                + JACKSON.writeValueAsString(fields));
  }
}
