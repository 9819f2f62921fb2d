package io.narthex.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyDocumentTest {
  private static final Statement OPEN =
      Given.statement("Allow", "'Principal':'*','Action':'s3:*','Resource':'*'")
          .statements()
          .getFirst();

  @Test
  void documentWithoutVersionIsInTheOldLanguage() {
    PolicyDocument policy =
        Given.bucketPolicy(
            """
            {"Statement":{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}}""");
    assertThat(policy)
        .isEqualTo(new PolicyDocument(PolicyVersion.V2008_10_17, Optional.empty(), List.of(OPEN)));
  }

  @Test
  void accountIdAndRootArnAreTheSamePrincipal() {
    String rest = ",'Action':'s3:*','Resource':'*'";
    assertThat(Given.statement("Allow", "'Principal':{'AWS':'111122223333'}" + rest))
        .isEqualTo(
            Given.statement(
                "Allow", "'Principal':{'AWS':'arn:aws:iam::111122223333:root'}" + rest));
  }

  @Test
  void writesOneStatementAnElementAtATime() {
    String json =
        """
        {"Version":"2012-10-17","Id":"i","Statement":[{"Sid":"s","Effect":"Deny",\
        "NotPrincipal":{"AWS":["111122223333","444455556666"],"Service":"s3.amazonaws.com"},\
        "NotAction":["s3:Get*","s3:Put*"],"NotResource":"arn:aws:s3:::b/*",\
        "Condition":{"StringLike":{"aws:referer":["a*","b*"],"aws:UserAgent":"c"},"Null":{"aws:SourceVpc":"true"}}}]}""";
    assertThat(Given.bucketPolicy(json).write()).isEqualTo(json);
  }

  @ParameterizedTest
  @CsvSource({
    "`Resource`:`*`, false",
    "`Resource`:`arn:aws:s3:::my-bucket.x/*`, false",
    "`Resource`:`arn:aws:s3:::my-bucket`, false",
    "`Resource`:`arn:aws:s3:::my-bucket/*.narinfo`, true",
    "`Resource`:`arn:aws:s3:::my-bucket/a`, true",
    "`Resource`:`arn:aws:s3:::my-bucket/?*`, true",
    "`Resource`:`arn:aws:s3:::my-*`, true",
    "`NotResource`:`arn:aws:s3:::my-bucket/*`, true",
  })
  void tellsKeysApartUnlessItIsAboutWholeBuckets(String resource, boolean expected) {
    String elements = "'Principal':'*','Action':'s3:*'," + resource.replace('`', '\'');
    assertThat(Given.statement("Deny", elements).tellsKeysApart()).isEqualTo(expected);
  }

  @Test
  void tellsWhatIsNotUnderstood() {
    PolicyDocument policy =
        Given.bucketPolicy(
            """
            {"Version":"2012-10-17","Statement":[
             {"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"},
             {"Effect":"Allow","Principal":{"CanonicalUser":"%s"},"Action":"s3:*",
              "Resource":["arn:aws:s3:::b/*","arn:aws:s3:::b/${aws:username}"],
              "Condition":{"Sounds":{"aws:referer":"like"},
                           "IpAddress":{"aws:SourceIp":"192.0.2.0/24"},
                           "StringLike":{"aws:referer":["a","${aws:userid}"]},
                           "ArnLike":{"aws:SourceArn":["*","arn:aws:s3:::*"]}}}]}"""
                .formatted("ab".repeat(32)));
    assertThat(policy.notUnderstood(CanonicalUsers.none()))
        .containsExactly(
            "Statement[1]: " + "ab".repeat(32), "Statement[1]: Sounds", "Statement[1]: *");
  }

  @Test
  void refusesStatementsOfBothKindsOrNone() {
    Statement held =
        new Statement(
            OPEN.sid(),
            OPEN.effect(),
            new PrincipalElement.Holder(),
            OPEN.actions(),
            OPEN.resources(),
            List.of());
    for (List<Statement> statements : List.of(List.of(OPEN, held), List.<Statement>of())) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> new PolicyDocument(PolicyVersion.V2012_10_17, Optional.empty(), statements));
    }
  }
}
