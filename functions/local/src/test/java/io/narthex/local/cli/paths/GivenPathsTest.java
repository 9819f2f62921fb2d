package io.narthex.local.cli.paths;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GivenPathsTest {
  private static final String A = "/nix/store/ff02d7vkz345h0dfc9g5amji98hljm8a-b";
  private static final String B = "/nix/store/ww5ixrr91z8mx6fzy97kwzl5lv5slwdr-a";
  private static final String NOWHERE = "/nix/store/00000000000000000000000000000000-x";

  /** What a Nix prints for a path and what it refers to. */
  record Printed(String nix, String json) {
    @Override
    public String toString() {
      return nix;
    }
  }

  static Stream<Printed> printed() {
    return Stream.of(
        new Printed(
            "2.8.0",
            """
            [{"path":"%s","narHash":"sha256-mo72GeNUlvcSernpiTlvWgBzqlNOkCESiUq5MzcY2RM=",\
            "narSize":160,"references":["%s"],"registrationTime":1795946017,"ultimate":true},\
            {"path":"%2$s","narHash":"sha256-IlLUt4yU6Mes5OMxe3i9/mS8jjlwpk620vfCpEPAw/w=",\
            "narSize":120,"references":[],"registrationTime":1795946017}]
            """
                .formatted(A, B)),
        new Printed(
            "2.34.8",
            """
            {"%s":{"ca":null,"narHash":"sha256-mo72GeNUlvcSernpiTlvWgBzqlNOkCESiUq5MzcY2RM=",\
            "narSize":160,"references":["%s"],"signatures":[],"storeDir":"/nix/store","version":1},\
            "%2$s":{"ca":"text:sha256:193s6bfb4ncbr0d3rpb177cac43b2z2h3afxi7grcswgci346hwg",\
            "narSize":120,"references":[],"signatures":[],"storeDir":"/nix/store","version":1}}
            """
                .formatted(A, B)),
        new Printed(
            "2.34.8 --json-format 2",
            """
            {"info":{"%s":{"ca":null,"narSize":160,"references":["%s"],"version":2},\
            "%2$s":{"narSize":120,"references":[],"version":2}},\
            "storeDir":"/nix/store","version":2}
            """
                .formatted(A.substring(11), B.substring(11))));
  }

  @ParameterizedTest
  @MethodSource("printed")
  void readsWhatNixPrints(Printed printed) {
    GivenPaths paths = GivenPaths.parse(printed.json());
    assertThat(paths.paths()).containsExactly(A, B);
    assertThat(paths.closure(GivenPathsTest::nobodyIsAsked)).containsExactly(A, B);
  }

  private static List<String> nobodyIsAsked(List<String> paths) {
    throw new AssertionError("asked for " + paths);
  }

  @Test
  void readsAListAsPeopleMakeThem() {
    assertThat(GivenPaths.parse("\n" + A + "\r\n  " + B + "\n\n" + A).paths())
        .containsExactly(A, B);
    assertThat(GivenPaths.parse("").paths()).isEmpty();
    assertThat(GivenPaths.parse("[]").paths()).isEmpty();
  }

  @Test
  void aPathThatTheStoreDoesNotHaveIsAPathAllTheSame() {
    String old = "[{\"path\":\"%s\",\"valid\":false}]".formatted(NOWHERE);
    String now = "{\"%s\":null}".formatted(NOWHERE);
    assertThat(GivenPaths.parse(old).paths()).containsExactly(NOWHERE);
    assertThat(GivenPaths.parse(now).paths()).containsExactly(NOWHERE);
  }

  /** Without {@code --recursive} the references of references are not there. */
  @Test
  void asksForWhatTheInputDoesNotSay() {
    var asked = new ArrayList<String>();
    String json = "{\"%s\":{\"references\":[\"%s\"]}}".formatted(A, B);
    GivenPaths paths = GivenPaths.parse(json).and(GivenPaths.of(Stream.of(A)));
    assertThat(
            paths.closure(
                open -> {
                  asked.addAll(open);
                  return List.of(B, NOWHERE);
                }))
        .containsExactly(A, B, NOWHERE);
    assertThat(asked).containsExactly(B);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[1, 2]", "[{\"name\": 1}]", "{\"a\":"})
  void refusesWhatOnlyBeginsLikeJson(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> GivenPaths.parse(text));
  }
}
