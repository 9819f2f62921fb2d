package io.narthex.local.host;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/** An access key of the embedded endpoint. It never prints its secret. */
public final class AccessKey {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int ID_BYTES = 8;
  private static final int SECRET_BYTES = 30;

  private final String id;
  private final String secret;

  AccessKey(String id, String secret) {
    this.id = requireNonNull(id, "id is null");
    this.secret = requireNonNull(secret, "secret is null");
  }

  /** A new key. */
  static AccessKey generate() {
    byte[] id = new byte[ID_BYTES];
    byte[] secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(id);
    RANDOM.nextBytes(secret);
    return new AccessKey(
        "AKLO" + HexFormat.of().formatHex(id).toUpperCase(Locale.ROOT),
        Base64.getUrlEncoder().encodeToString(secret));
  }

  /** What signatures name. */
  public String id() {
    return id;
  }

  /** What signatures are made with. */
  public String secret() {
    return secret;
  }

  @Override
  public String toString() {
    return "AccessKey " + id;
  }
}
