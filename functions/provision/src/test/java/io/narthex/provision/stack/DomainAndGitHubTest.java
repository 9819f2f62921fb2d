package io.narthex.provision.stack;

import static io.narthex.provision.stack.Tree.at;
import static io.narthex.provision.stack.Tree.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.serve.ServeConfig;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What only some stacks have: a name of their own, and uploads from GitHub Actions. */
class DomainAndGitHubTest {
  private static final String CERTIFICATE = "arn:aws:acm:eu-west-2:111122223333:certificate/0aa1";
  private static final Map<String, String> NAMED =
      Map.of("DomainName", "cache.example.org", "CertificateArn", CERTIFICATE);
  private static final String PROVIDER =
      "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com";

  @Test
  void hasNeitherByDefault() {
    assertThat(SampleStack.byDefault().resources())
        .doesNotContain("Domain", "DomainMapping", "DomainRecord", "GitHubProvider", "GitHubRole");
  }

  @Test
  void answersUnderItsOwnNameAndKnowsIt() {
    SampleStack stack = SampleStack.with(NAMED);
    assertThat(stack.properties("Domain")).containsEntry("DomainName", "cache.example.org");
    assertThat(stack.properties("DomainMapping"))
        .containsEntry("ApiId", "narthex-Api")
        .containsEntry("DomainName", "narthex-Domain")
        .containsEntry("Stage", "$default");
    assertThat(ServeConfig.from(stack.environment("ServeFunction")).url())
        .contains(URI.create("https://cache.example.org"));
    assertThat(stack.resources()).doesNotContain("DomainRecord");
  }

  @Test
  void writesTheRecordOnlyIntoTheZoneThatIsNamed() {
    SampleStack stack =
        SampleStack.with(
            Map.of(
                "DomainName", "cache.example.org",
                "CertificateArn", CERTIFICATE,
                "HostedZoneId", "Z123"));
    assertThat(stack.properties("DomainRecord"))
        .containsEntry("HostedZoneId", "Z123")
        .containsEntry("Name", "cache.example.org")
        .containsEntry("Type", "A");
  }

  @Test
  void letsOneBranchOfOneRepositoryUploadAndNoMore() {
    SampleStack stack = SampleStack.with(Map.of("GitHubRepository", "example/project"));
    Object trust =
        Tree.list(at(stack.properties("GitHubRole"), "AssumeRolePolicyDocument", "Statement"))
            .getFirst();
    assertThat(at(trust, "Principal", "Federated")).isEqualTo("narthex-GitHubProvider");
    assertThat(at(trust, "Action")).isEqualTo("sts:AssumeRoleWithWebIdentity");
    assertThat(at(trust, "Condition"))
        .isEqualTo(
            Map.of(
                "StringEquals",
                Map.of(
                    "token.actions.githubusercontent.com:aud",
                    "sts.amazonaws.com",
                    "token.actions.githubusercontent.com:sub",
                    "repo:example/project:ref:refs/heads/main")));
    assertThat(stack.properties("GitHubRole"))
        .containsEntry("ManagedPolicyArns", List.of("narthex-UploadPolicy", "narthex-ReportPolicy"))
        .doesNotContainKey("Policies");
  }

  @Test
  void takesTheProviderThatTheAccountHas() {
    SampleStack stack =
        SampleStack.with(
            Map.of(
                "GitHubRepository", "example/project",
                "GitHubRef", "environment:release",
                "GitHubProviderArn", PROVIDER));
    assertThat(stack.resources()).contains("GitHubRole").doesNotContain("GitHubProvider");
    assertThat(String.valueOf(at(stack.properties("GitHubRole"), "AssumeRolePolicyDocument")))
        .contains(PROVIDER, "repo:example/project:environment:release");
  }

  @Test
  void letsTheWorkflowSeeWhatItUploadedThoughReadsAreStrict() {
    SampleStack stack =
        SampleStack.with(Map.of("GitHubRepository", "example/project", "Strict", "true"));
    Object strict =
        Tree.list(at(stack.properties("CacheBucketPolicy"), "PolicyDocument", "Statement"))
            .getLast();
    assertThat(texts(at(strict, "Condition", "ArnNotEquals", "aws:PrincipalArn")))
        .contains("arn:aws:iam::111122223333:role/narthex-GitHubRole");
  }
}
