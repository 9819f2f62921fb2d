package io.narthex.local.audit.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import io.narthex.nix.signature.SignatureVerifier;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both verifiers answer as libsodium does. {@code LibsodiumTest} asks the library itself. */
class VerifiersAgreeTest {
  /** The JDK takes its time. */
  private static final int FEW = 300;

  private static final int MANY = 3_000;

  /** The third one has no room for the tables of all keys. */
  static Stream<Named<SignatureVerifier>> verifiers() {
    return Stream.of(
        named("bulk", new BulkEd25519(1_000)),
        named("JDK", SignatureVerifier.jdk()),
        named("bulk with few tables", new BulkEd25519(2)));
  }

  @Test
  void takeWhatTheBookTakes() {
    List<Named<SignatureVerifier>> verifiers = verifiers().toList();
    assertThat(SignatureCases.edges())
        .allSatisfy(
            one -> {
              boolean expected = one.isTakenByTheBook();
              assertThat(verifiers)
                  .allMatch(verifier -> one.isTakenBy(verifier.getPayload()) == expected);
            });
  }

  /** The published table of implementations has this line for libsodium. */
  @ParameterizedTest
  @MethodSource("verifiers")
  void takeOneOfTheTwelve(SignatureVerifier verifier) {
    assertThat(
            SignatureCases.published()
                .filter(one -> one.isTakenBy(verifier))
                .map(SignatureCase::name))
        .containsExactly("rfc8032-1", "rfc8032-2", "rfc8032-3", "speccheck-3");
  }

  @ParameterizedTest
  @MethodSource("verifiers")
  void takeEveryGoodOne(SignatureVerifier verifier) {
    assertThat(SignatureCases.good(FEW)).allMatch(one -> one.isTakenBy(verifier));
  }

  @ParameterizedTest
  @MethodSource("verifiers")
  void takeNoSpoiltOne(SignatureVerifier verifier) {
    assertThat(SignatureCases.spoilt(FEW)).noneMatch(one -> one.isTakenBy(verifier));
  }

  @Test
  void theBulkOneTakesManyGoodOnesAndNoSpoiltOnes() {
    var bulk = new BulkEd25519();
    assertThat(SignatureCases.good(MANY)).allMatch(one -> one.isTakenBy(bulk));
    assertThat(SignatureCases.spoilt(MANY)).noneMatch(one -> one.isTakenBy(bulk));
  }
}
