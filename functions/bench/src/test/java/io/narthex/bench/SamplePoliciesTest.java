package io.narthex.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.policy.Authorizer;
import io.narthex.policy.Decision.Allow;
import io.narthex.policy.PolicyDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SamplePoliciesTest {
  private static final String HUNDRED = SamplePolicies.statements(100, SamplePolicies.OWN);

  @Test
  void aHundredStatementsFillWhatS3Takes() {
    assertThat(HUNDRED.getBytes(UTF_8)).hasSizeBetween(19_000, 20_480);
    assertThat(SamplePolicies.parsed(HUNDRED).statements()).hasSize(100);
  }

  @Test
  void onlyTheLastStatementApplies() {
    PolicyDocument policy = SamplePolicies.parsed(HUNDRED);
    assertThat(
            Authorizer.decide(
                Optional.of(policy), SamplePolicies.ACCOUNT, List.of(), SampleAccess.request()))
        .isEqualTo(new Allow(Optional.of("Own")));
  }

  @Test
  void cedarGetsAPolicyForEachStatement() throws IOException {
    assertThat(CedarPolicies.of(HUNDRED).lines()).hasSize(100);
    String manual = SamplePolicies.manual(Path.of("..", ".."));
    assertThat(CedarPolicies.of(manual).lines())
        .hasSize(SamplePolicies.parsed(manual).statements().size())
        .allMatch(line -> line.startsWith("permit(") || line.startsWith("forbid("));
  }
}
