package io.narthex.local.cli.policy;

import io.narthex.cache.read.PublicAccessSource.Restriction;
import io.narthex.local.host.FoundCaller;
import io.narthex.policy.Authorizer;
import io.narthex.policy.CanonicalUsers;
import io.narthex.policy.Decision;
import io.narthex.policy.Explanation;
import io.narthex.policy.NamedPolicy;
import io.narthex.policy.PolicyDocument;
import io.narthex.policy.Principal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code narthex policy explain}: what a policy decides, and why. */
@Command(
    name = "explain",
    description = {
      "Says whether a request is allowed, which statement decided, and what kept the others from"
          + " applying. Exit code 0 if it is allowed, 1 if it is denied, 2 for bad input.",
      "Of a bucket, Block Public Access counts too; with --data also the identity policies, the"
          + " tags and the user id of the host's own users.",
      "The context is complete: a condition key that AWS knows and that is not given is absent; one"
          + " that nobody knows is indeterminate, which never allows and always denies.",
      "With --batch: reads JSON lines {\"id\", \"policy\", \"identityPolicies\": [{\"name\","
          + " \"policy\"}], \"principal\": ARN or null, \"account\": the bucket owner's,"
          + " \"action\", \"resource\", \"context\": {key: value or [values]}} and writes {\"id\","
          + " \"decision\", \"statement\"} for each, in order. policy is an object, a string that"
          + " holds one, or null. A line that is bad input - also one with a policy that does not"
          + " parse, which S3 would not have accepted - gets {\"id\", \"error\"} in its place, and"
          + " the exit code is 2 at the end; else it is 0, whatever was decided."
    },
    mixinStandardHelpOptions = true)
final class PolicyExplain implements Callable<Integer> {
  @Mixin private final QuestionOption question = new QuestionOption();
  @Mixin private final SourceOption where = new SourceOption();

  @Parameters(
      paramLabel = "FILE|BUCKET",
      arity = "0..1",
      description =
          "The policy's file, or the bucket that has it, if neither --data nor --stack says it;"
              + " with --batch, the lines (default: standard input).")
  private Optional<String> source = Optional.empty();

  @Option(
      names = "--identity-policy",
      paramLabel = "FILE",
      description = "A policy of the principal's own; may be repeated.")
  private List<Path> identityPolicies = List.of();

  @Option(names = "--json", description = "Print one object.")
  private boolean json;

  @Option(names = "--batch", description = "Decide many requests, one a line.")
  private boolean batch;

  @Override
  public Integer call() throws IOException {
    return batch ? decideAll() : explain();
  }

  private int decideAll() throws IOException {
    if (where.isGiven()) {
      throw new IllegalArgumentException("the lines of a --batch bring their policies");
    }
    try (InputStream in =
        source.isPresent() ? Files.newInputStream(Path.of(source.get())) : System.in) {
      return new Batch().decide(in, System.out) ? 0 : 2;
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("no such file: " + e.getMessage(), e);
    }
  }

  private int explain() throws IOException {
    Principal caller = question.caller();
    PolicyAtHand found = where.find(source, question.arn());
    if (found.publicAccess() == Restriction.UNKNOWN) {
      System.err.println("narthex: Block Public Access may not be read, and counts as on");
    }
    Explanation explanation = explanation(found, caller);
    if (json) {
      ExplanationOutput.json(explanation);
    } else {
      ExplanationOutput.text(explanation);
    }
    return explanation.decision() instanceof Decision.Allow ? 0 : 1;
  }

  private Explanation explanation(PolicyAtHand found, Principal caller) {
    String bucket =
        found
            .bucketArn()
            .orElseThrow(() -> new IllegalArgumentException("--bucket says whose policy it is"));
    Optional<PolicyDocument> policy = found.document();
    String owner = question.account(found.account());
    Explanation explanation =
        Authorizer.explain(
            policy,
            owner,
            policiesOf(found.caller()),
            question.request(bucket, found.caller()),
            CanonicalUsers.none());
    return found.shutsOut(caller, owner, policy) ? explanation.shutOut() : explanation;
  }

  private List<NamedPolicy> policiesOf(Optional<FoundCaller> known) {
    return Stream.concat(
            known.stream().flatMap(caller -> caller.policies().stream()),
            identityPolicies.stream().map(PolicyFile::identityPolicy))
        .toList();
  }
}
