package io.narthex.bench;

import io.narthex.local.audit.signature.BulkEd25519;
import io.narthex.nix.signature.Ed25519PublicKey;
import io.narthex.nix.signature.Ed25519Signature;
import io.narthex.nix.signature.SignatureVerifier;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Verifies a file of signatures as the audit does, on as many threads as there are cores. */
final class VerifySignatures {
  private static final int HEADER = Ed25519Signature.SIZE + Short.BYTES;
  private static final int MANY_AT_ONCE = 256;

  /** A fingerprint and its signature. */
  private static final class Signed {
    private final byte[] message;
    private final Ed25519Signature signature;

    Signed(byte[] message, Ed25519Signature signature) {
      this.message = message;
      this.signature = signature;
    }
  }

  private final Ed25519PublicKey key;
  private final List<Signed> all = new ArrayList<>();

  VerifySignatures(Path file) throws IOException {
    long left = Files.size(file) - Ed25519PublicKey.SIZE;
    try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      key = Ed25519PublicKey.of(in.readNBytes(Ed25519PublicKey.SIZE));
      while (left > 0) {
        Ed25519Signature signature = Ed25519Signature.of(in.readNBytes(Ed25519Signature.SIZE));
        all.add(new Signed(in.readNBytes(in.readUnsignedShort()), signature));
        left -= HEADER + all.getLast().message.length;
      }
    }
  }

  /** Argument: the file. A process of its own, from a cold start. */
  public static void main(String[] args) throws IOException, InterruptedException {
    new VerifySignatures(Path.of(args[0])).verify(new BulkEd25519());
  }

  int count() {
    return all.size();
  }

  /** Verifies all; none may be bad. */
  void verify(SignatureVerifier verifier) throws InterruptedException {
    var next = new AtomicInteger();
    var good = new AtomicInteger();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      threads.add(Thread.ofPlatform().start(() -> verifyShare(verifier, next, good)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (good.get() != all.size()) {
      throw new IllegalStateException("only %d of %d verify".formatted(good.get(), all.size()));
    }
  }

  private void verifyShare(SignatureVerifier verifier, AtomicInteger next, AtomicInteger good) {
    int from = next.getAndAdd(MANY_AT_ONCE);
    while (from < all.size()) {
      for (Signed one : all.subList(from, Math.min(all.size(), from + MANY_AT_ONCE))) {
        if (verifier.verify(key, one.message, one.signature)) {
          good.incrementAndGet();
        }
      }
      from = next.getAndAdd(MANY_AT_ONCE);
    }
  }
}
