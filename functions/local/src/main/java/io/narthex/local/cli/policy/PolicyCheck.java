package io.narthex.local.cli.policy;

import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.policy.PolicyReview;
import io.narthex.policy.Remark;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code narthex policy check}: what there is to say about a bucket policy. */
@Command(
    name = "check",
    description = {
      "Says what S3 would refuse in a bucket policy, what is risky in it, and what Narthex's own"
          + " door cannot know. Where the bucket is known, resources of others are refused.",
      "Exit code 0 if S3 would take it, whatever else is said; 1 if it would be rejected; 2 if it"
          + " cannot be read."
    },
    mixinStandardHelpOptions = true)
final class PolicyCheck implements Callable<Integer> {
  @Mixin private final SourceOption where = new SourceOption();

  @Parameters(
      paramLabel = "FILE|BUCKET",
      arity = "0..1",
      description = "The policy, as JSON, or the bucket that has it.")
  private Optional<String> source = Optional.empty();

  @Option(names = "--json", description = "Print an array of the remarks.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    PolicyAtHand policy = where.find(source, Optional.empty());
    String text =
        policy
            .json()
            .orElseThrow(() -> new IllegalStateException(policy.source() + " has no policy"));
    List<Remark> remarks = PolicyReview.of(text, policy.bucket());
    if (json) {
      print(remarks);
    } else {
      remarks.forEach(
          remark ->
              System.out.printf(
                  "%-14s  %s%s%n",
                  remark.kind(),
                  remark.where().isEmpty() ? "" : remark.where() + ": ",
                  remark.message()));
    }
    boolean isRejected = remarks.stream().anyMatch(r -> r.kind() == Remark.Kind.REJECTED);
    return isRejected ? 1 : 0;
  }

  private static void print(List<Remark> remarks) throws IOException {
    try (JsonGenerator out = Output.json()) {
      out.writeStartArray();
      for (Remark remark : remarks) {
        out.writeStartObject();
        out.writeStringField("kind", remark.kind().toString());
        out.writeStringField("where", remark.where());
        out.writeStringField("message", remark.message());
        out.writeEndObject();
      }
      out.writeEndArray();
    }
    System.out.println();
  }
}
