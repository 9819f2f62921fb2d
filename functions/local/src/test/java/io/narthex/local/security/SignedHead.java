package io.narthex.local.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/**
 * A request head signed as stock Nix signs it: the path as it is sent, whatever it is, and the body
 * not. SDKs send no path that is not right.
 */
record SignedHead(Door door, AwsCredentials key) {
  private static final String NAMES = "host;x-amz-content-sha256;x-amz-date";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");

  /** For a target without a query. */
  String of(String method, String target) {
    String stamp = STAMP.format(Instant.now().atOffset(ZoneOffset.UTC));
    String scope = stamp.substring(0, 8) + "/us-east-1/s3/aws4_request";
    String canonical =
        String.join(
            "\n",
            method,
            target,
            "",
            "host:" + door.uri().getAuthority(),
            "x-amz-content-sha256:UNSIGNED-PAYLOAD",
            "x-amz-date:" + stamp,
            "",
            NAMES,
            "UNSIGNED-PAYLOAD");
    String toSign = String.join("\n", "AWS4-HMAC-SHA256", stamp, scope, hex(sha256(canonical)));
    return door.head(method, target)
        + "x-amz-content-sha256: UNSIGNED-PAYLOAD\r\nx-amz-date: "
        + stamp
        + "\r\nAuthorization: AWS4-HMAC-SHA256 Credential="
        + key.accessKeyId()
        + "/"
        + scope
        + ", SignedHeaders="
        + NAMES
        + ", Signature="
        + hex(hmac(signingKey(scope), toSign))
        + "\r\n";
  }

  private byte[] signingKey(String scope) {
    byte[] derived = ("AWS4" + key.secretAccessKey()).getBytes(UTF_8);
    for (String part : scope.split("/")) {
      derived = hmac(derived, part);
    }
    return derived;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
