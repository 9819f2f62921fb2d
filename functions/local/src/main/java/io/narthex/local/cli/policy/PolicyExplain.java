package io.narthex.local.cli.policy;

import io.narthex.policy.Authorizer;
import io.narthex.policy.CanonicalUsers;
import io.narthex.policy.Decision;
import io.narthex.policy.Explanation;
import io.narthex.policy.PolicyDocument;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
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
  @Mixin private final BucketOption where = new BucketOption();

  @Parameters(
      paramLabel = "FILE|BUCKET",
      arity = "0..1",
      description =
          "The policy's file, or the bucket that has it; with --batch, the lines (default: standard"
              + " input).")
  private Optional<String> source = Optional.empty();

  @Option(
      names = "--bucket",
      paramLabel = "NAME",
      description = "The bucket that a policy in a file is of.")
  private Optional<String> bucket = Optional.empty();

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
    try (InputStream in =
        source.isPresent() ? Files.newInputStream(Path.of(source.get())) : System.in) {
      return new Batch().decide(in, System.out) ? 0 : 2;
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("no such file: " + e.getMessage(), e);
    }
  }

  private int explain() throws IOException {
    String text = source.orElseThrow(() -> new IllegalArgumentException("name a FILE or a BUCKET"));
    Path file = Path.of(text);
    boolean isFile = Files.exists(file);
    Optional<PolicyDocument> policy =
        (isFile ? Optional.of(PolicyFile.text(file)) : where.policyOf(text))
            .map(json -> PolicyFile.bucketPolicy(json, text));
    String name =
        bucket
            .or(() -> Optional.of(text).filter(any -> !isFile))
            .orElseThrow(() -> new IllegalArgumentException("--bucket says whose policy it is"));
    Explanation explanation =
        Authorizer.explain(
            policy,
            question.account(),
            identityPolicies.stream().map(PolicyFile::identityPolicy).toList(),
            question.request(name),
            CanonicalUsers.none());
    if (json) {
      ExplanationOutput.json(explanation);
    } else {
      ExplanationOutput.text(explanation);
    }
    return explanation.decision() instanceof Decision.Allow ? 0 : 1;
  }
}
