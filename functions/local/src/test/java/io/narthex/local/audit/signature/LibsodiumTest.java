package io.narthex.local.audit.signature;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What Nix itself would answer, by Debian 12's libsodium; acceptance/signatures.sh has it. What
 * that takes, newer versions take as well: they let pass differences of small order.
 */
@Tag("libsodium")
class LibsodiumTest {
  private static final int MANY = 10_000;
  private static final MethodHandle VERIFY = verify();

  @SuppressWarnings("restricted")
  private static MethodHandle verify() {
    SymbolLookup library = SymbolLookup.libraryLookup("libsodium.so.23", Arena.global());
    return Linker.nativeLinker()
        .downcallHandle(
            library.findOrThrow("crypto_sign_verify_detached"),
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS));
  }

  private static boolean isTakenByLibsodium(SignatureCase one) {
    try (Arena arena = Arena.ofConfined()) {
      byte[] message = one.messageBytes();
      return 0
          == (int)
              VERIFY.invokeExact(
                  bytes(arena, one.signatureBytes()),
                  bytes(arena, message),
                  (long) message.length,
                  bytes(arena, one.keyBytes()));
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private static MemorySegment bytes(Arena arena, byte[] bytes) {
    return arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
  }

  @Test
  void takesWhatTheBookTakes() {
    assertThat(SignatureCases.edges())
        .allSatisfy(one -> assertThat(isTakenByLibsodium(one)).isEqualTo(one.isTakenByTheBook()));
  }

  @Test
  void takesEveryGoodOne() {
    assertThat(SignatureCases.good(MANY)).allMatch(LibsodiumTest::isTakenByLibsodium);
  }

  @Test
  void takesWhatTheBulkTakesOfSpoiltOnes() {
    var bulk = new BulkEd25519();
    assertThat(SignatureCases.spoilt(MANY))
        .allSatisfy(one -> assertThat(isTakenByLibsodium(one)).isEqualTo(one.isTakenBy(bulk)));
  }
}
