package io.narthex.local.cli.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BatchTest {
  private static final String ALLOW =
      "{'Version':'2012-10-17','Statement':{'Sid':'Read','Effect':'Allow','Principal':%s,"
          + "'Action':'s3:GetObject','Resource':'arn:aws:s3:::b/*'%s}}";
  private static final String OPEN = ALLOW.formatted("'*'", "");
  private static final String REST =
      ",'account':'111122223333','action':'s3:GetObject','resource':'arn:aws:s3:::b/k'";
  private static final String USER = "'principal':'arn:aws:iam::111122223333:user/ann'";
  private static final String OTHER = "'principal':'arn:aws:iam::444455556666:user/bob'";
  private static final String HELD =
      "'identityPolicies':[{'name':'all','policy':{'Statement':{'Sid':'Mine','Effect':'%s',"
          + "'Action':'*','Resource':'*'}}}]";

  /** What a run of a batch gave. */
  private record Answers(boolean areAllDecided, String text) {}

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          anonymous and a grant to everyone | 'policy':OPEN,'principal':null | ALLOW | 'Read'
          anonymous by leaving it out | 'policy':OPEN | ALLOW | 'Read'
          no policy | 'policy':null,USER | IMPLICIT_DENY | null
          no policy at all | USER | IMPLICIT_DENY | null
          no policy and an identity policy | USER,HELD | ALLOW | 'Mine'
          identity policy denies | 'policy':OPEN,USER,DENIED | EXPLICIT_DENY | 'Mine'
          another account without its own | 'policy':OPEN,OTHER | IMPLICIT_DENY | null
          another account with its own | 'policy':OPEN,OTHER,HELD | ALLOW | 'Read'
          root of the owner | 'principal':'arn:aws:iam::111122223333:root' | ALLOW | null
          """)
  void decides(String name, String members, String decision, String statement) throws IOException {
    String line =
        members
            .replace("OPEN", OPEN)
            .replace("USER", USER)
            .replace("OTHER", OTHER)
            .replace("HELD", HELD.formatted("Allow"))
            .replace("DENIED", HELD.formatted("Deny"));
    assertThat(run("{'id':'x'," + line + REST + "}"))
        .isEqualTo(
            new Answers(
                true, "{'id':'x','decision':'" + decision + "','statement':" + statement + "}\n"));
  }

  @Test
  void takesAPolicyInAString() throws IOException {
    String policy = OPEN.replace("'", "\\\"");
    assertThat(run("{'id':1,'policy':\"" + policy + "\"" + REST + "}").text())
        .isEqualTo("{'id':1,'decision':'ALLOW','statement':'Read'}\n");
  }

  @ParameterizedTest(name = "{0} with {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'StringEquals':{'aws:PrincipalTag/team':'infra'} | 'aws:PrincipalTag/team':'infra' | ALLOW
          'StringEquals':{'aws:PrincipalTag/team':'infra'} | 'aws:PrincipalTag/team':'web' | IMPLICIT_DENY
          'StringNotEquals':{'aws:PrincipalTag/team':'infra'} | 'aws:referer':'x' | ALLOW
          'Bool':{'aws:SecureTransport':'true'} | 'aws:SecureTransport':true | ALLOW
          'NumericLessThan':{'s3:max-keys':'10'} | 's3:max-keys':9 | ALLOW
          'ForAnyValue:StringEquals':{'aws:PrincipalOrgPaths':'b'} | 'aws:PrincipalOrgPaths':['a','b'] | ALLOW
          'StringEquals':{'aws:PrincipalOrgPaths':'b'} | 'aws:PrincipalOrgPaths':['a','b'] | IMPLICIT_DENY
          'Null':{'aws:referer':'true'} | 'aws:referer':[] | ALLOW
          'StringLike':{'aws:userid':'AIDA*'} | 'aws:userid':'AIDAJQABLZS4A3QDU576Q' | ALLOW
          'StringNotEquals':{'aws:Heard':'a'} | 'aws:referer':'x' | IMPLICIT_DENY
          'StringEquals':{'aws:Heard':'a'} | 'aws:Heard':'a' | IMPLICIT_DENY
          """)
  void takesTheContextForComplete(String condition, String context, String decision)
      throws IOException {
    String policy = ALLOW.formatted("'*'", ",'Condition':{" + condition + "}");
    assertThat(run("{'policy':" + policy + REST + ",'context':{" + context + "}}").text())
        .startsWith("{'id':null,'decision':'" + decision + "',");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          nonsense | null | not JSON
          [] | null | not a JSON object
          {'id':7 | 7 | not JSON
          {'id':'a'} | 'a' | no account
          {'id':[1]} | null | the id is not a scalar
          {'id':1,'id':2} | 1 | twice: id
          {'id':1,'ID':2} | 1 | unknown member ID
          {'id':1REST} {} | 1 | more than one JSON object
          {'id':1,'policy':{}REST} | 1 | Missing required field Statement
          {'id':1,'policy':[]REST} | 1 | not a policy
          {'id':1,'policy':{'Statement':1,'Statement':2}REST} | 1 | This policy contains invalid Json
          {'id':1,'principal':'ann'REST} | 1 | not the ARN of a principal: ann
          {'id':1,'principal':7REST} | 1 | not a string: principal
          {'id':1,'account':'owner','action':'s3:GetObject','resource':'arn:aws:s3:::b/k'} | 1 | not an account id
          {'id':1,'account':'111122223333','action':'s3:*','resource':'arn:aws:s3:::b/k'} | 1 | not an action
          {'id':1,'account':'111122223333','action':'s3:GetObject','resource':'b/k'} | 1 | not an ARN
          {'id':1,'context':{'aws:referer':null}REST} | 1 | is not a string, number or boolean
          {'id':1,'context':{'aws:referer':'a','aws:referer':'b'}REST} | 1 | twice: aws:referer
          {'id':1,'identityPolicies':[{'name':'x'}]REST} | 1 | an identity policy without policy
          {'id':1,'identityPolicies':[{'policy':OPEN}]REST} | 1 | should not specify a principal
          """)
  void badLineHasAnErrorInItsPlace(String line, String id, String error) throws IOException {
    String good = "{'id':'last'" + REST + "}";
    Answers answers = run(line.replace("REST", REST).replace("OPEN", OPEN) + "\n" + good);
    assertThat(answers.areAllDecided()).isFalse();
    assertThat(answers.text().lines())
        .hasSize(2)
        .satisfies(
            lines -> {
              assertThat(lines.getFirst()).startsWith("{'id':" + id + ",'error':'").contains(error);
              assertThat(lines.getLast()).startsWith("{'id':'last','decision':");
            });
  }

  @Test
  void keepsTheOrderOfMorePoliciesThanItRemembers() throws IOException {
    StringBuilder lines = new StringBuilder();
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      String sid = "S" + i % 5_000;
      String policy = OPEN.replace("Read", sid);
      lines
          .append("{'id':")
          .append(i)
          .append(",'policy':")
          .append(policy)
          .append(REST)
          .append("}\n");
      expected.append("{'id':" + i + ",'decision':'ALLOW','statement':'" + sid + "'}\n");
    }
    assertThat(run(lines.toString())).isEqualTo(new Answers(true, expected.toString()));
  }

  private static Answers run(String lines) throws IOException {
    var out = new ByteArrayOutputStream();
    boolean areAllDecided =
        new Batch().decide(new ByteArrayInputStream(lines.replace('\'', '"').getBytes(UTF_8)), out);
    return new Answers(areAllDecided, out.toString(UTF_8).replace('"', '\''));
  }
}
