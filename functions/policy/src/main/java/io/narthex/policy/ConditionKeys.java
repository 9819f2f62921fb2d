package io.narthex.policy;

import java.util.Set;

/**
 * The condition keys that a request to S3 can have, by AWS's lists: the global ones and those of
 * S3. S3 refuses a policy with any other key, so one that is met in a loaded policy is newer than
 * this list or a mistake; no context can know its value, and what is said of it is indeterminate.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html">Global
 *     condition keys</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html#amazons3-policy-keys">Condition
 *     keys for Amazon S3</a>
 */
public final class ConditionKeys {
  /** Of a family the rest of the name is a tag's key. */
  private static final Set<String> FAMILIES =
      Set.of(
          "aws:principaltag/",
          "aws:requesttag/",
          "aws:resourcetag/",
          "s3:accesspointtag/",
          "s3:buckettag/",
          "s3:existingobjecttag/",
          "s3:requestobjecttag/");

  private static final Set<String> NAMES =
      Set.of(
          "aws:assumedroot",
          "aws:calledvia",
          "aws:calledviaawsmcp",
          "aws:calledviafirst",
          "aws:calledvialast",
          "aws:chatbotsourcearn",
          "aws:currenttime",
          "aws:ec2instancesourceprivateipv4",
          "aws:ec2instancesourcevpc",
          "aws:epochtime",
          "aws:federatedprovider",
          "aws:ismcpserviceaction",
          "aws:multifactorauthage",
          "aws:multifactorauthpresent",
          "aws:principalaccount",
          "aws:principalarn",
          "aws:principalisawsservice",
          "aws:principalorgid",
          "aws:principalorgpaths",
          "aws:principalservicename",
          "aws:principalservicenameslist",
          "aws:principaltype",
          "aws:referer",
          "aws:requestedregion",
          "aws:resourceaccount",
          "aws:resourceorgid",
          "aws:resourceorgpaths",
          "aws:securetransport",
          "aws:sourceaccount",
          "aws:sourcearn",
          "aws:sourceidentity",
          "aws:sourceip",
          "aws:sourceorgid",
          "aws:sourceorgpaths",
          "aws:sourceowner",
          "aws:sourcevpc",
          "aws:sourcevpcarn",
          "aws:sourcevpce",
          "aws:tagkeys",
          "aws:tokenissuetime",
          "aws:useragent",
          "aws:userid",
          "aws:username",
          "aws:viaawsmcpservice",
          "aws:viaawsservice",
          "aws:vpceaccount",
          "aws:vpceorgid",
          "aws:vpceorgpaths",
          "aws:vpcsourceip",
          "ec2:roledelivery",
          "ec2:sourceinstancearn",
          "glue:credentialissuingservice",
          "glue:roleassumedby",
          "identitystore:userid",
          "lambda:sourcefunctionarn",
          "s3:accessgrantscope",
          "s3:accessgrantsinstancearn",
          "s3:accessgrantslocationscope",
          "s3:accesspointnetworkorigin",
          "s3:annotation-prefix",
          "s3:authtype",
          "s3:dataaccesspointaccount",
          "s3:dataaccesspointarn",
          "s3:delimiter",
          "s3:deliverysourcearn",
          "s3:destinationregion",
          "s3:existingjoboperation",
          "s3:existingjobpriority",
          "s3:if-match",
          "s3:if-none-match",
          "s3:inventoryaccessibleoptionalfields",
          "s3:isreplicationpauserequest",
          "s3:jobsuspendedcause",
          "s3:locationconstraint",
          "s3:logtype",
          "s3:max-annotation-results",
          "s3:max-keys",
          "s3:object-lock-event-hold",
          "s3:object-lock-event-hold-duration-days",
          "s3:object-lock-legal-hold",
          "s3:object-lock-mode",
          "s3:object-lock-remaining-retention-days",
          "s3:object-lock-retain-until-date",
          "s3:objectcreationoperation",
          "s3:prefix",
          "s3:requestjoboperation",
          "s3:requestjobpriority",
          "s3:requestobjecttagkeys",
          "s3:resourceaccount",
          "s3:resourcearnbeingauthorized",
          "s3:signatureage",
          "s3:signatureversion",
          "s3:tlsversion",
          "s3:versionid",
          "s3:x-amz-acl",
          "s3:x-amz-bucket-namespace",
          "s3:x-amz-content-sha256",
          "s3:x-amz-copy-source",
          "s3:x-amz-grant-full-control",
          "s3:x-amz-grant-read",
          "s3:x-amz-grant-read-acp",
          "s3:x-amz-grant-write",
          "s3:x-amz-grant-write-acp",
          "s3:x-amz-metadata-directive",
          "s3:x-amz-object-annotation-directive",
          "s3:x-amz-object-if-match",
          "s3:x-amz-object-ownership",
          "s3:x-amz-server-side-encryption",
          "s3:x-amz-server-side-encryption-aws-kms-key-id",
          "s3:x-amz-server-side-encryption-customer-algorithm",
          "s3:x-amz-storage-class",
          "s3:x-amz-website-redirect-location",
          "ssm:sourceinstancearn");

  private ConditionKeys() {}

  /** Whether AWS knows a key of this name, in any case, e.g. {@code aws:SourceIp}. */
  public static boolean isKnown(String key) {
    String canonical = RequestContext.canonical(key);
    return NAMES.contains(canonical) || isOfFamily(canonical);
  }

  private static boolean isOfFamily(String canonical) {
    int slash = canonical.indexOf('/') + 1;
    return slash > 0
        && slash < canonical.length()
        && FAMILIES.contains(canonical.substring(0, slash));
  }
}
