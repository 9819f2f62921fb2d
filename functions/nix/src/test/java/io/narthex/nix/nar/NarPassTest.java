package io.narthex.nix.nar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.nix.codec.Compression;
import io.narthex.nix.codec.Encoders;
import io.narthex.nix.hash.Hash;
import io.narthex.nix.hash.HashAlgorithm;
import io.narthex.nix.path.StoreDir;
import io.narthex.nix.path.StorePathHash;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All of it by one thread and by two. */
class NarPassTest {
  enum Threads {
    ONE(Long.MAX_VALUE),
    TWO(0);

    private final long twoThreadsFrom;

    Threads(long twoThreadsFrom) {
      this.twoThreadsFrom = twoThreadsFrom;
    }

    NarPass pass() {
      return new NarPass(StoreDir.DEFAULT, NarPassLimits.DEFAULT, twoThreadsFrom);
    }
  }

  /** NarHash of the fixture's narinfo: 0lxjvvpr59c2mdram7ympy5ay741f180kv3349hvfc3f8nrmbqf6. */
  private static final String NAR_HASH =
      "c6e155b3456e30b7612263ec095070811caf8abfd59faa72ab82a592efdeb253";

  private static final byte[] NET_TOOLS = NarFixtures.read("nar/net-tools-1.60.nar");

  @AfterEach
  void leavesNoThreadBehind() {
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("nar-pass");
  }

  @ParameterizedTest
  @EnumSource
  void findsInARealArchiveWhatItsNarinfoSays(Threads threads) throws Exception {
    NarInspection found = inspect(threads, Compression.XZ, NET_TOOLS, NET_TOOLS.length);
    ArchiveOutcome.WellFormed archive = (ArchiveOutcome.WellFormed) found.archive();
    assertThat(archive.nar())
        .isEqualTo(new StreamDigest(Hash.parse(HashAlgorithm.SHA256, NAR_HASH), 464_152));
    assertThat(archive.listing()).contains(NarFixtures.listing(NET_TOOLS));
    assertThat(archive.storePaths().complete()).isTrue();
    assertThat(archive.storePaths().names())
        .containsEntry(new StorePathHash("7gx4kiv5m0i7d7qkixq2cwzbr10lvxwc"), "glibc-2.27");
    assertThat(found.file()).isEqualTo(digest(encode(Compression.XZ, NET_TOOLS)));
  }

  @ParameterizedTest
  @EnumSource
  void digestsOnceWhereNothingIsCompressed(Threads threads) throws Exception {
    NarInspection found = inspect(threads, Compression.NONE, NET_TOOLS, NET_TOOLS.length);
    assertThat(((ArchiveOutcome.WellFormed) found.archive()).nar()).isEqualTo(found.file());
    assertThat(found.file()).isEqualTo(digest(NET_TOOLS));
  }

  @ParameterizedTest
  @EnumSource
  void reportsWhereAnArchiveIsMalformedAndStillDigestsAllOfIt(Threads threads) throws Exception {
    byte[] trailing = Arrays.copyOf(NET_TOOLS, NET_TOOLS.length + 1);
    NarInspection found = inspect(threads, Compression.ZSTD, trailing, trailing.length);
    assertThat(found.archive())
        .isEqualTo(
            new ArchiveOutcome.Malformed(
                digest(trailing), NET_TOOLS.length, "bytes after the end of the archive"));
  }

  @ParameterizedTest
  @EnumSource
  void stopsAtTheDeclaredSizeAndStillDigestsTheFile(Threads threads) throws Exception {
    for (Compression codec : List.of(Compression.NONE, Compression.XZ)) {
      for (long limit : new long[] {0, 1, NET_TOOLS.length - 1}) {
        NarInspection found = inspect(threads, codec, NET_TOOLS, limit);
        assertThat(found.archive()).isEqualTo(new ArchiveOutcome.TooLarge(limit));
        assertThat(found.file()).isEqualTo(digest(encode(codec, NET_TOOLS)));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void showsNoByteBeyondTheDeclaredSize(Threads threads) throws Exception {
    byte[] bomb = NarFixtures.fileNar(new byte[5_000_000]);
    for (Compression codec : List.of(Compression.NONE, Compression.XZ)) {
      DigestingSink seen = new DigestingSink();
      NarListeners listeners = new NarListeners(List.of(), List.of(seen));
      InputStream source = new ByteArrayInputStream(encode(codec, bomb));
      threads.pass().inspect(codec, 1_000_000, source, listeners);
      assertThat(seen.finish().size()).isLessThanOrEqualTo(1_000_000);
    }
  }

  @ParameterizedTest
  @EnumSource
  void acceptsAnArchiveThatIsSmallerThanDeclared(Threads threads) throws Exception {
    NarInspection found = inspect(threads, Compression.GZIP, NET_TOOLS, Long.MAX_VALUE);
    assertThat(found.archive()).isInstanceOf(ArchiveOutcome.WellFormed.class);
  }

  @ParameterizedTest
  @EnumSource
  void reportsCorruptStreamsAndStillDigestsTheFile(Threads threads) throws Exception {
    byte[] encoded = encode(Compression.XZ, NET_TOOLS);
    encoded[encoded.length / 2] ^= 1;
    NarInspection found = inspectFile(threads, Compression.XZ, encoded);
    assertThat(found.archive()).isInstanceOf(ArchiveOutcome.Corrupt.class);
    assertThat(found.file()).isEqualTo(digest(encoded));
  }

  @ParameterizedTest
  @EnumSource
  void reportsTheWrongLabelAsCorrupt(Threads threads) throws Exception {
    NarInspection found = inspectFile(threads, Compression.ZSTD, NET_TOOLS);
    assertThat(found.archive()).isInstanceOf(ArchiveOutcome.Corrupt.class);
    assertThat(found.file()).isEqualTo(digest(NET_TOOLS));
  }

  @ParameterizedTest
  @EnumSource
  void reportsLabelsItCannotDecodeAndStillDigestsTheFile(Threads threads) throws Exception {
    NarInspection found = inspectFile(threads, Compression.LZIP, NET_TOOLS);
    assertThat(found.archive()).isEqualTo(new ArchiveOutcome.Unsupported(Compression.LZIP));
    assertThat(found.file()).isEqualTo(digest(NET_TOOLS));
  }

  @ParameterizedTest
  @EnumSource
  void passesFailuresOfTheSourceUnchanged(Threads threads) throws Exception {
    IOException failure = new IOException("connection reset");
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw failure;
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            throw failure;
          }
        };
    for (Compression codec : List.of(Compression.NONE, Compression.XZ)) {
      byte[] encoded = encode(codec, NET_TOOLS);
      for (int good : new int[] {0, encoded.length / 2, encoded.length}) {
        InputStream source =
            new SequenceInputStream(new ByteArrayInputStream(encoded, 0, good), broken);
        assertThatThrownBy(() -> threads.pass().inspect(codec, NET_TOOLS.length, source))
            .isSameAs(failure);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void passesFailuresOfListenersUnchanged(Threads threads) throws Exception {
    IllegalStateException failure = new IllegalStateException("listener");
    ByteSink failing =
        (buffer, offset, length) -> {
          throw failure;
        };
    NarListeners listeners = new NarListeners(List.of(), List.of(failing));
    byte[] nar = NarFixtures.fileNar(new byte[3_000_000]);
    for (Compression codec : List.of(Compression.NONE, Compression.XZ)) {
      InputStream source = new ByteArrayInputStream(encode(codec, nar));
      assertThatThrownBy(() -> threads.pass().inspect(codec, nar.length, source, listeners))
          .isSameAs(failure);
    }
  }

  @ParameterizedTest
  @EnumSource
  void tellsListenersTheTreeAndTheBytes(Threads threads) throws Exception {
    EventLog log = new EventLog();
    DigestingSink bytes = new DigestingSink();
    NarListeners listeners = new NarListeners(List.of(log), List.of(bytes));
    byte[] nar = NarFixtures.fileNar("hello\n".getBytes(UTF_8));
    InputStream source = new ByteArrayInputStream(encode(Compression.BZIP2, nar));
    threads.pass().inspect(Compression.BZIP2, nar.length, source, listeners);
    assertThat(log.events()).containsExactly("file 6 at 96", "contents hello\n");
    assertThat(bytes.finish()).isEqualTo(digest(nar));
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "XZ", "ZSTD", "GZIP", "BZIP2", "LZ4"})
  void findsTheSameByOneThreadAndByTwo(Compression codec) throws Exception {
    Random random = new Random(codec.label().hashCode());
    for (int round = 0; round < 5; round++) {
      byte[] contents = new byte[random.nextInt(2_000_000)];
      random.nextBytes(contents);
      Arrays.fill(contents, contents.length / 3, contents.length, (byte) 'a');
      byte[] file = encode(codec, NarFixtures.fileNar(contents));
      if (random.nextBoolean()) {
        file[random.nextInt(file.length)] ^= 4;
      }
      assertThat(inspectFile(Threads.TWO, codec, file))
          .isEqualTo(inspectFile(Threads.ONE, codec, file));
    }
  }

  private static NarInspection inspect(Threads threads, Compression codec, byte[] nar, long narSize)
      throws Exception {
    return threads.pass().inspect(codec, narSize, new ByteArrayInputStream(encode(codec, nar)));
  }

  private static NarInspection inspectFile(Threads threads, Compression codec, byte[] file)
      throws IOException {
    return threads.pass().inspect(codec, 4_000_000, new ByteArrayInputStream(file));
  }

  private static StreamDigest digest(byte[] bytes) {
    DigestingSink sink = new DigestingSink();
    sink.feed(bytes, 0, bytes.length);
    return sink.finish();
  }

  private static byte[] encode(Compression codec, byte[] bytes) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream encoder = Encoders.open(codec, out, codec == Compression.XZ ? 1 : 3)) {
      encoder.write(bytes);
    }
    return out.toByteArray();
  }
}
