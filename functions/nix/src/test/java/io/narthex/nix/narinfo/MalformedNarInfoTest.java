package io.narthex.nix.narinfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files under {@code fixtures/narinfo/malformed}, each named for its fault. */
class MalformedNarInfoTest {
  /** Which line and field must be blamed; a dash stands for no field. */
  record Case(String file, int line, String field) {
    static Case parse(String row) {
      String[] cells = row.split(" ", -1);
      return new Case(cells[0], Integer.parseInt(cells[1]), cells[2].replace("-", ""));
    }

    @Override
    public String toString() {
      return file;
    }
  }

  static Case[] cases() {
    String[] rows = {
      "duplicate-store-path 2 StorePath",
      "duplicate-url 3 URL",
      "duplicate-compression 4 Compression",
      "duplicate-file-hash 5 FileHash",
      "duplicate-file-size 6 FileSize",
      "duplicate-nar-hash 7 NarHash",
      "duplicate-nar-size 8 NarSize",
      "duplicate-references 9 References",
      "duplicate-deriver 10 Deriver",
      "duplicate-ca 12 CA",
      "duplicate-system 12 System",
      "duplicate-empty-references 11 References",
      "missing-store-path 0 StorePath",
      "missing-url 0 URL",
      "missing-nar-hash 0 NarHash",
      "missing-nar-size 0 NarSize",
      "empty-file 0 StorePath",
      "missing-final-newline 10 -",
      "crlf 1 StorePath",
      "blank-line 5 -",
      "blank-line-at-end 11 -",
      "line-without-colon 3 -",
      "empty-field-name 3 -",
      "references-without-space 8 References",
      "no-space-but-wide-character-after-colon 2 URL",
      "not-utf-8 0 -",
      "carriage-return-in-url 2 URL",
      "nul-in-url 2 URL",
      "next-line-character-in-url 2 URL",
      "escape-in-unknown-field 3 Note",
      "control-character-in-field-name 3 -",
      "empty-url 2 URL",
      "store-path-relative 1 StorePath",
      "store-path-without-name 1 StorePath",
      "store-path-with-empty-name 1 StorePath",
      "store-path-hash-too-short 1 StorePath",
      "store-path-hash-not-nix32 1 StorePath",
      "store-path-name-too-long 1 StorePath",
      "store-path-name-dot-dot 1 StorePath",
      "store-path-name-dot-dash 1 StorePath",
      "store-path-name-with-space 1 StorePath",
      "store-path-trailing-slash 1 StorePath",
      "store-dir-dot-dot 1 StorePath",
      "store-dir-is-root 1 StorePath",
      "nar-hash-without-algorithm 6 NarHash",
      "nar-hash-unknown-algorithm 6 NarHash",
      "nar-hash-sha1 6 NarHash",
      "nar-hash-too-short 6 NarHash",
      "nar-hash-not-nix32 6 NarHash",
      "nar-hash-excess-bits 6 NarHash",
      "nar-hash-trailing-space 6 NarHash",
      "file-hash-empty 4 FileHash",
      "file-hash-not-base16 4 FileHash",
      "nar-size-zero 7 NarSize",
      "nar-size-negative 7 NarSize",
      "nar-size-empty 7 NarSize",
      "nar-size-hexadecimal 7 NarSize",
      "nar-size-leading-space 7 NarSize",
      "nar-size-2-to-the-63 7 NarSize",
      "nar-size-2-to-the-64 7 NarSize",
      "nar-size-arabic-digits 7 NarSize",
      "file-size-not-a-number 5 FileSize",
      "reference-is-full-path 8 References",
      "reference-without-name 8 References",
      "references-separated-by-tab 8 References",
      "deriver-empty 9 Deriver",
      "deriver-is-full-path 9 Deriver",
      "sig-without-colon 10 Sig",
      "sig-without-key-name 10 Sig",
      "sig-without-signature 10 Sig",
      "sig-only-padding 10 Sig",
      "sig-not-base64 10 Sig",
      "sig-with-space 10 Sig",
      "second-sig-malformed 11 Sig",
      "ca-unknown-method 11 CA",
      "ca-without-hash 11 CA",
      "ca-sri 11 CA",
      "ca-unknown-algorithm 11 CA"
    };
    return Arrays.stream(rows).map(Case::parse).toArray(Case[]::new);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void namesLineAndField(Case malformed) {
    byte[] bytes = NarInfoFixtures.narInfo("malformed/" + malformed.file);

    MalformedNarInfoException fault =
        catchThrowableOfType(MalformedNarInfoException.class, () -> NarInfo.parse(bytes));

    assertThat(fault).isNotNull();
    assertThat(fault.line()).isEqualTo(malformed.line);
    assertThat(fault.field()).isEqualTo(malformed.field);
    assertThat(fault.reason()).isNotBlank();
    assertThat(fault.getMessage()).contains(fault.reason()).matches("\\P{Cntrl}+");
  }

  @Test
  void everyFileIsInTheTable() {
    assertThat(Arrays.stream(cases()).map(Case::file))
        .containsExactlyInAnyOrderElementsOf(NarInfoFixtures.names("malformed"));
  }
}
