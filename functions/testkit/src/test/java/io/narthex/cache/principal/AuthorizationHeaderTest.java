package io.narthex.cache.principal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers smuggled, doubled, oversized or garbled. */
class AuthorizationHeaderTest {
  private static final String GOOD = Door.basic("nxt_0123456789abcdef01234567", "nxs_x");

  private static Credentials read(String value) {
    return AuthorizationHeader.read(Optional.of(value));
  }

  @Test
  void readsLoginAndPasswordWithColonsInThePassword() {
    assertThat(read(Door.basic("netrc:a:b:")))
        .isInstanceOfSatisfying(
            Credentials.Pair.class,
            pair -> {
              assertThat(pair.login()).isEqualTo("netrc");
              assertThat(pair.password().reveal()).isEqualTo("a:b:");
            });
    assertThat(read(Door.basic("ä", "ö"))).isInstanceOf(Credentials.Pair.class);
    assertThat(read(GOOD.replace("Basic", "bASIC"))).isInstanceOf(Credentials.Pair.class);
  }

  @Test
  void takesAWebTokenAsBearerOrAsThePasswordOfAnyLogin() {
    assertThat(read("Bearer a.b.c")).isInstanceOf(Credentials.WebToken.class);
    assertThat(read(Door.basic("oidc", "a.b.c"))).isInstanceOf(Credentials.WebToken.class);
    assertThat(read(Door.basic("", "a.b.c"))).isInstanceOf(Credentials.WebToken.class);
    assertThat(read(Door.basic("nxt_0123456789abcdef01234567", "a.b.c")))
        .isInstanceOf(Credentials.Pair.class);
    assertThat(read("Bearer a.b.c").toString()).doesNotContain("a.b.c");
  }

  @Test
  void takesNoHeaderForNobody() {
    assertThat(AuthorizationHeader.read(Optional.empty())).isInstanceOf(Credentials.Absent.class);
  }

  static Stream<String> garbage() {
    Base64.Encoder base64 = Base64.getEncoder();
    return Stream.of(
        "",
        " ",
        "Basic",
        "Basic ",
        "Bearer",
        "Bearer ",
        GOOD.substring("Basic ".length()),
        // Several headers, as API Gateway joins them.
        GOOD + "," + GOOD,
        GOOD + ", " + GOOD,
        "Bearer a.b.c,Bearer a.b.c",
        "Bearer a.b.c, " + GOOD,
        "Basic  " + GOOD.substring("Basic ".length()),
        " " + GOOD,
        GOOD + " ",
        GOOD + "\n",
        GOOD.replace("Basic ", "Basic\t"),
        "Digest username=\"x\"",
        "Negotiate abc",
        "AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20261101/eu-west-2/s3/aws4_request",
        "Basic bmV0cmM6eA",
        "Basic bmV0cmM6eB==",
        "Basic bmV0cm-6eA==",
        "Basic " + base64.encodeToString("no colon".getBytes(UTF_8)),
        "Basic " + base64.encodeToString("a:b\0c".getBytes(UTF_8)),
        "Basic " + base64.encodeToString("a\0:b".getBytes(UTF_8)),
        "Basic " + base64.encodeToString("a:b\r\nX: y".getBytes(UTF_8)),
        "Basic " + base64.encodeToString("ä:b".getBytes(ISO_8859_1)),
        "Basic " + base64.encodeToString(new byte[] {'a', ':', (byte) 0xc0, (byte) 0x80}),
        "Bearer nxt_0123456789abcdef01234567:nxs_x",
        "Bearer a.b",
        "Bearer a.b.c.d",
        "Bearer a.b.c=",
        "Bearer a.b. c",
        "Basic " + base64.encodeToString(("a:" + "b".repeat(8192)).getBytes(UTF_8)),
        "Bearer a.b." + "c".repeat(AuthorizationHeader.MAX_LENGTH));
  }

  @ParameterizedTest
  @MethodSource("garbage")
  void refusesEverythingElse(String value) {
    assertThat(read(value)).isInstanceOf(Credentials.Malformed.class);
    assertThat(new Door().authenticate(value)).isInstanceOf(Authentication.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"anna:secret of another machine", "token:ghp_abcdef", ":", "a:"})
  void refusesThePasswordThatANetrcHasForAnyHost(String pair) {
    assertThat(new Door().authenticate(Door.basic(pair)))
        .isEqualTo(new Authentication.Refused("a login that is no token's"));
  }
}
