package io.narthex.local.s3.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.local.s3.model.PercentEncoding;
import io.narthex.local.s3.model.Query;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.stream.Collectors;

/**
 * The text that a signature is over.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#create-canonical-request">Create
 *     a canonical request</a>
 */
record CanonicalRequest(HttpServletRequest request, Query query, SignatureClaim claim) {

  /** The string to sign. */
  String stringToSign(String path, String payloadHash) {
    return String.join(
        "\n",
        SignatureClaim.ALGORITHM,
        claim.timestamp(),
        claim.credential().scope(),
        Sha256.hex(text(path, payloadHash).getBytes(UTF_8)));
  }

  private String text(String path, String payloadHash) {
    return String.join(
        "\n",
        request.getMethod(),
        path,
        canonicalQuery(),
        canonicalHeaders(),
        String.join(";", claim.signedHeaders()),
        payloadHash);
  }

  private String canonicalQuery() {
    return query.parameters().stream()
        .filter(p -> !p.name().equals("X-Amz-Signature"))
        .map(p -> PercentEncoding.encode(p.name()) + "=" + PercentEncoding.encode(p.value()))
        .sorted()
        .collect(Collectors.joining("&"));
  }

  private String canonicalHeaders() {
    StringBuilder out = new StringBuilder();
    for (String name : claim.signedHeaders()) {
      out.append(name).append(':');
      out.append(
          Collections.list(request.getHeaders(name)).stream()
              .map(value -> value.strip().replaceAll(" +", " "))
              .collect(Collectors.joining(",")));
      out.append('\n');
    }
    return out.toString();
  }
}
