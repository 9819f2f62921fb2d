package io.narthex.nix.nar;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.codec.Compression;
import io.narthex.nix.codec.CorruptStreamException;
import io.narthex.nix.codec.DecoderLimits;
import io.narthex.nix.codec.Decoders;
import io.narthex.nix.codec.UnsupportedCompressionException;
import io.narthex.nix.path.StoreDir;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Verifies a compressed archive by reading it once: digest of the compressed bytes, decoding by
 * label, digest of the archive, its grammar, its listing, the store paths in it. Memory does not
 * grow with the archive, except for the listing, which has a limit.
 *
 * <p>Large archives take two threads: the caller's reads, digests and decodes; the other does
 * everything with the decoded bytes. Where nothing is to be decoded, the other digests and the
 * caller's does the rest. It has ended when the pass returns. A pass has no state, so one object
 * serves all threads.
 */
public final class NarPass {
  /** Measured: a second thread loses at 2 MB of zstd and gains at 7 MB. */
  private static final long LARGE = 4 << 20;

  private static final int SMALL_BUFFER = 1 << 16;

  private final StoreDir storeDir;
  private final NarPassLimits limits;
  private final long twoThreadsFrom;

  /**
   * A pass with {@link NarPassLimits#DEFAULT}.
   *
   * @param storeDir whose paths are looked for
   */
  public NarPass(StoreDir storeDir) {
    this(storeDir, NarPassLimits.DEFAULT);
  }

  /** A pass that uses a second thread where there is a second processor. */
  public NarPass(StoreDir storeDir, NarPassLimits limits) {
    this(storeDir, limits, Runtime.getRuntime().availableProcessors() > 1 ? LARGE : Long.MAX_VALUE);
  }

  /**
   * @param twoThreadsFrom the archive size, in bytes, from which a second thread is used
   */
  public NarPass(StoreDir storeDir, NarPassLimits limits, long twoThreadsFrom) {
    this.storeDir = requireNonNull(storeDir, "storeDir is null");
    this.limits = requireNonNull(limits, "limits is null");
    this.twoThreadsFrom = twoThreadsFrom;
  }

  /** Inspects an archive with no one else listening. */
  public NarInspection inspect(Compression compression, long narSize, InputStream source)
      throws IOException {
    return inspect(compression, narSize, source, NarListeners.NONE);
  }

  /**
   * Inspects an archive. The source is read to its end, whatever it holds, and not closed.
   *
   * @param narSize what the narinfo declares, in bytes; not one byte more is examined
   * @throws IOException what the source throws, unchanged; bad bytes are an outcome
   */
  public NarInspection inspect(
      Compression compression, long narSize, InputStream source, NarListeners listeners)
      throws IOException {
    if (narSize < 0) {
      throw new IllegalArgumentException("negative narSize " + narSize);
    }
    return compression == Compression.NONE
        ? inspectPlain(narSize, source, listeners)
        : inspectDecoded(compression, narSize, source, listeners);
  }

  /** With one digest: that of the file is the archive's. */
  private NarInspection inspectPlain(long narSize, InputStream source, NarListeners listeners)
      throws IOException {
    NarExamination examination = new NarExamination(storeDir, limits, listeners, false);
    DigestingSink digest = new DigestingSink();
    boolean isTooLarge;
    try (Lane lane = lane(narSize, digest)) {
      isTooLarge = examine(source, narSize, examination, lane);
    }
    StreamDigest file = digest.finish();
    return new NarInspection(
        file, isTooLarge ? new ArchiveOutcome.TooLarge(narSize) : examination.finish(file));
  }

  /** Sends on all that there is, and says whether that is more than the limit. */
  private static boolean examine(InputStream source, long limit, ByteSink examination, Lane lane)
      throws IOException {
    long left = limit;
    while (true) {
      byte[] buffer = lane.buffer();
      int count = source.readNBytes(buffer, 0, buffer.length);
      if (count == 0) {
        return left < 0;
      }
      left -= count;
      if (left >= 0) {
        examination.feed(buffer, 0, count);
      }
      lane.send(count);
    }
  }

  private NarInspection inspectDecoded(
      Compression compression, long narSize, InputStream source, NarListeners listeners)
      throws IOException {
    NarExamination examination = new NarExamination(storeDir, limits, listeners, true);
    DigestingSource digested = new DigestingSource(source);
    Optional<ArchiveOutcome> failure = decode(compression, narSize, digested, examination);
    StreamDigest file = digested.drain(new byte[SMALL_BUFFER]);
    return new NarInspection(file, failure.orElseGet(() -> examination.finish(file)));
  }

  /** Decodes into the examination; the outcome, when it is not an archive's to decide. */
  private Optional<ArchiveOutcome> decode(
      Compression compression, long narSize, InputStream source, ByteSink examination)
      throws IOException {
    try (InputStream decoder = Decoders.open(compression, source, decoderLimits(narSize));
        Lane lane = lane(narSize, examination)) {
      return copy(decoder, lane, narSize);
    } catch (CorruptStreamException e) {
      return Optional.of(new ArchiveOutcome.Corrupt(e.reason()));
    } catch (UnsupportedCompressionException e) {
      return Optional.of(new ArchiveOutcome.Unsupported(e.compression()));
    }
  }

  /**
   * The most bytes that decoding an archive takes, beside buffers of less than 2 MiB.
   *
   * @param narSize what the narinfo declares, in bytes
   */
  public long memory(Compression compression, long narSize) {
    return Decoders.memory(compression, decoderLimits(narSize), narSize);
  }

  /** Small archives have one block, and threads cost more than they decode. */
  private DecoderLimits decoderLimits(long narSize) {
    return narSize >= twoThreadsFrom ? limits.decoder() : limits.decoder().withXzThreads(1);
  }

  private Lane lane(long narSize, ByteSink examination) {
    return narSize >= twoThreadsFrom
        ? RingLane.start(examination)
        : Lane.direct(examination, SMALL_BUFFER);
  }

  private static Optional<ArchiveOutcome> copy(InputStream decoder, Lane lane, long limit)
      throws IOException {
    long left = limit;
    while (true) {
      byte[] buffer = lane.buffer();
      int room = (int) Math.min(buffer.length - 1, left) + 1;
      int count = decoder.readNBytes(buffer, 0, room);
      if (count > left) {
        return Optional.of(new ArchiveOutcome.TooLarge(limit));
      }
      if (count == 0) {
        return Optional.empty();
      }
      lane.send(count);
      left -= count;
    }
  }
}
