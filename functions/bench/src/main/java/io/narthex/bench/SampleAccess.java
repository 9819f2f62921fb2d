package io.narthex.bench;

import io.narthex.policy.AccessRequest;
import io.narthex.policy.Principal;
import io.narthex.policy.Principal.IamUser;
import io.narthex.policy.RequestContext;
import java.util.List;

/** A user reads a narinfo: the request that decisions are measured on. */
final class SampleAccess {
  static final String USER = "arn:aws:iam::" + SamplePolicies.ACCOUNT + ":user/readers/ann";
  static final String OBJECT =
      "arn:aws:s3:::" + SamplePolicies.BUCKET + "/syd87l2rxw8cbsxmxl853h0r6pdwhwjr.narinfo";
  static final String USER_AGENT = "curl/8.23.0 Nix/2.34.8";
  static final String SOURCE_IP = "198.51.100.7";
  static final String TEAM = "infra";
  static final String CLOSED_TO = "guests";

  private static final Principal ANN = new IamUser(USER);

  /** What the serving function knows to be absent, besides prefixes. */
  private static final List<String> ABSENT =
      List.of(
          "aws:Referer",
          "aws:VpcSourceIp",
          "aws:SourceVpc",
          "aws:SourceVpcArn",
          "aws:SourceVpce",
          "aws:VpceAccount",
          "aws:VpceOrgID",
          "aws:VpceOrgPaths",
          "aws:SourceArn",
          "aws:SourceAccount",
          "aws:SourceOrgID",
          "aws:SourceOrgPaths");

  private SampleAccess() {}

  /** Built anew with all the keys that the serving function sets, as it does for each request. */
  static AccessRequest request() {
    RequestContext.Builder context =
        RequestContext.builder()
            .absentUnder("s3:")
            .value("s3:ResourceAccount", SamplePolicies.ACCOUNT)
            .unknown("s3:TlsVersion")
            .unknownUnder("s3:BucketTag/")
            .value("aws:SecureTransport", "true")
            .value("aws:CurrentTime", "2026-11-22T10:00:00Z")
            .value("aws:EpochTime", "1795341600")
            .value("aws:PrincipalIsAWSService", "false")
            .value("aws:ViaAWSService", "false")
            .value("aws:SourceIp", SOURCE_IP)
            .value("aws:UserAgent", USER_AGENT)
            .absentUnder("aws:PrincipalTag/")
            .value("aws:PrincipalTag/team", TEAM)
            .value("s3:ExistingObjectTag/nix-verdict", "verified")
            .value("s3:ExistingObjectTag/team", TEAM)
            .value("s3:ExistingObjectTag/closed-to", CLOSED_TO);
    for (int i = 0; i < ABSENT.size(); i++) {
      context.absent(ABSENT.get(i));
    }
    return new AccessRequest(ANN, "s3:GetObject", OBJECT, context.build());
  }
}
