package io.narthex.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicAccessTest {
  private static final String REST = ",'Action':'s3:GetObject','Resource':'arn:aws:s3:::b/*'";

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({
    "Allow, '''*''', true",
    "Allow, '{''AWS'':''*''}', true",
    "Deny, '''*''', false",
    "Allow, '{''AWS'':''111122223333''}', false",
    "Allow, '{''AWS'':''arn:aws:iam::111122223333:user/ann''}', false",
    "Allow, '{''Service'':''cloudtrail.amazonaws.com''}', false",
  })
  void grantsToEveryoneArePublic(String effect, String principal, boolean expected) {
    assertThat(PublicAccess.isPublic(Given.statement(effect, "'Principal':" + principal + REST)))
        .isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} {1} {2}: {3}")
  @CsvSource({
    "StringEquals, aws:PrincipalOrgID, o-a1b2c3d4e5, false",
    "StringEquals, AWS:principalorgid, o-a1b2c3d4e5, false",
    "StringEqualsIfExists, aws:PrincipalOrgID, o-a1b2c3d4e5, true",
    "StringNotEquals, aws:PrincipalOrgID, o-a1b2c3d4e5, true",
    "ForAllValues:StringEquals, aws:PrincipalOrgID, o-a1b2c3d4e5, true",
    "ForAnyValue:StringEquals, aws:PrincipalOrgID, o-a1b2c3d4e5, false",
    "Sounds, aws:PrincipalOrgID, o-a1b2c3d4e5, true",
    "StringLike, aws:PrincipalOrgID, o-*, true",
    "StringLike, aws:PrincipalOrgID, o-a1b2c3d4e?, true",
    "StringEquals, aws:PrincipalOrgID, ${aws:PrincipalOrgID}, true",
    "StringEquals, aws:PrincipalOrgID, '', true",
    "StringEquals, aws:PrincipalAccount, 111122223333, false",
    "StringEquals, aws:PrincipalAccount, anonymous, true",
    "ArnEquals, aws:PrincipalArn, arn:aws:iam::111122223333:user/ann, false",
    "ArnLike, aws:PrincipalArn, arn:aws:iam::111122223333:role/ci, false",
    "ArnLike, aws:PrincipalArn, arn:aws:iam::111122223333:role/*, true",
    "ArnNotEquals, aws:PrincipalArn, arn:aws:iam::111122223333:role/ci, true",
    "Null, aws:PrincipalArn, false, true",
    "StringEquals, aws:PrincipalTag/team, infra, true",
    "StringEquals, aws:PrincipalType, User, true",
    "StringEquals, aws:SourceVpc, vpc-91237329, false",
    "StringLike, aws:SourceVpc, vpc-*, true",
    "StringEquals, aws:SourceVpce, vpce-1a2b3c4d, false",
    "StringEquals, aws:SourceAccount, 111122223333, false",
    "ArnEquals, aws:SourceArn, arn:aws:cloudfront::111122223333:distribution/E1, false",
    "IpAddress, aws:SourceIp, 203.0.113.0/24, false",
    "IpAddress, aws:SourceIp, 10.0.0.0/8, false",
    "IpAddress, aws:SourceIp, 10.0.0.0/7, true",
    "IpAddress, aws:SourceIp, 0.0.0.0/1, true",
    "IpAddress, aws:SourceIp, 2001:db8::/32, false",
    "IpAddress, aws:SourceIp, 2001:db8::/31, true",
    "NotIpAddress, aws:SourceIp, 203.0.113.0/24, true",
    "IpAddressIfExists, aws:SourceIp, 203.0.113.0/24, true",
    "StringEquals, aws:SourceIp, 203.0.113.4, true",
    "IpAddress, aws:VpcSourceIp, 10.0.0.0/24, true",
    "StringEquals, aws:userid, AIDAJQABLZS4A3QDU576Q, false",
    "StringEquals, aws:userid, anonymous, true",
    "StringLike, aws:userid, AROAJQABLZS4A3QDU576Q:*, true",
    "StringEquals, aws:userid, AROAJQABLZS4A3QDU576Q:run-7, true",
    "StringEquals, s3:DataAccessPointAccount, 111122223333, false",
    "ArnLike, s3:DataAccessPointArn, arn:aws:s3:us-west-2:111122223333:accesspoint/*, false",
    "StringLike, s3:DataAccessPointArn, arn:aws:s3:us-west-2:111122223333:accesspoint/a, false",
    "ArnLike, s3:DataAccessPointArn, arn:aws:s3:us-west-2:*:accesspoint/*, true",
    "ArnLike, s3:DataAccessPointArn, arn:aws:s3:*:111122223333:accesspoint/*, true",
    "ArnLike, s3:DataAccessPointArn, arn:aws:s3:us-west-2:111122223333:*, true",
    "StringEquals, s3:ExistingObjectTag/nix-verdict, verified, true",
    "Bool, aws:SecureTransport, true, true",
  })
  void fixedValuesOfTheListedKeysLimitAGrant(
      String operator, String key, String operand, boolean expected) {
    assertThat(PublicAccess.isPublic(limited(operator, key, "'" + operand + "'")))
        .isEqualTo(expected);
  }

  @Test
  void everyValueMustBeFixed() {
    assertThat(PublicAccess.isPublic(limited("StringLike", "aws:SourceVpc", "['vpc-1','vpc-*']")))
        .isTrue();
    assertThat(PublicAccess.isPublic(limited("StringLike", "aws:SourceVpc", "['vpc-1','vpc-2']")))
        .isFalse();
  }

  @Test
  void onePublicGrantMakesThePolicyPublic() {
    PolicyDocument policy =
        Given.bucketPolicy(
            """
            {"Version":"2012-10-17","Statement":[
             {"Effect":"Allow","Principal":{"AWS":"444455556666"},"Action":"*","Resource":"*"},
             {"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"*"},
             {"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}]}""");
    assertThat(PublicAccess.isPublic(policy)).isTrue();
    assertThat(
            PublicAccess.isPublic(
                new PolicyDocument(
                    policy.version(), policy.id(), policy.statements().subList(0, 1))))
        .isFalse();
  }

  @Test
  void thePolicyOfTheCacheBucketIsPublic() {
    assertThat(PublicAccess.isPublic(Given.bucketPolicy(Given.resource("example-nix-cache.json"))))
        .isTrue();
  }

  @Test
  void refusesIdentityPolicies() {
    PolicyDocument identity =
        Given.identityPolicy(
            """
            {"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}""");
    assertThatIllegalArgumentException().isThrownBy(() -> PublicAccess.isPublic(identity));
  }

  private static PolicyDocument limited(String operator, String key, String operands) {
    return Given.statement(
        "Allow",
        "'Principal':'*'"
            + REST
            + ",'Condition':{'"
            + operator
            + "':{'"
            + key
            + "':"
            + operands
            + "}}");
  }
}
