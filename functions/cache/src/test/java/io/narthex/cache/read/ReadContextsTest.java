package io.narthex.cache.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.principal.Authentication.Authenticated;
import io.narthex.cache.principal.Identity;
import io.narthex.cache.principal.KnownAccount;
import io.narthex.cache.principal.PrincipalText;
import io.narthex.cache.store.Tags;
import io.narthex.policy.AccountId;
import io.narthex.policy.CanonicalUsers;
import io.narthex.policy.ContextValue;
import io.narthex.policy.ContextValue.Absent;
import io.narthex.policy.ContextValue.Known;
import io.narthex.policy.ContextValue.Unknown;
import io.narthex.policy.RequestContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a policy can ask of a read, key by key: known, absent, or not for us to know. */
class ReadContextsTest {
  private static final ContextValue ABSENT = new Absent();
  private static final ContextValue UNKNOWN = new Unknown();
  private static final ReadContexts CONTEXTS =
      new ReadContexts(
          new CacheBucket("arn:aws:s3:::example-nix-cache", new AccountId("111122223333")));
  private static final String USER = "arn:aws:iam::111122223333:user/reader";
  private static final String SESSION = "arn:aws:sts::111122223333:assumed-role/ci/run-7";

  private static ContextValue known(String... values) {
    return new Known(List.of(values));
  }

  private static Identity identity(String arn) {
    return new Identity(PrincipalText.parse(arn), Map.of(), Optional.empty(), Optional.empty());
  }

  private static RequestContext of(Identity identity) {
    return of(Hall.caller(identity), Optional.empty());
  }

  private static RequestContext of(Caller caller, Optional<KnownAccount> account) {
    return CONTEXTS.object(
        new Asking(caller, account, CanonicalUsers.none(), Hall.START), Optional.empty());
  }

  private static RequestContext from(Optional<String> ip) {
    return of(
        new Caller(Authenticated.NOBODY, ip, true, Optional.empty(), Optional.empty()),
        Optional.empty());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "aws:SourceIp, 198.51.100.7",
    "aws:SecureTransport, true",
    "aws:CurrentTime, 2026-11-22T10:00:00Z",
    "aws:EpochTime, 1795341600",
    "aws:UserAgent, Nix/2.34.8",
    "aws:userid, anonymous",
    "aws:ViaAWSService, false",
    "aws:ResourceAccount, 111122223333",
    "s3:ResourceAccount, 111122223333",
    "s3:ExistingObjectTag/nix-verdict, verified",
  })
  void knowsOfNobodyInParticular(String key, String value) {
    assertThat(of(Identity.ANONYMOUS).value(key)).isEqualTo(known(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aws:Referer",
        "aws:PrincipalIsAWSService",
        "aws:PrincipalTag/team",
        "aws:PrincipalOrgID",
        "aws:PrincipalOrgPaths",
        "aws:TokenIssueTime",
        "aws:MultiFactorAuthPresent",
        "aws:MultiFactorAuthAge",
        "aws:SourceVpce",
        "aws:SourceVpc",
        "aws:VpcSourceIp",
        "aws:SourceArn",
        "s3:authType",
        "s3:signatureAge",
        "s3:signatureversion",
        "s3:prefix",
        "s3:versionid",
      })
  void knowsThatNobodyInParticularHasNo(String key) {
    assertThat(of(Identity.ANONYMOUS).value(key)).isEqualTo(ABSENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3:TlsVersion",
        "s3:BucketTag/x",
        "s3:ExistingObjectTag/team",
        "aws:ResourceTag/x",
        "aws:RequestedRegion",
        "token.actions.githubusercontent.com:sub",
        "aws:NoSuchKey",
      })
  void doesNotKnow(String key) {
    assertThat(of(Identity.ANONYMOUS).value(key)).isEqualTo(UNKNOWN);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "198.51.100.7, 198.51.100.7",
    "::ffff:198.51.100.7, 198.51.100.7",
    "::ffff:c633:6407, 198.51.100.7",
    "0:0:0:0:0:FFFF:198.51.100.7, 198.51.100.7",
    "2001:db8::7, 2001:db8::7",
    "fe80::1%eth0, fe80::1",
  })
  void takesTheAddressAsWhatItIs(String sent, String address) {
    assertThat(from(Optional.of(sent)).value("aws:SourceIp")).isEqualTo(known(address));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "unknown", "198.51.100.7:443", "198.51.100.7, 10.0.0.1", "%"})
  void doesNotKnowAnAddressThatIsNone(String sent) {
    assertThat(from(Optional.of(sent)).value("aws:SourceIp")).isEqualTo(UNKNOWN);
    assertThat(from(Optional.empty()).value("aws:SourceIp")).isEqualTo(UNKNOWN);
  }

  @Test
  void knowsAllTagsOfAPrincipalAndNoOthers() {
    RequestContext context =
        of(
            new Identity(
                PrincipalText.parse(USER),
                Map.of("Team", "infra", "team", "other"),
                Optional.of("AIDAEXAMPLE"),
                Optional.empty()));
    assertThat(((Known) context.value("aws:PrincipalTag/team")).values())
        .containsExactlyInAnyOrder("infra", "other");
    assertThat(context.value("aws:PrincipalTag/role")).isEqualTo(ABSENT);
    assertThat(context.value("aws:userid")).isEqualTo(known("AIDAEXAMPLE"));
  }

  @Test
  void doesNotKnowTheTagsAndTheSessionOfWhoLoggedIn() {
    var loggedIn =
        new Identity(
            PrincipalText.parse(USER),
            Map.of(),
            Optional.of("AIDAEXAMPLE"),
            Optional.empty(),
            false);
    assertThat(of(loggedIn).value("aws:PrincipalTag/team")).isEqualTo(UNKNOWN);
    assertThat(of(loggedIn).value("aws:TokenIssueTime")).isEqualTo(UNKNOWN);
    assertThat(of(loggedIn).value("aws:MultiFactorAuthPresent")).isEqualTo(UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(strings = {USER, SESSION, "arn:aws:iam::111122223333:root"})
  void knowsThatNoServiceAsks(String arn) {
    assertThat(of(identity(arn)).value("aws:PrincipalIsAWSService")).isEqualTo(known("false"));
    assertThat(of(identity(arn)).value("aws:ViaAWSService")).isEqualTo(known("false"));
  }

  @Test
  void doesNotKnowAUserIdThatNobodyToldUs() {
    assertThat(of(identity(USER)).value("aws:userid")).isEqualTo(UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aws:TokenIssueTime",
        "aws:MultiFactorAuthPresent",
        "aws:MultiFactorAuthAge",
        "aws:SourceIdentity",
        "aws:FederatedProvider",
      })
  void knowsThatUsersHaveNoSessionAndNotWhatASessionHas(String key) {
    assertThat(of(identity(USER)).value(key)).isEqualTo(ABSENT);
    assertThat(of(identity("arn:aws:iam::111122223333:root")).value(key)).isEqualTo(ABSENT);
    assertThat(of(identity(SESSION)).value(key)).isEqualTo(UNKNOWN);
    assertThat(of(identity("arn:aws:iam::111122223333:role/ci")).value(key)).isEqualTo(UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(strings = {USER, SESSION})
  void knowsSinceWhenTemporaryCredentialsAreValid(String arn) {
    var issued = Optional.of(Instant.parse("2026-11-22T09:00:00Z"));
    var identity = new Identity(PrincipalText.parse(arn), Map.of(), Optional.empty(), issued);
    assertThat(of(identity).value("aws:TokenIssueTime")).isEqualTo(known("2026-11-22T09:00:00Z"));
  }

  @Test
  void knowsOfAnOrganizationWhatTheSettingsSay() {
    Caller reader = Hall.caller(identity(USER));
    var member = new KnownAccount(Optional.empty(), Optional.of("o-a1"), List.of("o-a1/r/ou-1/"));
    RequestContext told = of(reader, Optional.of(member));
    assertThat(told.value("aws:PrincipalOrgID")).isEqualTo(known("o-a1"));
    assertThat(told.value("aws:PrincipalOrgPaths")).isEqualTo(known("o-a1/r/ou-1/"));
    var blank = new KnownAccount(Optional.empty(), Optional.empty(), List.of());
    for (Optional<KnownAccount> untold :
        List.of(Optional.of(blank), Optional.<KnownAccount>empty())) {
      assertThat(of(reader, untold).value("aws:PrincipalOrgID")).isEqualTo(UNKNOWN);
      assertThat(of(reader, untold).value("aws:PrincipalOrgPaths")).isEqualTo(UNKNOWN);
    }
  }

  @Test
  void knowsAllTagsOfAnObjectThatWasLookedAt() {
    RequestContext context =
        CONTEXTS.object(
            new Asking(Hall.ANONYMOUS, Optional.empty(), CanonicalUsers.none(), Hall.START),
            Optional.of(new Tags(Map.of("team", "*", "nix-verdict", "verified"))));
    assertThat(context.value("s3:ExistingObjectTag/team")).isEqualTo(known("*"));
    assertThat(context.value("s3:ExistingObjectTag/other")).isEqualTo(ABSENT);
  }

  @Test
  void knowsOfAListingThatNoObjectIsMeantAndNotWhatWouldBeListed() {
    RequestContext context =
        CONTEXTS.listing(
            new Asking(Hall.ANONYMOUS, Optional.empty(), CanonicalUsers.none(), Hall.START));
    assertThat(context.value("s3:ExistingObjectTag/nix-verdict")).isEqualTo(ABSENT);
    assertThat(context.value("s3:prefix")).isEqualTo(UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aws:SourceIp",
        "aws:CurrentTime",
        "aws:EpochTime",
        "aws:UserAgent",
        "aws:Referer",
        "s3:ExistingObjectTag/team",
      })
  void doesNotKnowOfAnybodyWhereItIsAndWhen(String key) {
    assertThat(CONTEXTS.byAnybody(Optional.empty()).value(key)).isEqualTo(UNKNOWN);
  }
}
