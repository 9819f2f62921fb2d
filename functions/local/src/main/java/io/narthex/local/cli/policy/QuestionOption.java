package io.narthex.local.cli.policy;

import io.narthex.local.host.FoundCaller;
import io.narthex.policy.AccessRequest;
import io.narthex.policy.Principal;
import io.narthex.policy.RequestContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Who wants to do what, as options say it. */
final class QuestionOption {
  private static final String NOBODYS_ACCOUNT = "000000000000";

  @Option(
      names = "--principal",
      paramLabel = "ARN|anonymous",
      defaultValue = "anonymous",
      description = "A root, user, role, session or federated user (default: ${DEFAULT-VALUE}).")
  private String principal = "";

  @Option(
      names = "--action",
      paramLabel = "ACTION",
      defaultValue = "s3:GetObject",
      description = "One action (default: ${DEFAULT-VALUE}).")
  private String action = "";

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "The object's key, as S3 stores it (default: the bucket itself is meant).")
  private Optional<String> key = Optional.empty();

  @Option(names = "--tag", paramLabel = "KEY=VALUE", description = "A tag that the object has.")
  private Map<String, String> tags = new LinkedHashMap<>();

  @Option(
      names = "--context",
      paramLabel = "KEY=VALUE",
      description =
          "A condition key of the request, e.g. aws:SourceIp=192.0.2.1; the others that AWS knows"
              + " are absent. (A key with several values: --batch.)")
  private Map<String, String> context = new LinkedHashMap<>();

  @Option(
      names = "--account",
      paramLabel = "ID",
      description =
          "The account that owns the bucket (default: with --data and --stack theirs, else the"
              + " principal's).")
  private Optional<String> account = Optional.empty();

  /**
   * The request, for something in a bucket.
   *
   * @param known what is known of the principal besides; what the options say holds
   */
  AccessRequest request(String bucketArn, Optional<FoundCaller> known) {
    RequestContext.Builder keys = RequestContext.builder().absentUnder("");
    known.ifPresent(caller -> add(caller, keys));
    tags.forEach((tag, value) -> keys.value("s3:ExistingObjectTag/" + tag, value));
    context.keySet().forEach(keys::absent);
    context.forEach(keys::value);
    return new AccessRequest(
        caller(), action, bucketArn + key.map(k -> "/" + k).orElse(""), keys.build());
  }

  private static void add(FoundCaller caller, RequestContext.Builder keys) {
    keys.value("aws:userid", caller.userId());
    caller.tags().forEach((tag, value) -> keys.value("aws:PrincipalTag/" + tag, value));
  }

  /** Who asks. */
  Principal caller() {
    return arn()
        .<Principal>map(
            text ->
                Principal.parse(text)
                    .orElseThrow(
                        () -> new IllegalArgumentException("not the ARN of a principal: " + text)))
        .orElseGet(Principal.Anonymous::new);
  }

  /** The ARN of who asks; empty for nobody in particular. */
  Optional<String> arn() {
    return Optional.of(principal).filter(text -> !text.equals("anonymous"));
  }

  /**
   * The owner of the bucket.
   *
   * @param known as far as the bucket itself tells
   */
  String account(Optional<String> known) {
    return account.or(() -> known).or(() -> caller().accountId()).orElse(NOBODYS_ACCOUNT);
  }
}
