package io.narthex.cache.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.read.Answer.Hidden;
import io.narthex.cache.read.Answer.NotFound;
import io.narthex.cache.store.Tags;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a caller may not read and may not list is answered as what is not there: in the same words,
 * and after the same requests to S3, so that the time it takes tells nothing either.
 */
class HiddenIsAbsentTest {
  private static final String NAR = "nar/x.nar";
  private static final String LOG = "log/" + Hall.HASH + "-a.drv";
  private static final List<String> KEYS = List.of(Hall.NARINFO, NAR, LOG, Hall.HASH + ".ls");

  /** Everyone may read what has not the tag {@code secret}. */
  private static final String BUT_SECRETS =
      """
      {"Version":"2012-10-17","Statement":[
        {"Effect":"Allow","Principal":"*","Action":"s3:GetObject",
         "Resource":"arn:aws:s3:::example-nix-cache/*"},
        {"Effect":"Deny","Principal":"*","Action":"s3:GetObject",
         "Resource":"arn:aws:s3:::example-nix-cache/*",
         "Condition":{"StringEquals":{"s3:ExistingObjectTag/secret":"yes"}}}]}
      """;

  /** Everyone may read what is tagged for its team. */
  private static final String BY_TEAM =
      """
      {"Version":"2012-10-17","Statement":[
        {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:user/stranger"},
         "Action":"s3:GetObject","Resource":"arn:aws:s3:::example-nix-cache/*",
         "Condition":{"StringEquals":{
           "s3:ExistingObjectTag/team":"${aws:PrincipalTag/team}"}}}]}
      """;

  record Row(String policy, Caller caller, String path, boolean judged) {}

  static Stream<Row> rows() {
    return Stream.of(Hall.PRIVATE, Hall.BY_AUDIENCE, BUT_SECRETS, BY_TEAM)
        .flatMap(
            policy ->
                Stream.of(Hall.ANONYMOUS, Hall.STRANGER)
                    .flatMap(
                        caller ->
                            Stream.concat(KEYS.stream(), Stream.of("api/v1/paths/" + Hall.HASH))
                                .flatMap(
                                    path ->
                                        Stream.of(true, false)
                                            .map(it -> new Row(policy, caller, path, it)))));
  }

  /** A cache where every key is there and hidden from everyone. */
  private static Hall full(String policy, boolean judged) {
    Tags tags = (judged ? Hall.verified() : Tags.NONE).with("secret", "yes");
    Hall hall = Hall.of(policy).withReport("{}");
    KEYS.forEach(key -> hall.with(key, "x".getBytes(UTF_8), tags));
    return hall;
  }

  private static String heard(Answer answer) {
    return switch (answer) {
      case Hidden(var reason, _) -> reason;
      case NotFound(var reason) -> reason;
      default -> throw new AssertionError(answer);
    };
  }

  @ParameterizedTest
  @MethodSource("rows")
  void saysAndDoesTheSame(Row row) {
    for (String method : List.of("GET", "HEAD")) {
      Hall with = full(row.policy, row.judged);
      Hall without = Hall.of(row.policy);
      Answer hidden = with.ask(method, "/" + row.path, row.caller);
      Answer absent = without.ask(method, "/" + row.path, row.caller);
      assertThat(hidden).isInstanceOf(Hidden.class);
      assertThat(heard(hidden)).isEqualTo(heard(absent));
      assertThat(with.store.requests).isEqualTo(without.store.requests);
      assertThat(with.slept).isEmpty();
    }
  }

  @Test
  void looksAtTheTagsOnceAndAtNothingElse() {
    Hall with = full(BUT_SECRETS, true);
    with.get("/" + NAR);
    assertThat(with.store.requests).containsExactly("tags " + NAR);
    Hall without = Hall.of(BUT_SECRETS);
    without.get("/" + NAR);
    assertThat(without.store.requests).containsExactly("tags " + NAR);
  }

  @Test
  void looksAtNothingWhereTheTagsDoNotDecide() {
    Hall hall = full(Hall.PRIVATE, true);
    hall.get("/" + NAR);
    assertThat(hall.store.requests).isEmpty();
  }

  @Test
  void saysOfWhatIsAbsentWhereTheCallerMayReadTheSameAsWhereItMayNot() {
    Answer absent = Hall.of(Hall.PRIVATE).ask("GET", "/" + NAR, Hall.READER);
    Answer hidden = Hall.of(Hall.PRIVATE).ask("GET", "/" + NAR, Hall.STRANGER);
    assertThat(heard(absent)).isEqualTo(heard(hidden));
  }

  @Test
  void tellsWhoSentNoCredentialsThatTheyMayBeNeeded() {
    assertThat(heard(Hall.of(Hall.PRIVATE).get("/nix-cache-info"))).contains("netrc");
    assertThat(heard(Hall.of(Hall.PUBLIC).get("/" + NAR))).contains("netrc");
    assertThat(heard(Hall.of(Hall.PRIVATE).ask("GET", "/" + NAR, Hall.STRANGER)))
        .doesNotContain("netrc");
  }

  @Test
  void doesNotReadTheReportOnAPathWhoseTagsNobodyKnows() {
    Hall withdrawn = Hall.of(BUT_SECRETS).withReport("{}");
    assertThat(withdrawn.get("/api/v1/paths/" + Hall.HASH)).isInstanceOf(Hidden.class);
  }
}
