package io.narthex.bench.index;

import io.narthex.nix.path.StorePathHash;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * As many store paths as one likes, made when they are asked for: each a function of its number.
 * Names, sizes, signers and how many references are those of real narinfos. Hashes rise with the
 * numbers and are as even as real ones.
 *
 * <p>Each belongs to a {@link Family} of about {@value #FAMILY} and refers to some of it, so that
 * no closure is the whole cache.
 */
final class SyntheticPaths {
  /** So many paths belong together. */
  static final int FAMILY = 3000;

  private final List<Template> templates = Template.all();
  private final long count;
  private final long families;
  private final Family smaller;
  private final Family larger;
  private final SyntheticHashes hashes;

  SyntheticPaths(long count) {
    this.count = count;
    this.families = Math.max(1, count / FAMILY);
    int size = Math.toIntExact(count / families);
    this.smaller = new Family(size);
    this.larger = new Family(size + 1);
    this.hashes = new SyntheticHashes(count);
  }

  long count() {
    return count;
  }

  /** The hash of a path. */
  StorePathHash hash(long number) {
    return hashes.hash(number);
  }

  /** The number of the path with this hash; empty if there is none. */
  OptionalLong number(String hash) {
    return hashes.number(hash);
  }

  /** The number of the first path whose hash is greater than a text; the count if none is. */
  long firstAfter(String text) {
    return hashes.firstAfter(text);
  }

  /** When its narinfo was uploaded, in seconds since 1970: some time in 2025. */
  long uploaded(long number) {
    return 1_735_689_600L + SplitMix.below(SplitMix.mixed(number ^ 0x4f1bbcdcL), 365L * 86_400);
  }

  /** What a path refers to, by number, rising; itself too, where its model does. */
  long[] references(long number) {
    Template like = template(number);
    long family = number % families;
    int[] places =
        family(family).before((int) (number / families), like.references(), seed(number));
    var references = new long[places.length + (like.isSelfReferring() ? 1 : 0)];
    int end = 0;
    for (int place : places) {
      long other = family + place * families;
      if (like.isSelfReferring() && other > number && (end == 0 || references[end - 1] < number)) {
        references[end++] = number;
      }
      references[end++] = other;
    }
    if (end < references.length) {
      references[end] = number;
    }
    return references;
  }

  private static long seed(long number) {
    return SplitMix.mixed(number ^ 0x5bd1e995L);
  }

  private Family family(long family) {
    return family < count % families ? larger : smaller;
  }

  /** The number of a path whose closure is about a whole family; any family has one. */
  long root(long family) {
    return family + family(family).last() * families;
  }

  long families() {
    return families;
  }

  /** The narinfo of a path. */
  byte[] narInfo(long number) {
    Template like = template(number);
    long[] references = references(number);
    var text = new byte[like.size() + references.length * (StorePathHash.LENGTH + Template.NAME)];
    int end = Template.put(Template.STORE_PATH, text, 0);
    end = baseName(number, like, text, end);
    end = like.file(SplitMix.mixed(number ^ 0x2545f491L), text, end);
    for (int i = 0; i < references.length; i++) {
      if (i > 0) {
        text[end++] = ' ';
      }
      end = baseName(references[i], template(references[i]), text, end);
    }
    end = like.end(SplitMix.mixed(number ^ 0x3c6ef372L), text, end);
    return Arrays.copyOf(text, end);
  }

  private int baseName(long number, Template like, byte[] text, int at) {
    hashes.write(number, text, at);
    text[at + StorePathHash.LENGTH] = '-';
    return Template.put(like.name(), text, at + StorePathHash.LENGTH + 1);
  }

  private Template template(long number) {
    return templates.get((int) SplitMix.below(SplitMix.mixed(number + 1), templates.size()));
  }
}
