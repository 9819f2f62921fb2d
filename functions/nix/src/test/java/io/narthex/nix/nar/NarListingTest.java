package io.narthex.nix.nar;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NarListingTest {
  /** The tree of Nix's functional test of {@code write-nar-listing}, as Nix 2.35 writes it. */
  private static final String NEW =
      "{\"root\":{\"entries\":{"
          + "\"bar\":{\"executable\":false,\"narOffset\":232,\"size\":4,\"type\":\"regular\"},"
          + "\"link\":{\"target\":\"xyzzy\",\"type\":\"symlink\"}},"
          + "\"type\":\"directory\"},\"version\":1}";

  /** The same as Nix 2.8 writes it. */
  private static final String OLD =
      "{\"version\":1,\"root\":{\"type\":\"directory\",\"entries\":{"
          + "\"bar\":{\"type\":\"regular\",\"size\":4,\"narOffset\":232},"
          + "\"link\":{\"type\":\"symlink\",\"target\":\"xyzzy\"}}}}";

  private static NarListing example() throws MalformedNarException {
    return NarFixtures.listing(
        NarTokens.archive()
            .tokens("(", "type", "directory")
            .tokens("entry", "(", "name", "bar", "node")
            .tokens("(", "type", "regular", "contents", "foo\n", ")", ")")
            .tokens("entry", "(", "name", "link", "node")
            .tokens("(", "type", "symlink", "target", "xyzzy", ")", ")", ")")
            .toBytes());
  }

  @Test
  void writesTheBytesThatNixWrites() throws MalformedNarException {
    assertThat(json(example())).isEqualTo(NEW);
  }

  @Test
  void writesEmptyDirectoriesAndExecutables() throws Exception {
    NarTokens nar = NarTokens.archive().tokens("(", "type", "directory", ")");
    assertThat(json(NarFixtures.listing(nar.toBytes())))
        .isEqualTo("{\"root\":{\"entries\":{},\"type\":\"directory\"},\"version\":1}");
    assertThat(json(new NarListing(new NarNode.Regular(true, 0, 120))))
        .isEqualTo(
            "{\"root\":{\"executable\":true,\"narOffset\":120,\"size\":0,\"type\":\"regular\"},"
                + "\"version\":1}");
  }

  @Test
  void escapesNamesAsNixDoes() {
    String name = "q\" b\\ \b\f\n\r\t \u0001\u001f \u007f ü";
    NarListing listing = new NarListing(new NarNode.Symlink(LinkTarget.of(name)));
    assertThat(json(listing)).contains("\"q\\\" b\\\\ \\b\\f\\n\\r\\t \\u0001\\u001f \u007f ü\"");
  }

  @Test
  void hasNoJsonForNamesThatAreNotUtf8ButADigest() {
    NarListing odd = new NarListing(new NarNode.Symlink(new LinkTarget("\u00ff")));
    NarListing other = new NarListing(new NarNode.Symlink(new LinkTarget("\u00fe")));
    assertThat(odd.toJson()).isEmpty();
    assertThat(odd.sha256()).isNotEqualTo(other.sha256());
  }

  @Test
  void readsWhatOldAndNewNixWrite() throws Exception {
    NarListing derived = example();
    for (String uploaded : List.of(NEW, OLD)) {
      NarListing parsed = NarListing.parse(uploaded.getBytes(UTF_8));
      assertThat(parsed.sameTreeAs(derived)).isTrue();
      assertThat(parsed.sha256()).isEqualTo(derived.sha256());
    }
  }

  @Test
  void tellsTreesApartThatDifferInOneField() throws Exception {
    for (String change :
        List.of(
            "4,\"narOffset\":233",
            "5,\"narOffset\":232",
            "4,\"executable\":true,\"narOffset\":232")) {
      String uploaded = OLD.replace("4,\"narOffset\":232", change);
      assertThat(NarListing.parse(uploaded.getBytes(UTF_8)).sameTreeAs(example())).isFalse();
    }
  }

  @Test
  void readsBackARealListing() throws Exception {
    NarListing listing = NarFixtures.listing(NarFixtures.read("nar/net-tools-1.60.nar"));
    NarListing parsed = NarListing.parse(listing.toJson().orElseThrow());
    assertThat(parsed).isEqualTo(listing);
    assertThat(parsed.find(List.of(NarName.of("bin"), NarName.of("hostname"))))
        .containsInstanceOf(NarNode.Regular.class);
    assertThat(parsed.find(List.of(NarName.of("bin"), NarName.of("absent")))).isEmpty();
  }

  @Test
  void findsEveryEntryOfADirectory() throws MalformedNarException {
    NarListing listing = NarFixtures.listing(NarFixtures.read("nar/valid-case.nar"));
    NarNode.Directory root = (NarNode.Directory) listing.root();
    assertThat(root.entries()).isNotEmpty();
    for (NarNode.Entry entry : root.entries()) {
      assertThat(root.entry(entry.name())).contains(entry.node());
    }
  }

  record Hostile(String what, String json, String reason) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Hostile> hostile() {
    return Stream.of(
        new Hostile("empty", "", "expected START_OBJECT"),
        new Hostile("not JSON", "<html>", "not JSON"),
        new Hostile("truncated", NEW.substring(0, 40), "not JSON"),
        new Hostile("no root", "{\"version\":1}", "no root"),
        new Hostile("no version", NEW.replace(",\"version\":1", ""), "no version"),
        new Hostile("version 2", NEW.replace("version\":1", "version\":2"), "expected version 1"),
        new Hostile("key twice", NEW.replace("{\"root", "{\"version\":1,\"root"), "Duplicate"),
        new Hostile("name twice", NEW.replace("\"link\"", "\"bar\""), "Duplicate"),
        new Hostile("slash in a name", NEW.replace("\"link\"", "\"l/k\""), "contains '/'"),
        new Hostile("dot-dot", NEW.replace("\"link\"", "\"..\""), "not allowed"),
        new Hostile("unknown type", NEW.replace("symlink", "socket"), "unknown type 'socket'"),
        new Hostile("no size", NEW.replace("\"size\":4,", ""), "regular without size"),
        new Hostile("no offset", NEW.replace("\"narOffset\":232,", ""), "without narOffset"),
        new Hostile("negative size", NEW.replace("size\":4", "size\":-4"), "negative"),
        new Hostile("huge size", NEW.replace("size\":4", "size\":1e99"), "expected VALUE_NUMBER"),
        new Hostile("size over 63 bits", NEW.replace(":4,", ":99999999999999999999,"), "not JSON"),
        new Hostile("size as text", NEW.replace(":4,", ":\"4\","), "expected VALUE_NUMBER_INT"),
        new Hostile("empty target", NEW.replace("xyzzy", ""), "empty symlink target"),
        new Hostile("lone surrogate", NEW.replace("xyzzy", "\\ud800"), "surrogate"),
        new Hostile("two listings", NEW + NEW, "something follows"),
        new Hostile("deep", "{\"root\":{\"entries\":{\"d\":".repeat(100_000), "not JSON"),
        new Hostile("deep arrays", "{\"x\":" + "[".repeat(100_000), "not JSON"),
        new Hostile("long number", "{\"version\":" + "1".repeat(100_000) + "}", "not JSON"));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void refuses(Hostile hostile) {
    assertThatThrownBy(() -> NarListing.parse(hostile.json().getBytes(UTF_8)))
        .isInstanceOf(MalformedListingException.class)
        .hasMessageContaining(hostile.reason());
  }

  @Test
  void refusesUtf16AndInvalidUtf8() {
    assertThatThrownBy(() -> NarListing.parse(NEW.getBytes(UTF_16)))
        .isInstanceOf(MalformedListingException.class);
    byte[] bytes = NEW.getBytes(UTF_8);
    bytes[NEW.indexOf("xyzzy")] = (byte) 0xff;
    assertThatThrownBy(() -> NarListing.parse(bytes)).isInstanceOf(MalformedListingException.class);
  }

  @Test
  void onlyItsOwnExceptionEscapesWhateverTheBytes() {
    Random random = new Random(7);
    int refused = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] json = NEW.getBytes(UTF_8);
      json[random.nextInt(json.length)] = (byte) random.nextInt(256);
      json[random.nextInt(json.length)] = (byte) random.nextInt(256);
      try {
        NarListing.parse(json);
      } catch (MalformedListingException e) {
        assertThat(e).hasMessageMatching("(?s).+");
        refused++;
      }
    }
    assertThat(refused).isBetween(10_000, 19_999);
  }

  @Test
  void givesUpOnTooManyEntriesOnly() throws MalformedNarException {
    byte[] nar = NarFixtures.read("nar/net-tools-1.60.nar");
    EventLog log = new EventLog();
    NarFixtures.parse(nar, log);
    int entries = (int) log.events().stream().filter(event -> event.startsWith("entry ")).count();
    assertThat(listing(nar, entries, NarListingBuilder.MAX_TEXT)).isPresent();
    assertThat(listing(nar, entries - 1, NarListingBuilder.MAX_TEXT)).isEmpty();
  }

  @Test
  void givesUpOnTooLongNamesAndTargetsOnly() throws MalformedNarException {
    NarListingBuilder builder = new NarListingBuilder(10, 4 + 4095);
    builder.startDirectory();
    builder.entry(NarName.of("four"));
    builder.symlink(new LinkTarget("x".repeat(4095)));
    assertThat(builder.overflowed()).isFalse();
    builder.entry(NarName.of("b"));
    assertThat(builder.overflowed()).isTrue();
    builder.symlink(new LinkTarget("y"));
    builder.endDirectory();
    assertThat(builder.listing()).isEmpty();
  }

  private static Optional<NarListing> listing(byte[] nar, int maxEntries, long maxText)
      throws MalformedNarException {
    NarListingBuilder builder = new NarListingBuilder(maxEntries, maxText);
    NarFixtures.parse(nar, builder);
    assertThat(builder.overflowed()).isEqualTo(builder.listing().isEmpty());
    return builder.listing();
  }

  private static String json(NarListing listing) {
    return new String(listing.toJson().orElseThrow(), UTF_8);
  }
}
