package io.narthex.cache.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.read.Answer.Described;
import io.narthex.cache.read.Answer.Inline;
import io.narthex.cache.store.Tags;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a cache in front of the door may keep: only what everyone may read, from anywhere, at any
 * time, with any client.
 */
class CachingTest {
  private static final String PUBLIC = "public, max-age=60";
  private static final String PRIVATE = "private, max-age=60";
  private static final List<String> PATHS =
      List.of("/nix-cache-info", "/" + Hall.NARINFO, "/log/" + Hall.HASH + "-a.drv");

  /** The manual's policy with one more condition. */
  private static Hall with(String conditions) {
    return filled(
        Hall.of(
            """
            {"Version":"2012-10-17","Statement":[
              {"Effect":"Allow","Principal":"*","Action":"s3:GetObject",
               "Resource":"arn:aws:s3:::example-nix-cache/*","Condition":{%s}}]}
            """
                .formatted(conditions)),
        Hall.verified());
  }

  private static Hall filled(Hall hall, Tags tags) {
    return hall.with("nix-cache-info", "c".getBytes(UTF_8), tags)
        .with(Hall.NARINFO, "n".getBytes(UTF_8), tags)
        .with("log/" + Hall.HASH + "-a.drv", "l".getBytes(UTF_8), tags)
        .with("nar/x.nar", "a".getBytes(UTF_8), tags);
  }

  private static void assertKept(Hall hall, Caller caller, String cacheControl) {
    for (String path : PATHS) {
      assertThat(hall.ask("GET", path, caller))
          .as(path)
          .isInstanceOfSatisfying(
              Inline.class,
              it -> assertThat(it.headers().values()).containsEntry("Cache-Control", cacheControl));
    }
    assertThat(hall.ask("HEAD", "/nar/x.nar", caller))
        .isInstanceOfSatisfying(
            Described.class,
            it -> assertThat(it.headers().values()).containsEntry("Cache-Control", cacheControl));
  }

  @Test
  void mayKeepWhatIsOpenToEveryoneWhoeverAskedForIt() {
    assertKept(filled(Hall.of(Hall.PUBLIC), Hall.verified()), Hall.ANONYMOUS, PUBLIC);
    assertKept(filled(Hall.of(Hall.PUBLIC), Hall.verified()), Hall.STRANGER, PUBLIC);
  }

  @Test
  void mayNotKeepWhatOnlySomeMayRead() {
    assertKept(filled(Hall.of(Hall.PRIVATE), Hall.verified()), Hall.READER, PRIVATE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"IpAddress\":{\"aws:SourceIp\":\"198.51.100.0/24\"}",
        "\"NotIpAddress\":{\"aws:SourceIp\":\"203.0.113.0/24\"}",
        "\"DateLessThan\":{\"aws:CurrentTime\":\"2030-01-01T00:00:00Z\"}",
        "\"NumericLessThan\":{\"aws:EpochTime\":\"1893456000\"}",
        "\"StringLike\":{\"aws:UserAgent\":\"*Nix*\"}",
        "\"StringNotEquals\":{\"aws:Referer\":\"https://example.org/\"}",
        "\"Null\":{\"aws:Referer\":\"true\"}",
      })
  void mayNotKeepWhatDependsOnHowTheCallerCame(String conditions) {
    assertKept(with(conditions), Hall.ANONYMOUS, PRIVATE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"Bool\":{\"aws:SecureTransport\":\"true\"}",
        "\"Null\":{\"aws:SourceVpce\":\"true\"}",
        "\"StringEquals\":{\"s3:ExistingObjectTag/nix-verdict\":\"verified\"}",
      })
  void mayKeepWhatDependsOnTheDoorAlone(String conditions) {
    assertKept(with(conditions), Hall.ANONYMOUS, PUBLIC);
  }

  @Test
  void mayKeepWhatIsOpenByItsTags() {
    Tags open = Hall.verified().with("audience", "public");
    assertKept(filled(Hall.of(Hall.BY_AUDIENCE), open), Hall.ANONYMOUS, PUBLIC);
  }

  @Test
  void mayNotKeepWhatADenyKeepsFromNobodyInParticular() {
    String policy =
        Hall.PUBLIC.replace(
            "\"Statement\":[",
            """
            "Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:GetObject",
             "Resource":"arn:aws:s3:::example-nix-cache/*",
             "Condition":{"StringEquals":{"aws:PrincipalType":"Anonymous"}}},""");
    assertKept(filled(Hall.of(policy), Hall.verified()), Hall.STRANGER, PRIVATE);
  }

  @Test
  void mayNotKeepWhatBlockPublicAccessKeepsFromStrangers() {
    Hall blocked = filled(Hall.of(Hall.PUBLIC), Hall.verified()).blockingPublicAccess();
    assertKept(blocked, Hall.STRANGER, PRIVATE);
  }

  @Test
  void mayNotKeepWhatWasReadWithoutTls() {
    Caller plain =
        new Caller(
            Hall.ANONYMOUS.authenticated(),
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty());
    assertKept(filled(Hall.of(Hall.PUBLIC), Hall.verified()), plain, PRIVATE);
  }

  @ParameterizedTest
  @CsvSource({"/api/v1/whoami", "/api/v1/paths/" + Hall.HASH})
  void mayKeepNothingThatIsOfThisMoment(String path) {
    var answer = (Inline) Hall.of(Hall.PUBLIC).withReport("{}").get(path);
    assertThat(answer.headers().values()).containsEntry("Cache-Control", "no-store");
  }
}
