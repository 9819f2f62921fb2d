package io.narthex.testkit.planted;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.nix.address.AddressedPath;
import io.narthex.nix.address.ContentAddress;
import io.narthex.nix.address.StorePaths;
import io.narthex.nix.address.StoreReferences;
import io.narthex.nix.codec.Compression;
import io.narthex.nix.path.StoreDir;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.path.StorePathHash;
import io.narthex.nix.path.StorePathName;
import io.narthex.nix.signature.SecretKey;
import io.narthex.testkit.SampleStore;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a defect is planted in: the files of the cache so far, and its sound paths. */
final class Bed {
  private static final String NIX32 = "0123456789abcdfghijklmnpqrsvwxyz";

  /** Three times the text ")", each with its length before it and padded. */
  private static final int CLOSING = 3 * 16;

  private final Random random;
  private final RandomArchive archives;
  private final SecretKey trusted;
  private final SecretKey stranger;
  private final NavigableMap<String, byte[]> files = new TreeMap<>();
  private final List<Draft> sound = new ArrayList<>();
  private String last = "";

  Bed(Random random, SecretKey trusted, SecretKey stranger) {
    this.random = random;
    this.archives = new RandomArchive(random);
    this.trusted = trusted;
    this.stranger = stranger;
  }

  NavigableMap<String, byte[]> files() {
    return files;
  }

  List<Draft> sound() {
    return sound;
  }

  Draft soundPath() {
    return sounds().get(random.nextInt(sounds().size())).copy();
  }

  Random random() {
    return random;
  }

  RandomArchive archives() {
    return archives;
  }

  SecretKey stranger() {
    return stranger;
  }

  String keyName() {
    return trusted.name().toString();
  }

  /** Only those with everything in their narinfo, so that one wrong field is one finding. */
  private List<Draft> sounds() {
    return sound.stream().filter(Draft::isPlain).toList();
  }

  StorePath newPath(String name) {
    var hash = new StringBuilder();
    random.ints(StorePathHash.LENGTH, 0, NIX32.length()).forEach(i -> hash.append(NIX32.charAt(i)));
    return new StorePath(new StorePathHash(hash.toString()), new StorePathName(name));
  }

  /** Signed by the trusted key and nobody else. */
  Draft signed(Draft draft) {
    return draft.withSigs().sign(trusted);
  }

  /** Plants a defect; the hash of the path that has it. */
  StorePathHash planted(Draft draft, Defect defect) {
    defect.plant(draft, this);
    return new StorePathHash(last.substring(0, StorePathHash.LENGTH));
  }

  /** The path with its file. */
  void path(Draft draft) {
    if (!isElsewhere(draft.url())) {
      files.put(draft.url(), draft.file());
    }
    narInfo(draft, draft.narInfo());
  }

  private static boolean isElsewhere(String url) {
    return url.contains("..") || url.contains("://");
  }

  /** A narinfo without a file. */
  void narInfo(Draft draft, String text) {
    narInfo(draft, text.getBytes(UTF_8));
  }

  void narInfo(Draft draft, byte[] bytes) {
    last = draft.key();
    files.put(last, bytes);
  }

  /** Another archive, all that the narinfo says of it, and a signature over that. */
  void archive(Draft draft, byte[] nar) {
    draft.archive(nar);
    draft.set("NarHash", SampleStore.sha256(nar).toString());
    draft.set("NarSize", Integer.toString(nar.length));
    path(signed(draft));
  }

  /** A byte of the last file in the archive, where no reference is. */
  static int tailOf(byte[] nar) {
    return nar.length - CLOSING - 1;
  }

  /** This path with the file of a sound one. */
  Draft sharing(Draft draft) {
    Draft other = sharable();
    return signed(draft.sharing(other).set("References", other.get("References")));
  }

  /** Of a compression that is none of those that a defect puts in its place, and not of itself. */
  private Draft sharable() {
    List<Draft> candidates =
        sounds().stream()
            .filter(draft -> draft.compression() == Compression.XZ)
            .filter(draft -> !draft.refersToItself())
            .toList();
    return candidates.get(random.nextInt(candidates.size()));
  }

  Draft addressedByOtherContent() {
    byte[] nar = archives.single();
    var address = new ContentAddress.Recursive(SampleStore.sha256(archives.single()));
    Draft draft = new Draft(addressed("other-content", address), nar, Compression.ZSTD, List.of());
    return signed(draft.set("CA", address.toString()));
  }

  StorePath addressed(String name, ContentAddress address) {
    AddressedPath path =
        StorePaths.fromContentAddress(
            StoreDir.DEFAULT, new StorePathName(name), address, StoreReferences.NONE);
    return switch (path) {
      case AddressedPath.Path(StorePath storePath) -> storePath;
      case AddressedPath.Refused(String reason) -> throw new IllegalStateException(reason);
    };
  }

  Draft mentioningAnother(Draft draft) {
    List<String> mentions =
        Stream.concat(draft.references().stream(), Stream.of(soundPathNotIn(draft)))
            .map(path -> "/nix/store/" + path)
            .toList();
    return signed(
        new Draft(
            draft.storePath(), archives.make(mentions), draft.compression(), draft.references()));
  }

  private StorePath soundPathNotIn(Draft draft) {
    return sound.stream()
        .map(Draft::storePath)
        .filter(path -> !draft.references().contains(path))
        .findFirst()
        .orElseThrow();
  }

  Draft referringTo(Draft draft, StorePath missing) {
    var references = new TreeSet<>(draft.references());
    references.add(missing);
    List<String> mentions = references.stream().map(path -> "/nix/store/" + path).toList();
    return signed(
        new Draft(draft.storePath(), archives.make(mentions), draft.compression(), references));
  }

  StorePath absentPath() {
    return newPath("absent");
  }

  StorePath renamedPath() {
    return new StorePath(soundPath().storePath().hash(), new StorePathName("renamed"));
  }

  /** A signature of this path by somebody else under the name of the trusted key. */
  String forged(Draft draft) {
    String sig = stranger.sign(draft.fingerprint()).toString();
    return keyName() + sig.substring(sig.indexOf(':'));
  }
}
