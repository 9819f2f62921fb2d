package io.narthex.bench;

import io.narthex.policy.AccessRequest;
import io.narthex.policy.Authorizer;
import io.narthex.policy.Decision;
import io.narthex.policy.PolicyDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One decision of ours, as JMH runs it. The policy is parsed once, as everywhere. */
@State(Scope.Benchmark)
public class PolicyDecision {
  /** {@code manual}, or a number of statements. */
  @Param({"manual", "10", "100"})
  public String policy = "";

  private Optional<PolicyDocument> document = Optional.empty();
  private AccessRequest ready = SampleAccess.request();

  /** Parses; and fails where the decision is not what is to be measured. */
  @Setup
  public void prepare() throws IOException {
    document = Optional.of(SamplePolicies.parsed(text(policy)));
    ready = SampleAccess.request();
    if (!(ready() instanceof Decision.Allow) || !ready().equals(anew())) {
      throw new IllegalStateException(policy + ": " + ready());
    }
  }

  static String text(String policy) throws IOException {
    return policy.equals("manual")
        ? SamplePolicies.manual(Path.of(System.getProperty("narthex.project", ".")))
        : SamplePolicies.statements(Integer.parseInt(policy), SamplePolicies.OWN);
  }

  /** On a request that is ready. */
  @Benchmark
  public Decision ready() {
    return decide(ready);
  }

  /** On a request and a context that are built anew. */
  @Benchmark
  public Decision anew() {
    return decide(SampleAccess.request());
  }

  private Decision decide(AccessRequest request) {
    return Authorizer.decide(document, SamplePolicies.ACCOUNT, List.of(), request);
  }
}
