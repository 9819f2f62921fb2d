package io.narthex.nix.narinfo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files under {@code fixtures/narinfo/quirks}, each named for its oddity. */
class NarInfoQuirkTest {
  /** What must be noted about a file. */
  record Case(String file, Set<NarInfoQuirk> quirks) {
    static Case parse(String row) {
      List<String> cells = List.of(row.split(" ", -1));
      return new Case(
          cells.getFirst(),
          cells.stream().skip(1).map(NarInfoQuirk::valueOf).collect(Collectors.toSet()));
    }

    @Override
    public String toString() {
      return file;
    }
  }

  static Case[] cases() {
    String[] rows = {
      "nar-hash-base16 NAR_HASH_SPELLING",
      "nar-hash-base64 NAR_HASH_SPELLING",
      "nar-hash-sri NAR_HASH_SPELLING",
      "file-hash-base16 FILE_HASH_SPELLING",
      "file-hash-md5 FILE_HASH_SPELLING FILE_HASH_NOT_SHA256",
      "missing-file-hash MISSING_FILE_HASH",
      "missing-file-size MISSING_FILE_SIZE",
      "file-size-zero ZERO_FILE_SIZE",
      "nar-size-leading-zeros NUMBER_SPELLING",
      "missing-compression MISSING_COMPRESSION",
      "empty-compression MISSING_COMPRESSION",
      "unknown-compression UNKNOWN_COMPRESSION",
      "missing-references MISSING_REFERENCES",
      "unsorted-references UNSORTED_REFERENCES",
      "repeated-reference REPEATED_REFERENCE",
      "two-spaces-between-references REFERENCE_SPACING",
      "unknown-deriver UNKNOWN_DERIVER",
      "system SYSTEM_FIELD",
      "unknown-field UNKNOWN_FIELD",
      "repeated-unknown-field UNKNOWN_FIELD",
      "repeated-sig REPEATED_SIGNATURE",
      "sig-without-padding SIGNATURE_SPELLING",
      "unsorted-sigs FIELD_ORDER",
      "store-path-last FIELD_ORDER",
      "tab-after-colon ODD_SEPARATOR",
      "letter-after-colon ODD_SEPARATOR",
      "empty-ca EMPTY_CA",
      "ca-base16 CA_SPELLING"
    };
    return Arrays.stream(rows).map(Case::parse).toArray(Case[]::new);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void notesWhatIsOdd(Case odd) throws MalformedNarInfoException {
    NarInfo info = NarInfo.parse(NarInfoFixtures.narInfo("quirks/" + odd.file));

    assertThat(info.quirks()).isEqualTo(odd.quirks);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void writesItAsNixDoes(Case odd) throws MalformedNarInfoException {
    NarInfo info = NarInfo.parse(NarInfoFixtures.narInfo("quirks/" + odd.file));
    NarInfo again = NarInfo.parse(info.write());

    assertThat(again.write()).isEqualTo(info.write());
    assertThat(again.fingerprint()).isEqualTo(info.fingerprint());
    assertThat(again.quirks())
        .isSubsetOf(
            NarInfoQuirk.UNKNOWN_COMPRESSION,
            NarInfoQuirk.FILE_HASH_NOT_SHA256,
            NarInfoQuirk.MISSING_FILE_HASH,
            NarInfoQuirk.MISSING_FILE_SIZE);
  }

  @Test
  void everyFileAndEveryQuirkIsInTheTable() {
    assertThat(Arrays.stream(cases()).map(Case::file))
        .containsExactlyInAnyOrderElementsOf(NarInfoFixtures.names("quirks"));
    assertThat(Arrays.stream(cases()).flatMap(odd -> odd.quirks.stream()).distinct())
        .containsExactlyInAnyOrderElementsOf(EnumSet.allOf(NarInfoQuirk.class));
  }

  @Test
  void thePlainNarInfoHasNone() throws MalformedNarInfoException {
    byte[] bytes = NarInfoFixtures.narInfo("net-tools-1.60");
    NarInfo info = NarInfo.parse(bytes);

    assertThat(info.quirks()).isEmpty();
    assertThat(info.write()).isEqualTo(new String(bytes, UTF_8));
  }
}
