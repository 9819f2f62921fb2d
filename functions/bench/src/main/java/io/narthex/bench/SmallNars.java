package io.narthex.bench;

import io.narthex.nix.codec.Compression;
import io.narthex.nix.codec.Encoders;
import io.narthex.nix.codec.UnsupportedCompressionException;
import io.narthex.nix.hash.Hash;
import io.narthex.nix.hash.HashAlgorithm;
import io.narthex.nix.nar.MalformedNarException;
import io.narthex.nix.nar.NarName;
import io.narthex.nix.nar.NarWriter;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.path.StoreDir;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.path.StorePathHash;
import io.narthex.nix.path.StorePathName;
import io.narthex.nix.signature.KeyName;
import io.narthex.nix.signature.SecretKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * A cache of a thousand archives of 60 KB in xz, audited by the command as a process of its own,
 * against a pipe of the usual programs for each, on all processors. Then the passes over the
 * archives alone, in one JVM, from its start to its end.
 */
final class SmallNars implements Benchmark {
  private static final int PATHS = 1000;
  private static final int BYTES = 60_000;
  private static final String NIX32 = "0123456789abcdfghijklmnpqrsvwxyz";

  private final Path cache;
  private final Corpus corpus;

  SmallNars(Path directory, Corpus corpus) {
    this.cache = directory.resolve("small");
    this.corpus = corpus;
  }

  @Override
  public List<Figure> run(int rounds) throws IOException, InterruptedException {
    make();
    String key = Files.readString(cache.resolve("key.pub"));
    String audit = AuditCaches.audit(Decoder.inUse(Compression.XZ), "", cache, key);
    String pipes = AuditCaches.pipes(cache, AuditCaches.pipe(Compression.XZ));
    var wall = new Rounds();
    var cpu = new Rounds();
    String alone = passes();
    var passesWall = new Rounds();
    var passesCpu = new Rounds();
    for (int round = 1; round <= rounds; round++) {
      Bench.progress("small archives, round %d of %d".formatted(round, rounds));
      Cost ours = Shell.time(audit);
      Cost theirs = Shell.time(pipes);
      Cost passes = Shell.time(alone);
      passesWall.add(passes.wall(), theirs.wall());
      passesCpu.add(passes.cpu(), theirs.cpu());
      wall.add(ours.wall(), theirs.wall());
      cpu.add(ours.cpu(), theirs.cpu());
    }
    String against = PATHS + " x xz -dc | sha256sum";
    return List.of(
        wall.figure("audit of small archives, wall", "s", against),
        cpu.figure("audit of small archives, cpu", "s", against),
        passesWall.figure("passes over small archives, wall", "s", against),
        passesCpu.figure("passes over small archives, cpu", "s", against));
  }

  private String passes() {
    String java = AuditCaches.java(Decoder.inUse(Compression.XZ));
    return "%s %s %s".formatted(java, SmallPasses.class.getName(), Shell.quoted(cache));
  }

  private void make() throws IOException {
    if (Files.exists(cache.resolve("key.pub"))) {
      return;
    }
    Bench.progress("making " + PATHS + " small archives (once)");
    Files.createDirectories(cache.resolve("nar"));
    SecretKey key = SecretKey.generate(new KeyName("small-1"));
    Random random = new Random(1);
    try (InputStream contents = Files.newInputStream(corpus.nar())) {
      for (int i = 0; i < PATHS; i++) {
        write(key, path(random, i), contents.readNBytes(BYTES));
      }
    }
    Files.writeString(cache.resolve("key.pub"), key.publicKey().toString());
  }

  private static StorePath path(Random random, int number) {
    var hash = new StringBuilder();
    random.ints(StorePathHash.LENGTH, 0, NIX32.length()).forEach(i -> hash.append(NIX32.charAt(i)));
    return new StorePath(new StorePathHash(hash.toString()), new StorePathName("small-" + number));
  }

  private void write(SecretKey key, StorePath path, byte[] contents) throws IOException {
    byte[] nar = nar(contents);
    var file = new ByteArrayOutputStream();
    try (OutputStream encoder = Encoders.open(Compression.XZ, file, 6)) {
      encoder.write(nar);
    } catch (UnsupportedCompressionException e) {
      throw new IllegalStateException(e);
    }
    Hash fileHash = sha256(file.toByteArray());
    String url = "nar/" + fileHash.nix32() + ".nar.xz";
    NarInfo narInfo =
        NarInfo.unsigned(StoreDir.DEFAULT, path, sha256(nar), nar.length, List.of(), url)
            .withFile(url, Compression.XZ, fileHash, file.size());
    Files.write(cache.resolve(url), file.toByteArray());
    Files.writeString(
        cache.resolve(path.hash() + ".narinfo"),
        narInfo.withSig(key.sign(narInfo.fingerprint())).write());
  }

  private static byte[] nar(byte[] contents) throws IOException {
    var out = new ByteArrayOutputStream();
    try {
      NarWriter writer = new NarWriter(out);
      writer.startDirectory();
      writer.entry(NarName.of("contents"));
      writer.file(false, contents.length, new ByteArrayInputStream(contents));
      writer.endDirectory();
      writer.finish();
    } catch (MalformedNarException e) {
      throw new IllegalStateException(e);
    }
    return out.toByteArray();
  }

  private static Hash sha256(byte[] bytes) {
    return Hash.of(HashAlgorithm.SHA256, HashAlgorithm.SHA256.newDigest().digest(bytes));
  }
}
