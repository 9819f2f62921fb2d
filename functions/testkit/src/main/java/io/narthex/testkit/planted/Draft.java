package io.narthex.testkit.planted;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.nix.codec.Compression;
import io.narthex.nix.hash.Hash;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.signature.SecretKey;
import io.narthex.testkit.SampleStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A path that is being made: the fields of its narinfo as text, and the file behind it. */
final class Draft {
  private final StorePath storePath;
  private final byte[] nar;
  private final Compression compression;
  private final SortedSet<StorePath> references;
  private final Map<String, String> fields = new LinkedHashMap<>();
  private final List<String> sigs = new ArrayList<>();
  private String storeDir = "/nix/store";
  private String key;
  private byte[] file;

  Draft(
      StorePath storePath, byte[] nar, Compression compression, Collection<StorePath> references) {
    this.storePath = storePath;
    this.nar = nar.clone();
    this.compression = compression;
    this.references = Collections.unmodifiableSortedSet(new TreeSet<>(references));
    this.key = storePath.hash() + ".narinfo";
    this.file = SampleStore.compress(compression, nar);
    set("StorePath", storeDir + "/" + storePath);
    set("URL", "");
    set("Compression", compression.label());
    set("FileHash", "");
    set("FileSize", "");
    set("NarHash", SampleStore.sha256(nar).toString());
    set("NarSize", Integer.toString(nar.length));
    set(
        "References",
        this.references.stream().map(StorePath::toString).collect(Collectors.joining(" ")));
    file(file);
  }

  private Draft(Draft other) {
    storePath = other.storePath;
    nar = other.nar;
    compression = other.compression;
    references = other.references;
    fields.putAll(other.fields);
    sigs.addAll(other.sigs);
    storeDir = other.storeDir;
    key = other.key;
    file = other.file;
  }

  Draft copy() {
    return new Draft(this);
  }

  /** Whether its narinfo has everything that one may have, and one signature. */
  boolean isPlain() {
    return sigs.size() == 1
        && fields.containsKey("FileHash")
        && fields.containsKey("FileSize")
        && url().equals("nar/" + SampleStore.sha256(file).nix32() + ".nar" + compression.suffix());
  }

  /** What it was made to refer to. */
  SortedSet<StorePath> references() {
    return references;
  }

  boolean refersToItself() {
    return references.contains(storePath);
  }

  StorePath storePath() {
    return storePath;
  }

  byte[] nar() {
    return nar.clone();
  }

  byte[] file() {
    return file.clone();
  }

  Compression compression() {
    return compression;
  }

  /** The object under which its narinfo lies. */
  String key() {
    return key;
  }

  String url() {
    return get("URL");
  }

  String get(String field) {
    return fields.getOrDefault(field, "");
  }

  /** In the place of the field of that name, or after the others. */
  Draft set(String field, String value) {
    fields.put(field, value);
    return this;
  }

  Draft remove(String field) {
    fields.remove(field);
    return this;
  }

  /** Under the key of another hash. */
  Draft key(String other) {
    key = other;
    return this;
  }

  Draft storeDir(String other) {
    storeDir = other;
    return set("StorePath", other + "/" + storePath);
  }

  /** Another file, and all that the narinfo says of it. */
  Draft file(byte[] other) {
    file = other.clone();
    Hash hash = SampleStore.sha256(other);
    set("URL", "nar/" + hash.nix32() + ".nar" + compression.suffix());
    set("FileHash", hash.toString());
    return set("FileSize", Integer.toString(other.length));
  }

  /** Another archive in the file, of which the narinfo says nothing. */
  Draft archive(byte[] other) {
    return file(SampleStore.compress(compression, other));
  }

  /** The file and all that is said of it from another draft. */
  Draft sharing(Draft other) {
    file = other.file.clone();
    for (String field :
        List.of("URL", "Compression", "FileHash", "FileSize", "NarHash", "NarSize")) {
      set(field, other.get(field));
    }
    return this;
  }

  Draft sign(SecretKey secret) {
    sigs.add(secret.sign(fingerprint()).toString());
    return this;
  }

  /** With no signature but these. */
  Draft withSigs(String... others) {
    sigs.clear();
    sigs.addAll(List.of(others));
    return this;
  }

  List<String> sigs() {
    return List.copyOf(sigs);
  }

  /** What is signed, worked out from the text. */
  String fingerprint() {
    String references = get("References");
    return "1;%s;%s;%s;%s"
        .formatted(
            get("StorePath"),
            get("NarHash"),
            get("NarSize"),
            references.isEmpty()
                ? ""
                : List.of(references.split(" ", -1)).stream()
                    .map(name -> storeDir + "/" + name)
                    .collect(Collectors.joining(",")));
  }

  /** The narinfo, in Nix's order of fields. */
  String text() {
    var text = new StringBuilder();
    fields.forEach(
        (name, value) -> {
          if (!name.equals("CA")) {
            line(text, name, value);
          }
        });
    sigs.stream().sorted().forEach(sig -> line(text, "Sig", sig));
    if (fields.containsKey("CA")) {
      line(text, "CA", get("CA"));
    }
    return text.toString();
  }

  byte[] narInfo() {
    return text().getBytes(UTF_8);
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(name).append(": ").append(value).append('\n');
  }
}
