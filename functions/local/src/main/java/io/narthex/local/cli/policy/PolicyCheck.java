package io.narthex.local.cli.policy;

import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.policy.PolicyReview;
import io.narthex.policy.Remark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code narthex policy check}: what there is to say about a bucket policy. */
@Command(
    name = "check",
    description = {
      "Says what S3 would refuse in a bucket policy, what is risky in it, and what Narthex's own"
          + " door cannot know.",
      "Exit code 0 if S3 would take it, whatever else is said; 1 if it would be rejected; 2 if it"
          + " cannot be read."
    },
    mixinStandardHelpOptions = true)
final class PolicyCheck implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "The policy, as JSON.")
  private Path file = Path.of("");

  @Option(
      names = "--bucket",
      paramLabel = "NAME",
      description = "The bucket it is for: resources of others are refused.")
  private Optional<String> bucket = Optional.empty();

  @Option(names = "--json", description = "Print an array of the remarks.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    List<Remark> remarks = PolicyReview.of(PolicyFile.text(file), bucket);
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
