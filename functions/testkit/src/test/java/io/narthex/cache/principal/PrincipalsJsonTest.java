package io.narthex.cache.principal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.narthex.cache.principal.Authentication.Authenticated;
import io.narthex.cache.principal.Authentication.Refused;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrincipalsJsonTest {
  private static final String GOOD =
      """
      {
        "accounts": {
          "111122223333": {
            "canonicalId": "%s",
            "organization": "o-a1b2c3d4e5",
            "organizationPaths": ["o-a1b2c3d4e5/r-ab12/"]
          },
          "444455556666": {}
        },
        "roles": ["arn:aws:iam::111122223333:role/ci/deploy"],
        "issuers": [
          {
            "url": "https://token.actions.githubusercontent.com",
            "audiences": ["https://cache.example.org"],
            "maxAge": "PT15M",
            "keyHosts": ["keys.example.org"],
            "mappings": [
              {
                "claims": {"repository": "acme/*", "ref": ["refs/heads/main", "refs/tags/*"]},
                "principal": "arn:aws:iam::111122223333:role/ci",
                "tags": {"repo": "{repository}"},
                "userId": "AROAEXAMPLE:ci"
              }
            ]
          }
        ]
      }
      """
          .formatted("a".repeat(64));

  @Test
  void readsAll() throws MalformedPrincipalsException {
    PrincipalSettings settings = PrincipalsJson.read(GOOD);
    assertThat(settings.accounts()).containsOnlyKeys("111122223333", "444455556666");
    assertThat(settings.roles()).containsExactly("arn:aws:iam::111122223333:role/ci/deploy");
    OidcIssuer issuer =
        settings.issuer("https://token.actions.githubusercontent.com").orElseThrow();
    assertThat(issuer.maxAge()).isEqualTo(Duration.ofMinutes(15));
    assertThat(issuer.audiences()).containsExactly("https://cache.example.org");
    assertThat(issuer.mappings())
        .singleElement()
        .satisfies(
            mapping -> {
              assertThat(mapping.claims().get("ref")).hasSize(2);
              assertThat(mapping.tags()).containsEntry("repo", new TagTemplate("{repository}"));
              assertThat(mapping.userId()).contains("AROAEXAMPLE:ci");
            });
    assertThat(PrincipalsJson.read("{}")).isEqualTo(PrincipalSettings.NONE);
  }

  @Test
  void saysEveryProblemWithItsPlace() {
    String json =
        """
        {"acounts": {}, "accounts": {"1": {"organisation": "x"}}, "roles": ["ci", 7],
         "issuers": [{"url": "http://issuer.example.org", "mappings": [{"principal": "ci",
           "claims": {"sub": []}, "condition": {}}]}, 7]}
        """;
    assertThatExceptionOfType(MalformedPrincipalsException.class)
        .isThrownBy(() -> PrincipalsJson.read(json))
        .satisfies(
            e ->
                assertThat(e.problems())
                    .anySatisfy(p -> assertThat(p).isEqualTo("unknown field acounts"))
                    .anySatisfy(
                        p -> assertThat(p).isEqualTo("accounts.1: unknown field organisation"))
                    .anySatisfy(p -> assertThat(p).startsWith("roles: not the ARN of a role"))
                    .anySatisfy(p -> assertThat(p).isEqualTo("roles: not an array of strings"))
                    .anySatisfy(p -> assertThat(p).startsWith("issuers[0].url: not https"))
                    .anySatisfy(p -> assertThat(p).startsWith("issuers[0].mappings[0].principal"))
                    .anySatisfy(p -> assertThat(p).startsWith("issuers[0].mappings[0].claims.sub"))
                    .anySatisfy(
                        p ->
                            assertThat(p)
                                .isEqualTo("issuers[0].mappings[0]: unknown field condition"))
                    .anySatisfy(p -> assertThat(p).isEqualTo("issuers[1]: not an object")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://issuer.example.org",
        "ftp://issuer.example.org",
        "//issuer.example.org",
        "issuer.example.org",
        "https://",
        "https://user@issuer.example.org",
        "https://issuer.example.org/#x",
        "https://issuer.example.org/?x",
        "https://issuer.example.org/../x",
        "https://127.0.0.1",
        "https://169.254.169.254",
        "https://2130706433",
        "https://0x7f000001",
        "https://1.1",
        "https://[::1]",
        "https://localhost",
        "https://a.localhost",
        "https://intranet",
        "http://169.254.169.254",
        "http://127.0.0.1.example.org",
        "http://[::1]",
      })
  void asksNoAddressOfTheInside(String url) {
    assertThatExceptionOfType(MalformedPrincipalsException.class)
        .isThrownBy(
            () ->
                PrincipalsJson.read(
                    "{\"issuers\": [{\"url\": \"%s\", \"audiences\": \"a\"}]}".formatted(url)))
        .withMessageStartingWith("issuers[0].url");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{} {}",
        "{\"roles\": [], \"roles\": []}",
        "{\"accounts\": {\"1234\": {}}}",
        "{\"accounts\": {\"111122223333\": {\"canonicalId\": \"x\"}}}",
        "{\"accounts\": []}",
        "{\"roles\": [\"arn:aws:iam::111122223333:user/x\"]}",
        "{\"roles\": [\"arn:aws:iam::111122223333:role/a/x\", \"arn:aws:iam::111122223333:role/x\"]}",
        "{\"issuers\": [{\"url\": \"https://a.example\"}]}",
        "{\"issuers\": [{\"url\": \"https://a.example\", \"audiences\": [\"\"]}]}",
        "{\"issuers\": [{\"url\": \"https://a.example\", \"audiences\": \"a\", \"maxAge\": \"P2D\"}]}",
        "{\"issuers\": [{\"url\": \"https://a.example\", \"audiences\": \"a\", \"keyHosts\": \"127.0.0.1\"}]}",
        "{\"issuers\": [{\"url\": \"https://a.example\", \"audiences\": \"a\"}, {\"url\": \"https://a.example\", \"audiences\": \"b\"}]}",
        "{\"issuers\": [{\"url\": \"https://a.example\", \"audiences\": \"a\", \"mappings\": [{\"principal\": \"arn:aws:iam::111122223333:role/x\"}]}]}",
        "{\"issuers\": [{\"url\": \"https://a.example\", \"audiences\": \"a\", \"mappings\": [{\"principal\": \"*\", \"claims\": {\"sub\": \"*\"}}]}]}",
        "{\"issuers\": [{\"url\": \"https://a.example\", \"audiences\": \"a\", \"mappings\": [{\"principal\": \"arn:aws:iam::111122223333:role/x\", \"claims\": {\"sub\": \"*\"}, \"tags\": {\"a\": \"{b\"}}]}]}",
      })
  void refusesWhatIsNotUnderstoodAndLetsNobodyInByIt(String json) {
    assertThatExceptionOfType(MalformedPrincipalsException.class)
        .isThrownBy(() -> PrincipalsJson.read(json))
        .satisfies(e -> assertThat(e.problems()).isNotEmpty());
    var door = new Door();
    IssuedToken own = door.tokens.create(Door.grant(Door.ROLE));
    door.principals("{\"accounts\": {\"444455556666\": {}}}");
    IssuedToken foreign = door.tokens.create(Door.grant("arn:aws:iam::444455556666:user/x"));
    door.principals(json);
    assertThat(door.authenticate(Door.basic(foreign))).isInstanceOf(Refused.class);
    assertThat(door.authenticate(Door.basic(own))).isInstanceOf(Authenticated.class);
    assertThat(door.authenticator.authenticate(Optional.empty())).isSameAs(Authenticated.NOBODY);
    assertThat(door.alarms).isNotEmpty();
  }

  @Test
  void storesOnlyWhatIsUnderstood() throws MalformedPrincipalsException {
    var door = new Door();
    assertThat(StoredPrincipals.show(door.state)).isEmpty();
    StoredPrincipals.set(door.state, GOOD, Door.ACCOUNT);
    assertThat(StoredPrincipals.show(door.state)).contains(GOOD);
    assertThatExceptionOfType(MalformedPrincipalsException.class)
        .isThrownBy(() -> StoredPrincipals.set(door.state, "{\"x\": 1}", Door.ACCOUNT));
    assertThatExceptionOfType(MalformedPrincipalsException.class)
        .isThrownBy(
            () ->
                StoredPrincipals.set(
                    door.state,
                    GOOD.replace("::111122223333:role/ci\"", "::777788889999:role/ci\""),
                    Door.ACCOUNT))
        .satisfies(e -> assertThat(e.problems()).isNotEmpty())
        .withMessageContaining("777788889999");
    assertThat(StoredPrincipals.show(door.state)).contains(GOOD);
  }

  @ParameterizedTest
  @CsvSource({
    "acme/*, acme/site, true",
    "acme/*, acme-evil/site, false",
    "acme/*, xacme/site, false",
    "*, '', true",
    "?, '', false",
    "a?c, abc, true",
    "*a*b, xaxxb, true",
    "*a*b, xaxxbc, false",
    "repo:a/b:ref:refs/heads/main, repo:a/b:ref:refs/heads/main, true",
    "repo:a/b:ref:refs/heads/main, repo:a/b:ref:refs/heads/Main, false",
    "a.c, abc, false",
  })
  void matchesPatterns(String glob, String text, boolean matches) {
    assertThat(new ClaimPattern(glob).matches(text)).isEqualTo(matches);
  }
}
