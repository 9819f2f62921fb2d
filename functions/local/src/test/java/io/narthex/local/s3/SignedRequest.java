package io.narthex.local.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.http.HttpRequest;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.SequencedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs as libcurl does for a stock Nix: the path exactly as it is sent, the body as {@code
 * UNSIGNED-PAYLOAD}. A second implementation of the signature, so that the endpoint's is not only
 * compared with itself.
 */
final class SignedRequest {
  private static final String DATE = "x-amz-date";
  private static final String HASH = "x-amz-content-sha256";

  private final String method;
  private final URI uri;
  private final SequencedMap<String, String> headers = new TreeMap<>();
  private Instant time = Instant.now();
  private final String signedPath;
  private String service = "s3";

  SignedRequest(String method, URI uri) {
    this.method = method;
    this.uri = uri;
    this.signedPath = uri.getRawPath();
    headers.put("host", uri.getAuthority());
    headers.put(HASH, "UNSIGNED-PAYLOAD");
  }

  SignedRequest header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** Signs for another service, by whose rules the hash of the body is signed and not sent. */
  SignedRequest service(String name) {
    service = name;
    return this;
  }

  SignedRequest at(Instant when) {
    time = when;
    return this;
  }

  SignedRequest payloadHash(byte[] body) {
    headers.put(HASH, hex(sha256(body)));
    return this;
  }

  SignedRequest host(String host) {
    headers.put("host", host);
    return this;
  }

  /** The value of the Authorization header and all that it signs, as lines of a request head. */
  String head() {
    StringBuilder head = new StringBuilder();
    String authorization = authorization();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    head.append(method).append(' ').append(uri.getRawPath()).append(query).append(" HTTP/1.1\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    return head.append("authorization: ").append(authorization).append("\r\n").toString();
  }

  HttpRequest.Builder build(HttpRequest.BodyPublisher body) {
    String authorization = authorization();
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).method(method, body);
    headers.forEach(
        (name, value) -> {
          if (!name.equals("host")) {
            request.header(name, value);
          }
        });
    return request.header("authorization", authorization);
  }

  private String authorization() {
    String stamp =
        DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").format(time.atOffset(ZoneOffset.UTC));
    headers.put(DATE, stamp);
    String day = stamp.substring(0, 8);
    String scope = day + "/eu-west-2/" + service + "/aws4_request";
    String names = String.join(";", headers.keySet());
    StringBuilder canonical = new StringBuilder(method + "\n" + signedPath + "\n" + query() + "\n");
    headers.forEach((name, value) -> canonical.append(name).append(':').append(value).append('\n'));
    canonical.append('\n').append(names).append('\n').append(headers.get(HASH));
    return "AWS4-HMAC-SHA256 Credential=ADMIN/"
        + scope
        + ", SignedHeaders="
        + names
        + ", Signature="
        + signature(stamp, scope, canonical.toString());
  }

  /** Signs, with the secret that all users of the endpoint have. */
  private static String signature(String stamp, String scope, String canonical) {
    String toSign =
        String.join("\n", "AWS4-HMAC-SHA256", stamp, scope, hex(sha256(canonical.getBytes(UTF_8))));
    byte[] key = ("AWS4" + Endpoint.SECRET).getBytes(UTF_8);
    for (String part : scope.split("/")) {
      key = hmac(key, part);
    }
    return hex(hmac(key, toSign));
  }

  /** A URL that is good for a minute, with one signed header {@code name:value}. */
  static URI presignedForSts(
      URI endpoint, String user, String action, String header, Instant time) {
    String stamp =
        DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").format(time.atOffset(ZoneOffset.UTC));
    String scope = stamp.substring(0, 8) + "/eu-west-2/sts/aws4_request";
    String name = header.substring(0, header.indexOf(':'));
    String query =
        "Action=%s&Version=2011-06-15&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=%s&X-Amz-Date=%s&X-Amz-Expires=60&X-Amz-SignedHeaders=host%%3B%s"
            .formatted(action, (user + "/" + scope).replace("/", "%2F"), stamp, name);
    String canonical =
        String.join(
            "\n",
            "GET",
            "/",
            query,
            "host:" + endpoint.getAuthority(),
            header,
            "",
            "host;" + name,
            hex(sha256(new byte[0])));
    return URI.create(
        endpoint + "/?" + query + "&X-Amz-Signature=" + signature(stamp, scope, canonical));
  }

  private String query() {
    return uri.getRawQuery() == null ? "" : uri.getRawQuery();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] sha256(byte[] data) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(data);
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
