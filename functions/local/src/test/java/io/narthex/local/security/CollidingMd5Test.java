package io.narthex.local.security;

import static io.narthex.local.security.Doors.BUCKET;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.nix.codec.Compression;
import io.narthex.nix.nar.MalformedNarException;
import io.narthex.nix.nar.NarWriter;
import io.narthex.testkit.SamplePath;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * Two archives with one ETag. The ETag of an upload in parts is the MD5 of the MD5s of its parts,
 * so a second part that begins with one or the other of two colliding blocks makes two objects that
 * differ in nothing that S3 tells of them.
 *
 * @see <a href="https://eprint.iacr.org/2004/199">Collisions for Hash Functions MD4, MD5, HAVAL-128
 *     and RIPEMD</a>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CollidingMd5Test {
  private static final int PART = 5 << 20;

  /** What the format puts in front of the bytes of a file at its root. */
  private static final int HEADER = 96;

  private static final String ONE =
      """
      d131dd02c5e6eec4693d9a0698aff95c2fcab58712467eab4004583eb8fb7f89\
      55ad340609f4b30283e488832571415a085125e8f7cdc99fd91dbdf280373c5b\
      d8823e3156348f5bae6dacd436c919c6dd53e2b487da03fd02396306d248cda0\
      e99f33420f577ee8ce54b67080a80d1ec69821bcb6a8839396f9652b6ff72a70""";

  private static final String OTHER =
      """
      d131dd02c5e6eec4693d9a0698aff95c2fcab50712467eab4004583eb8fb7f89\
      55ad340609f4b30283e4888325f1415a085125e8f7cdc99fd91dbd7280373c5b\
      d8823e3156348f5bae6dacd436c919c6dd53e23487da03fd02396306d248cda0\
      e99f33420f577ee8ce54b67080280d1ec69821bcb6a8839396f965ab6ff72a70""";

  private Doors doors;

  @BeforeAll
  void open(@TempDir Path directory) {
    doors = Doors.open(directory);
  }

  @AfterAll
  void close() {
    doors.close();
  }

  @Test
  void theSecondDoesNotInheritTheVerdictOfTheFirst() {
    byte[] good = nar(ONE);
    byte[] evil = nar(OTHER);
    assertThat(evil).hasSameSizeAs(good).isNotEqualTo(good);
    SamplePath unsigned =
        doors.store.of(doors.store.storePath("twin"), good, Compression.NONE, List.of());
    SamplePath path = unsigned.with(doors.store.signed(unsigned.narInfo()));
    String first = uploadInParts(path.narKey(), good);
    doors.put(path.narInfoKey(), path.narInfoBytes());
    doors.settle();
    assertThat(doors.bucket(path.narKey()).body()).isEqualTo(new String(good, ISO_8859_1));

    assertThat(uploadInParts(path.narKey(), evil)).isEqualTo(first);

    String evilText = new String(evil, ISO_8859_1);
    assertThat(doors.bucket(path.narKey()).body()).isNotEqualTo(evilText);
    doors.settle();
    assertThat(doors.bucket(path.narKey()).body()).isEqualTo(new String(good, ISO_8859_1));
    assertThat(doors.front("/" + path.narInfoKey()).statusCode()).isEqualTo(200);
  }

  /** An archive whose second part of 5 MiB begins with this block. */
  private static byte[] nar(String block) {
    byte[] colliding = HexFormat.of().parseHex(block);
    byte[] bytes = new byte[PART - HEADER + colliding.length];
    System.arraycopy(colliding, 0, bytes, PART - HEADER, colliding.length);
    var out = new ByteArrayOutputStream();
    try {
      new NarWriter(out).file(false, bytes.length, new ByteArrayInputStream(bytes));
    } catch (IOException | MalformedNarException e) {
      throw new IllegalStateException(e);
    }
    return out.toByteArray();
  }

  /** The ETag. */
  private String uploadInParts(String key, byte[] bytes) {
    String id = doors.uploader.createMultipartUpload(c -> c.bucket(BUCKET).key(key)).uploadId();
    var parts = new ArrayList<CompletedPart>();
    for (int from = 0; from < bytes.length; from += PART) {
      byte[] part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + PART));
      int number = parts.size() + 1;
      String etag =
          doors
              .uploader
              .uploadPart(
                  u -> u.bucket(BUCKET).key(key).uploadId(id).partNumber(number),
                  RequestBody.fromBytes(part))
              .eTag();
      parts.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
    }
    return doors
        .uploader
        .completeMultipartUpload(
            c -> c.bucket(BUCKET).key(key).uploadId(id).multipartUpload(m -> m.parts(parts)))
        .eTag();
  }
}
