package io.narthex.nix.nar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DebugInfoLinksTest {
  private static final String REST = "623eda209c26a59b1a8638ff7752f6b945c26b";
  private static final String URL = "nar/100vxs724qr46phz8m24iswmg9p3785hsyagz0kchf6q6gf06sw6.nar";

  /** The object of Nix's functional test of {@code index-debug-info}. */
  private static final String JSON =
      "{\"archive\":\"../" + URL + "\",\"member\":\"lib/debug/.build-id/02/" + REST + ".debug\"}";

  @Test
  void linksWhatNixLinks() throws MalformedNarException {
    DebugInfoLinks links =
        DebugInfoLinks.of(listing(".build-id", "02", REST + ".debug", "regular"), URL);
    assertThat(links.byBuildId()).containsOnlyKeys("02" + REST);
    assertThat(links.byBuildId().values())
        .extracting(DebugInfoLink::toJson)
        .containsExactly(JSON.getBytes(UTF_8));
    assertThat(DebugInfoLinks.key("02" + REST)).isEqualTo("debuginfo/02" + REST + ".debug");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "build-id 02 REST.debug regular",
        ".build-id 0 REST.debug regular",
        ".build-id 0G REST.debug regular",
        ".build-id 0A REST.debug regular",
        ".build-id 02 REST regular",
        ".build-id 02 RESTa.debug regular",
        ".build-id 02 REST.debug symlink",
        ".build-id 02 REST.debug directory",
      })
  void linksNothingElse(String path) throws MalformedNarException {
    String[] parts = path.replace("REST", REST).split(" ");
    NarListing listing = listing(parts[0], parts[1], parts[2], parts[3]);
    assertThat(DebugInfoLinks.of(listing, URL).byBuildId()).isEmpty();
  }

  @Test
  void hasNothingToLinkInAFile() throws MalformedNarException {
    NarListing file = NarFixtures.listing(NarFixtures.fileNar(new byte[3]));
    assertThat(DebugInfoLinks.of(file, URL).byBuildId()).isEmpty();
  }

  @Test
  void readsItsOwnJsonInAnyOrderOfKeys() throws MalformedDebugInfoLinkException {
    DebugInfoLink link = DebugInfoLink.parse(JSON.getBytes(UTF_8));
    assertThat(link.toJson()).isEqualTo(JSON.getBytes(UTF_8));
    String swapped =
        "{ \"member\": \""
            + link.member()
            + "\", \"x\": [1], \"archive\": \""
            + link.archive()
            + "\" }";
    assertThat(DebugInfoLink.parse(swapped.getBytes(UTF_8))).isEqualTo(link);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"archive\":\"x\"}",
        "{\"archive\":\"x\",\"member\":1}",
        "{\"archive\":",
        "{\"archive\":\"x\",\"archive\":\"y\",\"member\":\"z\"}",
        "{\"archive\":\"x\",\"member\":\"z\"}1"
      })
  void refusesWhatIsNoLink(String json) {
    assertThatThrownBy(() -> DebugInfoLink.parse(json.getBytes(UTF_8)))
        .isInstanceOf(MalformedDebugInfoLinkException.class);
  }

  private static NarListing listing(String buildIds, String first, String rest, String type)
      throws MalformedNarException {
    byte[] nar =
        NarFixtures.write(
            writer -> {
              for (String name : new String[] {"lib", "debug", buildIds, first}) {
                writer.startDirectory();
                writer.entry(NarName.of(name));
              }
              writer.startDirectory();
              writer.entry(NarName.of(rest));
              writeNode(writer, type);
              for (int i = 0; i < 5; i++) {
                writer.endDirectory();
              }
            });
    return NarFixtures.listing(nar);
  }

  private static void writeNode(NarWriter writer, String type)
      throws IOException, MalformedNarException {
    switch (type) {
      case "regular" -> writer.file(false, 0, InputStream.nullInputStream());
      case "symlink" -> writer.symlink(LinkTarget.of("x"));
      default -> {
        writer.startDirectory();
        writer.endDirectory();
      }
    }
  }
}
