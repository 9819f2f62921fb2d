package io.narthex.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.policy.Remark.Kind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyReviewTest {
  private static final String VERIFIED =
      "'Condition':{'StringEquals':{'s3:ExistingObjectTag/nix-verdict':'verified'}}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'Action':'s3:GetObjekt','Resource':'arn:aws:s3:::b/*' | Action | Policy has invalid action
          'Action':['s3:GetObject','s3:Got*'],'Resource':'arn:aws:s3:::b/*' | Action[1] | Policy has invalid action
          'NotAction':'s3:Got*','Resource':'arn:aws:s3:::b/*' | NotAction | Policy has invalid action
          'Action':'sqs:SendMessage','Resource':'arn:aws:s3:::b/*' | Action | Policy has invalid action
          'Action':'s3:GetObject','Resource':'arn:aws:s3:::c/*' | Resource | Policy has invalid resource
          'Action':'s3:GetObject','Resource':['arn:aws:s3:::b/*','arn:aws:s3:::bb/*'] | Resource[1] | Policy has invalid resource
          'Action':'s3:GetObject','NotResource':'arn:aws:s3:::c*' | NotResource | Policy has invalid resource
          'Action':'s3:GetObject','Resource':'*' | Resource | Policy has invalid resource
          'Action':'s3:GetObject','Resource':'arn:aws:s3:::*' | Resource | Policy has invalid resource
          'Action':'s3:GetObject','Resource':'arn:aws:s3:::?/*' | Resource | Policy has invalid resource
          'Action':'s3:GetObject','Resource':'arn:aws:s3:::b?/*' | Resource | Policy has invalid resource
          'Action':'s3:GetObject','Resource':'arn:aws:s3:::${aws:username}/*' | Resource | Policy has invalid resource
          'Action':'s3:GetObject','Resource':'arn:aws:s3:::b' | Action | Action does not apply to any resource(s) in statement
          'Action':['s3:GetObject','s3:ListBucket'],'Resource':'arn:aws:s3:::b/*' | Action[1] | Action does not apply to any resource(s) in statement
          'Action':'s3:ListAllMyBuckets','Resource':['arn:aws:s3:::b','arn:aws:s3:::b/*'] | Action | Action does not apply to any resource(s) in statement
          'Action':'s3:GetObject','Resource':['arn:aws:s3:::b','arn:aws:s3:::b/*'],'Condition':{'StringEquals':{'aws:Heard':'a'}} | Condition.StringEquals.aws:Heard | Policy has an invalid condition key
          'Action':'s3:GetObject','Resource':['arn:aws:s3:::b','arn:aws:s3:::b/*'],'Condition':{'StringEquals':{'s3:prefix':'a'}} | Condition.StringEquals.s3:prefix | Conditions do not apply to combination of actions and resources in statement
          'Action':'s3:ListBucket','Resource':['arn:aws:s3:::b','arn:aws:s3:::b/*'],'Condition':{'StringEquals':{'s3:ExistingObjectTag/a':'a'}} | Condition.StringEquals.s3:ExistingObjectTag/a | Conditions do not apply to combination of actions and resources in statement
          'Action':'s3:GetObject','Resource':['arn:aws:s3:::b','arn:aws:s3:::b/*'],'Condition':{'stringEquals':{'aws:referer':'a'}} | Condition.stringEquals | Invalid Condition type : stringEquals
          """)
  void foreseesWhatS3Refuses(String elements, String where, String message) {
    assertThat(remarks(Kind.REJECTED, "Deny", "'Principal':'*'," + elements))
        .containsExactly(new Remark(Kind.REJECTED, "Statement[0]." + where, message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'Action':'s3:Get*','Resource':'arn:aws:s3:::b/*'
          'Action':'s3:*','Resource':'arn:aws:s3:::b'
          'Action':'*','Resource':['arn:aws:s3:::b','arn:aws:s3:::b/*']
          'Action':'s3:ListBucket','Resource':'arn:aws:s3:::b','Condition':{'StringLike':{'s3:prefix':'nar/*'}}
          'Action':['s3:GetObject','s3:ListBucket'],'Resource':['arn:aws:s3:::b','arn:aws:s3:::b/*']
          'NotAction':'s3:GetObject','Resource':'arn:aws:s3:::b/*'
          'Action':'s3:GetObject','Resource':'arn:aws:s3:::b/${aws:username}/*'
          'Action':'s3:*','Resource':'arn:aws:s3:::b*'
          'Action':'s3:GetObject','Resource':['arn:aws:s3:::b','arn:aws:s3:::b/*'],'Condition':{'StringEquals':{'s3:DataAccessPointAccount':'111122223333'}}
          'Action':'s3:PutObject','Resource':['arn:aws:s3:::b','arn:aws:s3:::b/*'],'Condition':{'Null':{'s3:RequestObjectTag/nix-verdict':'false'}}
          'Action':'s3:GetObject','Resource':['arn:aws:s3:::b','arn:aws:s3:::b/*'],'Condition':{'StringEquals':{'aws:PrincipalTag/team':'infra'}}
          """)
  void takesWhatS3Takes(String elements) {
    assertThat(remarks(Kind.REJECTED, "Deny", "'Principal':'*'," + elements)).isEmpty();
  }

  @Test
  void textThatIsNoPolicyIsRejectedWithS3sMessage() {
    assertThat(PolicyReview.of("{}", Optional.empty()))
        .containsExactly(new Remark(Kind.REJECTED, "", "Missing required field Statement"));
    assertThat(PolicyReview.of("{" + " ".repeat(20_480), Optional.empty()))
        .extracting(Remark::message)
        .containsExactly("Policy exceeds the maximum allowed document size");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Deny  | 'NotPrincipal':{'AWS':'111122223333'},'Action':'s3:GetObject','Resource':['arn:aws:s3:::b','arn:aws:s3:::b/*'] | NotPrincipal | exempt is only
          Allow | 'Principal':'*','Action':'s3:GetBucketLocation','Resource':['arn:aws:s3:::b','arn:aws:s3:::b/*'] | Principal | public in AWS's sense
          Allow | 'Principal':{'AWS':'111122223333'},'Action':'s3:GetObject','Resource':['arn:aws:s3:::b','arn:aws:s3:::b/*'] | Action | not tagged nix-verdict=verified
          Allow | 'Principal':{'AWS':'111122223333'},'NotAction':'s3:PutObject','Resource':['arn:aws:s3:::b','arn:aws:s3:::b/*'] | NotAction | not tagged nix-verdict=verified
          Allow | 'Principal':{'AWS':'111122223333'},'Action':'s3:GetObject','Resource':['arn:aws:s3:::b','arn:aws:s3:::b/*'],'Condition':{'StringEqualsIfExists':{'s3:ExistingObjectTag/nix-verdict':'verified'}} | Action | not tagged
          Allow | 'Principal':{'AWS':'111122223333'},'Action':'s3:GetObject','Resource':['arn:aws:s3:::b','arn:aws:s3:::b/*'],'Condition':{'StringEquals':{'s3:ExistingObjectTag/nix-verdict':['verified','pending']}} | Action | not tagged
          Allow | 'Principal':{'AWS':'111122223333'},'Action':'s3:PutObject','Resource':['arn:aws:s3:::b','arn:aws:s3:::b/*'],'Condition':{'ForAllValues:StringEquals':{'s3:RequestObjectTagKeys':'a'}} | Condition.ForAllValues:StringEquals.s3:RequestObjectTagKeys | ForAllValues holds
          Allow | 'Principal':'*','Action':'s3:PutObjectTagging','Resource':['arn:aws:s3:::b','arn:aws:s3:::b/*'],'Condition':{'StringEquals':{'aws:PrincipalOrgID':'o-1'}} | Action | lets everyone change tags
          Allow | 'Principal':'*','Action':'s3:PutBucketPolicy','Resource':['arn:aws:s3:::b','arn:aws:s3:::b/*'],'Condition':{'StringEquals':{'aws:PrincipalOrgID':'o-1'}} | Action | lets everyone change tags or the policy
          Deny  | 'Principal':'*','Action':'s3:GetObject','Resource':['arn:aws:s3:::b','arn:aws:s3:::b/*'],'Condition':{'ArnNotLike':{'aws:PrincipalArn':'*'}} | Condition.ArnNotLike.aws:PrincipalArn | not an ARN
          """)
  void warnsOfWhatAnAuthorMayNotMean(String effect, String elements, String where, String message) {
    assertThat(remarks(Kind.RISKY, effect, elements))
        .singleElement()
        .satisfies(
            remark -> {
              assertThat(remark.where()).isEqualTo("Statement[0]." + where);
              assertThat(remark.message()).contains(message);
            });
  }

  @Test
  void saysNothingBadOfAGrantThatIsHeldToTheVerdict() {
    String reader = "'Principal':{'AWS':'arn:aws:iam::111122223333:role/ci'}";
    assertThat(
            PolicyReview.of(
                Given.statement(
                        "Allow",
                        reader
                            + ",'Action':'s3:GetObject','Resource':'arn:aws:s3:::b/*',"
                            + VERIFIED)
                    .write(),
                Optional.of("b")))
        .isEmpty();
  }

  @Test
  void warnsOfVariablesInTheOldLanguageAndOfNamesTwice() {
    String json =
        """
        {"Statement":[
         {"Sid":"a","Effect":"Deny","Principal":"*","Action":"s3:PutObject","Resource":"arn:aws:s3:::b/${aws:username}"},
         {"Sid":"a","Effect":"Deny","Principal":"*","Action":"s3:PutObject","Resource":"arn:aws:s3:::b/c"}]}""";
    assertThat(PolicyReview.of(json, Optional.of("b")))
        .extracting(Remark::where)
        .containsExactly("Version", "Statement[1].Sid");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'Principal':'*','Action':'s3:GetObject','Resource':['arn:aws:s3:::b','arn:aws:s3:::b/*'],'Condition':{'StringEquals':{'aws:SourceVpce':'vpce-1'}} | Condition.StringEquals.aws:SourceVpce
          'Principal':'*','Action':'s3:ListBucket','Resource':['arn:aws:s3:::b','arn:aws:s3:::b/*'],'Condition':{'StringEquals':{'aws:PrincipalOrgID':'o-1'}} | Condition.StringEquals.aws:PrincipalOrgID
          'Principal':'*','Action':'s3:GetObject','Resource':['arn:aws:s3:::b','arn:aws:s3:::b/*'],'Condition':{'DateGreaterThan':{'aws:TokenIssueTime':'2026-01-01'}} | Condition.DateGreaterThan.aws:TokenIssueTime
          'Principal':'*','Action':'s3:GetObject','Resource':'arn:aws:s3:::b/${aws:userid}' | Resource
          'Principal':{'AWS':'111122223333'},'Action':'s3:GetObject','Resource':['arn:aws:s3:::b','arn:aws:s3:::b/*'] | Principal
          'Principal':{'Service':'cloudfront.amazonaws.com'},'Action':'s3:GetObject','Resource':['arn:aws:s3:::b','arn:aws:s3:::b/*'] | Principal
          """)
  void saysWhatTheApiCannotKnow(String elements, String where) {
    assertThat(remarks(Kind.NOT_KNOWN_HERE, "Allow", elements))
        .extracting(Remark::where)
        .containsExactly("Statement[0]." + where);
  }

  @Test
  void whatIsNotAboutReadingIsNotTheApisBusiness() {
    String upload =
        "'Principal':'*','Action':'s3:PutObject','Resource':['arn:aws:s3:::b','arn:aws:s3:::b/*'],'Condition':{'Null':{'aws:SourceVpce':'true'}}";
    assertThat(remarks(Kind.NOT_KNOWN_HERE, "Deny", upload)).isEmpty();
  }

  @Test
  void thePolicyOfTheCacheBucketIsOnlyPublic() {
    List<Remark> remarks =
        PolicyReview.of(Given.resource("example-nix-cache.json"), Optional.of("example-nix-cache"));
    assertThat(remarks)
        .extracting(Remark::where)
        .containsExactly("Statement[0].Principal", "Statement[1].Principal");
    assertThat(remarks).extracting(Remark::kind).containsOnly(Kind.RISKY);
  }

  private static List<Remark> remarks(Kind kind, String effect, String elements) {
    String json =
        "{'Version':'2012-10-17','Statement':[{'Effect':'%s',%s}]}"
            .formatted(effect, elements)
            .replace('\'', '"');
    return PolicyReview.of(json, Optional.of("b")).stream()
        .filter(remark -> remark.kind() == kind)
        .toList();
  }
}
