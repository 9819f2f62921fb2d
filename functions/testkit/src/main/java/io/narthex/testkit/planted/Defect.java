package io.narthex.testkit.planted;

import static io.narthex.testkit.planted.Spoiling.appended;
import static io.narthex.testkit.planted.Spoiling.cut;
import static io.narthex.testkit.planted.Spoiling.flipped;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.narthex.cache.verdict.CheckName;
import io.narthex.nix.codec.Compression;
import io.narthex.testkit.SampleStore;

/** One thing that is wrong with a path, which one check finds and no other. */
public enum Defect {
  NARINFO_EMPTY(CheckName.NARINFO_SYNTAX, (d, at) -> at.narInfo(d, "")),
  NARINFO_FIELD_TWICE(
      CheckName.NARINFO_SYNTAX, (d, at) -> at.narInfo(d, d.text() + "URL: nar/other.nar\n")),
  NARINFO_WITHOUT_STORE_PATH(CheckName.NARINFO_SYNTAX, (d, at) -> at.path(d.remove("StorePath"))),
  NARINFO_NAR_SIZE_NO_NUMBER(CheckName.NARINFO_SYNTAX, (d, at) -> at.path(d.set("NarSize", "-1"))),
  NARINFO_NOT_UTF8(
      CheckName.NARINFO_SYNTAX,
      (d, at) ->
          at.narInfo(d, appended(d.narInfo(), new byte[] {'A', ':', ' ', (byte) 0xff, '\n'}))),
  KEY_OF_ANOTHER_PATH(
      CheckName.KEY_MATCHES_STORE_PATH, (d, at) -> at.path(at.soundPath().key(d.key()))),
  STORE_DIR_OF_OTHERS(CheckName.STORE_DIR, (d, at) -> at.path(at.signed(d.storeDir("/gnu/store")))),
  URL_UPWARDS(CheckName.URL, (d, at) -> at.path(d.set("URL", "nar/../../" + d.url()))),
  URL_OF_ANOTHER_HOST(
      CheckName.URL, (d, at) -> at.path(d.set("URL", "https://evil.example/" + d.url()))),
  REFERENCE_NO_PATH(
      CheckName.REFERENCES, (d, at) -> at.path(at.signed(d.set("References", "glibc")))),
  NAR_ABSENT(CheckName.NAR_PRESENT, (d, at) -> at.narInfo(d, d.text())),
  NAR_NAMED_BY_ANOTHER_HASH(
      CheckName.NAR_NAME,
      (d, at) ->
          at.path(
              d.set(
                  "URL",
                  "nar/"
                      + SampleStore.sha256(d.narInfo()).nix32()
                      + ".nar"
                      + d.compression().suffix()))),
  FILE_HASH_WRONG(
      CheckName.FILE_HASH,
      (d, at) -> at.path(d.set("FileHash", SampleStore.sha256(d.narInfo()).toString()))),
  FILE_HASH_WRONG_OF_SHARED(
      CheckName.FILE_HASH,
      (d, at) ->
          at.path(at.sharing(d).set("FileHash", SampleStore.sha256(d.narInfo()).toString()))),
  FILE_SIZE_WRONG(
      CheckName.FILE_SIZE, (d, at) -> at.path(d.set("FileSize", "" + (d.file().length + 1)))),
  COMPRESSION_UNKNOWN(CheckName.COMPRESSION, (d, at) -> at.path(d.set("Compression", "snappy"))),
  COMPRESSION_OF_ANOTHER_KIND(
      CheckName.COMPRESSION,
      (d, at) -> at.path(d.set("Compression", d.compression() == Compression.XZ ? "zstd" : "xz"))),
  COMPRESSION_OF_SHARED(
      CheckName.COMPRESSION, (d, at) -> at.path(at.sharing(d).set("Compression", "gzip"))),
  STREAM_CUT(CheckName.COMPRESSION, (d, at) -> at.path(d.file(cut(d.file(), 5)))),
  STREAM_FOLLOWED_BY_BYTES(
      CheckName.COMPRESSION,
      (d, at) -> at.path(d.file(appended(d.file(), "trailing bytes".getBytes(US_ASCII))))),
  ARCHIVE_CUT(CheckName.ARCHIVE, (d, at) -> at.archive(d, cut(d.nar(), 8))),
  ARCHIVE_FOLLOWED_BY_BYTES(
      CheckName.ARCHIVE, (d, at) -> at.archive(d, appended(d.nar(), new byte[8]))),
  ARCHIVE_OF_ANOTHER_MAGIC(CheckName.ARCHIVE, (d, at) -> at.archive(d, flipped(d.nar(), 8))),
  NAR_OF_ANOTHER_PATH(
      CheckName.NAR_HASH, (d, at) -> at.path(d.archive(flipped(d.nar(), Bed.tailOf(d.nar()))))),
  NAR_HASH_WRONG_OF_SHARED(
      CheckName.NAR_HASH,
      (d, at) ->
          at.path(
              at.signed(at.sharing(d).set("NarHash", SampleStore.sha256(d.narInfo()).toString())))),
  NAR_SIZE_TOO_SMALL(
      CheckName.NAR_SIZE,
      (d, at) -> at.path(at.signed(d.set("NarSize", "" + (d.nar().length - 8))))),
  NAR_SIZE_TOO_LARGE(
      CheckName.NAR_SIZE,
      (d, at) -> at.path(at.signed(d.set("NarSize", "" + (d.nar().length + 8))))),
  NAR_SIZE_TOO_SMALL_OF_SHARED(
      CheckName.NAR_SIZE, (d, at) -> at.path(at.signed(at.sharing(d).set("NarSize", "17")))),
  CONTENT_ADDRESS_OF_ANOTHER_PATH(
      CheckName.CONTENT_ADDRESS, (d, at) -> at.path(d.set("CA", "fixed:r:" + d.get("NarHash")))),
  CONTENT_ADDRESS_OF_OTHER_CONTENT(
      CheckName.CONTENT_ADDRESS, (d, at) -> at.path(at.addressedByOtherContent())),
  REFERENCE_UNDECLARED(
      CheckName.UNDECLARED_REFERENCES, (d, at) -> at.path(at.mentioningAnother(d))),
  SIGNATURE_ABSENT(CheckName.SIGNATURES, (d, at) -> at.path(d.withSigs())),
  SIGNATURE_OF_A_STRANGER(
      CheckName.SIGNATURES, (d, at) -> at.path(d.withSigs().sign(at.stranger()))),
  SIGNATURE_FORGED(CheckName.SIGNATURES, (d, at) -> at.path(d.withSigs(at.forged(d)))),
  SIGNATURE_OF_ANOTHER_PATH(
      CheckName.SIGNATURES,
      (d, at) -> at.path(d.withSigs(at.soundPath().sigs().toArray(String[]::new)))),
  SIGNATURE_TOO_SHORT(
      CheckName.SIGNATURES, (d, at) -> at.path(d.withSigs(at.keyName() + ":" + "AAAA".repeat(21)))),
  REFERENCE_ABSENT(CheckName.CLOSURE, (d, at) -> at.path(at.referringTo(d, at.absentPath()))),
  REFERENCE_OF_ANOTHER_NAME(
      CheckName.CLOSURE, (d, at) -> at.path(at.referringTo(d, at.renamedPath())));

  private final CheckName check;

  /** A lambda that captures nothing. */
  @SuppressWarnings("ImmutableEnumChecker")
  private final Planting planting;

  Defect(CheckName check, Planting planting) {
    this.check = check;
    this.planting = planting;
  }

  /** Puts it into a path that nothing is wrong with, and the path into the cache. */
  @FunctionalInterface
  interface Planting {
    void plant(Draft sound, Bed at);
  }

  /** Which check finds it. */
  public CheckName check() {
    return check;
  }

  void plant(Draft sound, Bed at) {
    planting.plant(sound, at);
  }
}
