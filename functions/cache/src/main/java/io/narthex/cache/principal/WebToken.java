package io.narthex.cache.principal;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** A JSON Web Token, well formed; whether it is signed by anybody we know is another question. */
public final class WebToken {
  private final String text;
  private final SignatureAlgorithm algorithm;
  private final Optional<String> keyId;
  private final Claims claims;

  WebToken(String text, SignatureAlgorithm algorithm, Optional<String> keyId, Claims claims) {
    this.text = requireNonNull(text, "text is null");
    this.algorithm = requireNonNull(algorithm, "algorithm is null");
    this.keyId = requireNonNull(keyId, "keyId is null");
    this.claims = requireNonNull(claims, "claims is null");
  }

  /** Header, payload and signature with dots between: who has it can use it. */
  public String text() {
    return text;
  }

  /** How it says that it is signed. */
  public SignatureAlgorithm algorithm() {
    return algorithm;
  }

  /** Which key it says that it is signed with, its {@code kid}. */
  public Optional<String> keyId() {
    return keyId;
  }

  Claims claims() {
    return claims;
  }

  /** Says nothing. */
  @Override
  public String toString() {
    return "(a web token)";
  }
}
