package io.narthex.cache.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What audits of one cache have found, in a spool that stays. What was there before this audit can
 * be asked for, and takes 24 bytes of scratch a path; what it finds itself is added.
 */
public final class KeptFindings implements AuditState {
  private static final String FORMAT = "narthex audit state 2\n";
  private static final int WIDTH = KEY_LENGTH + Long.BYTES;

  /**
   * What the first record of such a spool is.
   *
   * @param cache its URL
   */
  public static byte[] header(String cache) {
    return (FORMAT + cache).getBytes(UTF_8);
  }

  /**
   * What a spool is that begins otherwise, for people.
   *
   * @param first its first record, if it has any
   */
  public static String other(byte[] first) {
    String text = new String(first, UTF_8);
    return text.startsWith(FORMAT)
        ? "the state of an audit of " + text.substring(FORMAT.length())
        : "not the state of an audit, or of one by another version";
  }

  private final Spool spool;
  private final Records before;

  /**
   * What is kept in a spool.
   *
   * @param cache its URL
   * @throws IllegalArgumentException if something else is in it
   */
  public KeptFindings(Spool spool, Scratch scratch, String cache) {
    this.spool = requireNonNull(spool, "spool is null");
    if (spool.end() == 0) {
      spool.append(header(cache));
    } else if (!Arrays.equals(spool.read(0), header(cache))) {
      throw new IllegalArgumentException(other(spool.read(0)));
    }
    long end = spool.end();
    long first = spool.next(0);
    long count = 0;
    for (long at = first; at < end; at = spool.next(at)) {
      count++;
    }
    MemorySegment memory = scratch.memory("known", count * WIDTH);
    long to = 0;
    for (long at = first; at < end; at = spool.next(at)) {
      MemorySegment.copy(spool.read(at), 0, memory, ValueLayout.JAVA_BYTE, to, KEY_LENGTH);
      memory.set(ValueLayout.JAVA_LONG_UNALIGNED, to + KEY_LENGTH, at);
      to += WIDTH;
    }
    this.before = new Records(memory, WIDTH, KEY_LENGTH);
    before.sort();
  }

  @Override
  public Optional<List<AuditFinding>> find(byte[] key) {
    OptionalLong at = before.find(key);
    return at.isPresent()
        ? Optional.of(findings(spool.read(before.number(at.getAsLong(), KEY_LENGTH))))
        : Optional.empty();
  }

  @Override
  public void keep(byte[] key, List<AuditFinding> findings) {
    var bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.write(key, 0, KEY_LENGTH);
      FindingCodec.write(out, findings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    spool.append(bytes.toByteArray());
  }

  private static List<AuditFinding> findings(byte[] record) {
    int length = record.length - KEY_LENGTH;
    try (DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(record, KEY_LENGTH, length))) {
      return FindingCodec.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
