package io.narthex.policy;

import static java.util.Objects.requireNonNull;

/**
 * Who wants to do what to which resource. The condition keys that follow from the principal ({@code
 * aws:PrincipalArn}, {@code aws:PrincipalAccount}, {@code aws:PrincipalType}, {@code aws:username})
 * are set here, whatever the given context says of them.
 *
 * @param principal the caller
 * @param action one action, e.g. {@code s3:GetObject}
 * @param resource one ARN with the key as S3 stores it, not percent-encoded, e.g. {@code
 *     arn:aws:s3:::example-nix-cache/nix-cache-info}
 * @param context the condition keys
 */
public record AccessRequest(
    Principal principal, String action, String resource, RequestContext context) {
  public AccessRequest {
    requireNonNull(principal, "principal is null");
    if (!isAction(action)) {
      throw new IllegalArgumentException("not an action: " + action);
    }
    if (Arn.parse(resource).isEmpty()) {
      throw new IllegalArgumentException("not an ARN: " + resource);
    }
    context = PrincipalKeys.set(principal, context);
  }

  private static boolean isAction(String text) {
    int colon = text.indexOf(':');
    return ActionPattern.isService(text, colon)
        && colon < text.length() - 1
        && Characters.areIn(text, colon + 1, text.length(), Characters::isLetterOrDigit);
  }
}
