package io.narthex.nix.narinfo;

import io.narthex.nix.address.ContentAddress;
import io.narthex.nix.codec.Compression;
import io.narthex.nix.hash.Hash;
import io.narthex.nix.hash.HashAlgorithm;
import io.narthex.nix.hash.Nix32;
import io.narthex.nix.path.StoreDir;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.path.StorePathHash;
import io.narthex.nix.path.StorePathName;
import io.narthex.nix.signature.Ed25519Signature;
import io.narthex.nix.signature.KeyName;
import io.narthex.nix.signature.Sig;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Narinfos without quirks, the same ones for the same seed. */
final class RandomNarInfos {
  private static final String NAME_CHARACTERS =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-._?=";

  private final Random random;

  RandomNarInfos(long seed) {
    this.random = new Random(seed);
  }

  NarInfo next() {
    Hash narHash = hash(HashAlgorithm.SHA256);
    NarInfo info =
        NarInfo.unsigned(
            random.nextBoolean() ? StoreDir.DEFAULT : new StoreDir("/gnu/störe"),
            storePath(),
            narHash,
            size(),
            several(this::storePath),
            "nar/" + narHash.nix32() + ".nar");
    info = info.withSigs(several(this::sig));
    info = random.nextBoolean() ? info.withDeriver(storePath()) : info;
    info = random.nextBoolean() ? info.withCa(address()) : info;
    return random.nextBoolean() ? info.withFile(url(), compression(), narHash, size()) : info;
  }

  private <T> List<T> several(Supplier<T> one) {
    return Stream.generate(one).limit(random.nextInt(6)).toList();
  }

  private <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private long size() {
    return Math.max(1, random.nextLong() >>> 1 >>> random.nextInt(63));
  }

  private String url() {
    return oneOf(List.of("../x y?ü=%0a", "https://example.org/nar", "nar/a:b", "/"));
  }

  private Compression compression() {
    return oneOf(List.of(Compression.values()));
  }

  private Hash hash(HashAlgorithm algorithm) {
    var bytes = new byte[algorithm.size()];
    random.nextBytes(bytes);
    return Hash.of(algorithm, bytes);
  }

  private StorePath storePath() {
    var digest = new byte[20];
    random.nextBytes(digest);
    return new StorePath(new StorePathHash(Nix32.encode(digest)), name());
  }

  private StorePathName name() {
    var name = new StringBuilder("n");
    int length = random.nextInt(StorePathName.MAX_LENGTH);
    for (int i = 0; i < length; i++) {
      name.append(NAME_CHARACTERS.charAt(random.nextInt(NAME_CHARACTERS.length())));
    }
    return new StorePathName(name.toString());
  }

  private Sig sig() {
    var bytes = new byte[Ed25519Signature.SIZE];
    random.nextBytes(bytes);
    return Sig.of(new KeyName("key-" + random.nextInt(9)), Ed25519Signature.of(bytes));
  }

  private ContentAddress address() {
    Hash hash = hash(oneOf(List.of(HashAlgorithm.values())));
    return switch (random.nextInt(4)) {
      case 0 -> new ContentAddress.Text(hash);
      case 1 -> new ContentAddress.Flat(hash);
      case 2 -> new ContentAddress.Recursive(hash);
      default -> new ContentAddress.Git(hash);
    };
  }
}
