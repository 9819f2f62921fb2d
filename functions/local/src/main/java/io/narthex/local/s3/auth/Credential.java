package io.narthex.local.s3.auth;

import io.narthex.local.s3.model.S3Refusal;
import java.util.List;
import java.util.Set;

/**
 * What a signature names as its origin: {@code ID/20261122/eu-west-2/s3/aws4_request}. Any region
 * is taken, for clients write the one of their store URL.
 *
 * @param accessKeyId whose key signed
 * @param date of the signing key, 8 digits
 * @param region of the signing key
 * @param service that it is for, {@code s3} or {@code sts}
 */
record Credential(String accessKeyId, String date, String region, String service) {
  private static final Set<String> SERVICES = Set.of("s3", "sts");

  static Credential parse(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length < 5
        || !parts[parts.length - 1].equals("aws4_request")
        || !SERVICES.contains(parts[parts.length - 2])) {
      throw new S3Refusal(
          400,
          "AuthorizationHeaderMalformed",
          "The credential is not ID/DATE/REGION/s3/aws4_request: " + text);
    }
    int date = parts.length - 4;
    String id = String.join("/", List.of(parts).subList(0, date));
    return new Credential(id, parts[date], parts[date + 1], parts[date + 2]);
  }

  /** The scope that the string to sign has. */
  String scope() {
    return date + "/" + region + "/" + service + "/aws4_request";
  }
}
