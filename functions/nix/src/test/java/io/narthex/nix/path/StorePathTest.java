package io.narthex.nix.path;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StorePathTest {
  private static final String HASH = "syd87l2rxw8cbsxmxl853h0r6pdwhwjr";

  @Test
  void readsAndWritesBaseNames() {
    StorePath path = StorePath.parse(HASH + "-curl-7.82.0-bin");

    assertThat(path.hash()).isEqualTo(new StorePathHash(HASH));
    assertThat(path.name()).isEqualTo(new StorePathName("curl-7.82.0-bin"));
    assertThat(path).hasToString(HASH + "-curl-7.82.0-bin");
    assertThat(path.isDerivation()).isFalse();
  }

  @Test
  void knowsDerivations() {
    assertThat(StorePath.parse(HASH + "-curl.drv").isDerivation()).isTrue();
    assertThat(StorePath.parse(HASH + "-curl.drv.chroot").isDerivation()).isFalse();
  }

  @Test
  void isOrderedBytewiseByBaseName() {
    assertThat(StorePath.parse("0" + HASH.substring(1) + "-z"))
        .isLessThan(StorePath.parse(HASH + "-a"));
    assertThat(StorePath.parse(HASH + "-B")).isLessThan(StorePath.parse(HASH + "-a"));
    assertThat(StorePath.parse(HASH + "-a")).isLessThan(StorePath.parse(HASH + "-a-"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        HASH,
        HASH + "-",
        HASH + "_x",
        HASH + "/x",
        "-" + HASH + "-x",
        "eyd87l2rxw8cbsxmxl853h0r6pdwhwjr-x",
        "SYD87L2RXW8CBSXMXL853H0R6PDWHWJR-x",
        "/nix/store/" + HASH + "-x",
      })
  void refusesOtherText(String text) {
    assertThatThrownBy(() -> StorePath.parse(text)).isInstanceOf(IllegalArgumentException.class);
    assertThat(isBaseName(text)).isFalse();
  }

  /** As a part of a longer text. */
  private static boolean isBaseName(String text) {
    byte[] around = ("x" + text + "x".repeat(33)).getBytes(UTF_8);
    return StorePath.isBaseName(around, 1, around.length - 33);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "-", "-.", ".x", "..x", "...", "...-", "+-._?=", ".a-", "AZaz09"})
  void allowsNames(String name) {
    assertThat(new StorePathName(name)).hasToString(name);
    assertThat(isBaseName(HASH + "-" + name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "..", ".-", "..-", ".-x", "..-x", "a b", "a/b", "a:b", "é", "\0"})
  void refusesNames(String name) {
    assertThatThrownBy(() -> new StorePathName(name)).isInstanceOf(IllegalArgumentException.class);
    assertThat(isBaseName(HASH + "-" + name)).isFalse();
  }

  @Test
  void limitsNamesTo211Characters() {
    assertThat(new StorePathName("n".repeat(211)).name()).hasSize(211);
    assertThat(isBaseName(HASH + "-" + "n".repeat(211))).isTrue();
    assertThat(isBaseName(HASH + "-" + "n".repeat(212))).isFalse();
    assertThatThrownBy(() -> new StorePathName("n".repeat(212)))
        .hasMessage("store path name has 212 characters, not 1 to 211");
  }

  @Test
  void printsFullPaths() {
    StorePath path = StorePath.parse(HASH + "-curl");

    assertThat(StoreDir.DEFAULT.print(path)).isEqualTo("/nix/store/" + HASH + "-curl");
    assertThat(StoreDir.DEFAULT.parse("/nix/store/" + HASH + "-curl")).isEqualTo(path);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "another directory, /gnu/store/" + HASH + "-x",
    "a directory that begins alike, /nix/storeX" + HASH + "-x",
    "a directory that begins alike and goes on, /nix/store2/" + HASH + "-x",
    "no directory, " + HASH + "-x",
    "deeper down, /nix/store/" + HASH + "-x/bin",
    "a folder between, /nix/store/x/" + HASH + "-x",
    "two slashes, /nix/store//" + HASH + "-x",
    "the directory, /nix/store",
    "the directory with a slash, /nix/store/",
  })
  void refusesPathsElsewhere(String name, String fullPath) {
    assertThatThrownBy(() -> StoreDir.DEFAULT.parse(fullPath))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "nix/store",
        "/nix/store/",
        "//nix",
        "/nix//store",
        "/nix/./store",
        "/nix/..",
        "/nix/st ore",
        "/nix/st;ore",
        "/nix/st,ore",
        "/nix/st:ore",
        "/nix/st\nore",
        "/nix/\ud800"
      })
  void refusesStoreDirectories(String path) {
    assertThatThrownBy(() -> new StoreDir(path)).isInstanceOf(IllegalArgumentException.class);
  }
}
