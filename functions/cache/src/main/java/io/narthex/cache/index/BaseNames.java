package io.narthex.cache.index;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.narthex.nix.path.StorePath;
import io.narthex.nix.path.StorePathHash;
import io.narthex.nix.text.ByteSearch;
import io.narthex.nix.text.Excerpt;
import java.io.ByteArrayOutputStream;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Store paths as the text that says them: base names parted by one space each. They become {@link
 * StorePath}s when they are asked for; an index of millions of references has no need to.
 */
final class BaseNames extends AbstractList<StorePath> {
  private static final char SPACE = ' ';

  /** The hash, the dash and one character. */
  private static final int SHORTEST = StorePathHash.LENGTH + 2;

  private static final byte[] BEGIN = LineBuffer.ascii("[");
  private static final byte[] QUOTE = LineBuffer.ascii("\"");
  private static final byte[] NEXT = LineBuffer.ascii("\",\"");
  private static final byte[] LAST = LineBuffer.ascii("\"]");
  private static final byte[] END = LineBuffer.ascii("]");

  private final byte[] text;
  private final int count;

  private BaseNames(byte[] text, int count) {
    this.text = text;
    this.count = count;
  }

  /** Of these, in their order. */
  static BaseNames of(Collection<StorePath> paths) {
    if (paths instanceof BaseNames names) {
      return names;
    }
    var collected = new Collected();
    paths.forEach(path -> collected.append(path.toString().getBytes(US_ASCII)));
    return collected.names();
  }

  /** Of a part of a text, in which so many that are known to be base names are parted by spaces. */
  static BaseNames known(byte[] text, int start, int end, int count) {
    return new BaseNames(Arrays.copyOfRange(text, start, end), count);
  }

  /** Collects some, one by one. */
  static final class Collected {
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private int count;

    /**
     * One more.
     *
     * @throws IllegalArgumentException for what is no base name
     */
    void add(String baseName) {
      byte[] bytes = baseName.getBytes(US_ASCII);
      // What is not ASCII has become a question mark, of which a name may have some.
      if (!StorePath.isBaseName(bytes, 0, bytes.length)
          || !baseName.equals(new String(bytes, US_ASCII))) {
        throw new IllegalArgumentException("no base name: " + Excerpt.of(baseName));
      }
      append(bytes);
    }

    private void append(byte[] baseName) {
      if (count > 0) {
        text.write(SPACE);
      }
      text.writeBytes(baseName);
      count++;
    }

    BaseNames names() {
      return new BaseNames(text.toByteArray(), count);
    }
  }

  private int end(int start) {
    return ByteSearch.indexOf(SPACE, text, Math.min(start + SHORTEST, text.length), text.length);
  }

  /** Writes them as an array of texts. */
  void write(LineBuffer json) {
    json.raw(BEGIN);
    int end;
    for (int start = 0; start < text.length; start = end + 1) {
      end = end(start);
      // No character that a name may have is escaped in JSON.
      json.raw(start == 0 ? QUOTE : NEXT);
      json.raw(text, start, end);
    }
    json.raw(text.length == 0 ? END : LAST);
  }

  /** Adds a pair for each of them, of which one path is the referrer. */
  void addTo(Pairs pairs, byte[] referrer) {
    for (int start = 0; start < text.length; start = end(start) + 1) {
      pairs.add(text, start, referrer);
    }
  }

  /** How many bytes they are. */
  int length() {
    return text.length;
  }

  @Override
  public Iterator<StorePath> iterator() {
    return new Iterator<>() {
      private int start;

      @Override
      public boolean hasNext() {
        return start < text.length;
      }

      @Override
      public StorePath next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        int end = end(start);
        StorePath path = StorePath.parse(new String(text, start, end - start, US_ASCII));
        start = end + 1;
        return path;
      }
    };
  }

  @Override
  public StorePath get(int index) {
    return stream().skip(index).findFirst().orElseThrow(IndexOutOfBoundsException::new);
  }

  @Override
  public int size() {
    return count;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BaseNames names ? Arrays.equals(text, names.text) : super.equals(other);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }
}
