package io.narthex.testkit.planted;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.nix.address.ContentAddress;
import io.narthex.nix.codec.Compression;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.path.StorePathHash;
import io.narthex.nix.signature.KeyName;
import io.narthex.nix.signature.PublicKey;
import io.narthex.nix.signature.SecretKey;
import io.narthex.testkit.SampleStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeSet;

/**
 * A cache of small paths made out of a seed, sound but for the defects that are planted in some,
 * each in a path of its own that no other refers to. Sound paths are of all kinds that Nix takes:
 * compressions, several signatures, content addresses, names of NARs, left out fields, references
 * to themselves, NARs that several narinfos share.
 */
public final class PlantedCache {
  private static final Compression[] COMPRESSIONS = {
    Compression.XZ,
    Compression.ZSTD,
    Compression.NONE,
    Compression.GZIP,
    Compression.BZIP2,
    Compression.LZ4
  };
  private static final Compression[] COMPRESSING = {
    Compression.XZ, Compression.ZSTD, Compression.GZIP, Compression.BZIP2, Compression.LZ4
  };
  private static final int MOST_REFERENCES = 4;

  /** So many that there are some of each compression for others to share. */
  private static final int FIRST_PLAIN = 40;

  /** What Nix takes. */
  private enum Kind {
    PLAIN,
    NAMING_ITSELF,
    SIGNED_TWICE,
    WITH_DERIVER,
    WITHOUT_FILE,
    OF_ANY_NAME,
    NAMED_BY_ARCHIVE,
    SHARING,
    ADDRESSED
  }

  private final SecretKey trusted = SecretKey.generate(new KeyName("planted-1"));
  private final Random random;
  private final Bed bed;
  private final Map<StorePathHash, Defect> defects = new LinkedHashMap<>();

  private PlantedCache(long seed) {
    this.random = new Random(seed);
    this.bed = new Bed(random, trusted, SecretKey.generate(new KeyName("stranger-1")));
  }

  /**
   * Makes one.
   *
   * @param paths how many narinfos there are
   * @param planted in how many of them there is a defect: all kinds in turn
   */
  public static PlantedCache of(long seed, int paths, int planted) {
    var cache = new PlantedCache(seed);
    cache.bed.files().put("nix-cache-info", "StoreDir: /nix/store\n".getBytes(UTF_8));
    for (int i = 0; i < paths - planted; i++) {
      cache.addSound(i);
    }
    var kinds = new ArrayList<Defect>();
    while (kinds.size() < planted) {
      kinds.addAll(Arrays.asList(Defect.values()));
    }
    kinds.subList(0, planted).forEach(cache::plant);
    return cache;
  }

  /** All objects, by key, sorted; the map may be changed. */
  public NavigableMap<String, byte[]> files() {
    return bed.files();
  }

  /** What is wrong with which paths: with every path that is not named, nothing. */
  public Map<StorePathHash, Defect> defects() {
    return Collections.unmodifiableMap(defects);
  }

  /** The key that has signed what is sound, but for paths that prove themselves. */
  public PublicKey trustedKey() {
    return trusted.publicKey();
  }

  /** Writes all objects as files of a folder. */
  public void writeTo(Path folder) {
    files()
        .forEach(
            (key, bytes) -> {
              try {
                Path file = folder.resolve(key);
                Files.createDirectories(file.getParent());
                Files.write(file, bytes);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  private void plant(Defect defect) {
    Draft draft = draft("planted-" + defects.size(), pick(COMPRESSING), false);
    StorePathHash hash = bed.planted(draft, defect);
    if (defects.put(hash, defect) != null) {
      throw new IllegalStateException("two defects in " + hash);
    }
  }

  private void addSound(int number) {
    String name = "sound-" + number;
    Draft draft =
        switch (number < FIRST_PLAIN ? Kind.PLAIN : pick(Kind.values())) {
          case PLAIN -> draft(name, pick(COMPRESSIONS), false);
          case NAMING_ITSELF -> draft(name, pick(COMPRESSIONS), true);
          case SIGNED_TWICE -> draft(name, pick(COMPRESSIONS), false).sign(bed.stranger());
          case WITH_DERIVER ->
              draft(name, pick(COMPRESSIONS), false)
                  .set("Deriver", bed.newPath(name + ".drv").toString());
          case WITHOUT_FILE ->
              draft(name, pick(COMPRESSIONS), false).remove("FileHash").remove("FileSize");
          case OF_ANY_NAME ->
              draft(name, Compression.XZ, false).set("URL", "nar/" + name + ".nar.xz");
          case NAMED_BY_ARCHIVE -> namedByArchive(draft(name, Compression.ZSTD, false));
          case SHARING -> bed.sharing(draft(name, Compression.XZ, false));
          case ADDRESSED -> addressed(name);
        };
    bed.path(draft);
    bed.sound().add(draft);
  }

  private Draft draft(String name, Compression compression, boolean namesItself) {
    StorePath path = bed.newPath(name);
    var references = new TreeSet<StorePath>();
    int count = bed.sound().isEmpty() ? 0 : random.nextInt(MOST_REFERENCES + 1);
    for (int i = 0; i < count; i++) {
      references.add(bed.sound().get(random.nextInt(bed.sound().size())).storePath());
    }
    if (namesItself) {
      references.add(path);
    }
    List<String> mentions =
        references.stream().map(reference -> "/nix/store/" + reference).toList();
    return bed.signed(new Draft(path, bed.archives().make(mentions), compression, references));
  }

  private static Draft namedByArchive(Draft draft) {
    return draft.set("URL", "nar/" + SampleStore.sha256(draft.nar()).nix32() + ".nar.zst");
  }

  /** Signed by nobody. */
  private Draft addressed(String name) {
    byte[] nar = bed.archives().single();
    var address = new ContentAddress.Recursive(SampleStore.sha256(nar));
    return new Draft(bed.addressed(name, address), nar, pick(COMPRESSIONS), List.of())
        .set("CA", address.toString());
  }

  private <T> T pick(T[] from) {
    return from[random.nextInt(from.length)];
  }
}
