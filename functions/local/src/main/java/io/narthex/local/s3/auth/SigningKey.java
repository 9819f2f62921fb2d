package io.narthex.local.s3.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key of one user, day, region and service that signatures are made with. It never prints. */
final class SigningKey {
  static final String HMAC = "HmacSHA256";

  private final byte[] key;

  private SigningKey(byte[] key) {
    this.key = key;
  }

  static SigningKey derive(SecretKey secret, Credential credential) {
    byte[] date = hmac(("AWS4" + secret.reveal()).getBytes(UTF_8), credential.date());
    byte[] region = hmac(date, credential.region());
    return new SigningKey(hmac(hmac(region, credential.service()), "aws4_request"));
  }

  /** The signature of a text, 64 hex digits. */
  String sign(String text) {
    return HexFormat.of().formatHex(hmac(key, text));
  }

  /** The raw key, for the chunk signatures of a streamed body. */
  byte[] bytes() {
    return key.clone();
  }

  @Override
  public String toString() {
    return "SigningKey";
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
