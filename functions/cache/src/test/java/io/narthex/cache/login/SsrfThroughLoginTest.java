package io.narthex.cache.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Threat: who logs in makes the function ask another host, or AWS something else. */
class SsrfThroughLoginTest {
  private static CallerIdentityUrl parse(String url) throws RefusedUrlException {
    return CallerIdentityUrl.parse(url, StsHosts.aws("aws"), SampleUrl.SIGNED);
  }

  private static void assertRefused(String url) {
    assertThatExceptionOfType(RefusedUrlException.class).isThrownBy(() -> parse(url));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://sts.amazonaws.com",
        "HTTPS://sts.amazonaws.com",
        "https://STS.amazonaws.com",
        "https://sts.amazonaws.com.",
        "https://sts.amazonaws.com:443",
        "https://sts.amazonaws.com:8080",
        "https://sts.amazonaws.com@evil.example",
        "https://evil.example@sts.amazonaws.com",
        "https://sts.amazonaws.com#@evil.example",
        "https://sts.amazonaws.com\\@evil.example",
        "https://sts.amazonaws.com?.evil.example",
        "https://sts.amazonaws.com%2eevil.example",
        "https://sts.amazonaws.com.evil.example",
        "https://sts.amazonaws.com.cn",
        "https://evil-sts.amazonaws.com",
        "https://xsts.amazonaws.com",
        "https://sts.evil.amazonaws.com",
        "https://sts.eu-west-2.evil.amazonaws.com",
        "https://sts.eu-west-2.amazonaws.com.evil.example",
        "https://sts.eu-west-2.amazonaws.company",
        "https://sts.eu-west-2amazonaws.com",
        "https://sts.eu-evil-2.amazonaws.com",
        "https://sts..amazonaws.com",
        "https://sts.s3-eu-west-2.amazonaws.com",
        "https://bucket.s3.amazonaws.com",
        "https://s3.amazonaws.com",
        "https://sts-fips.us-east-1.amazonaws.com",
        "https://st\u0455.amazonaws.com",
        "https://sts.amazonaws\uff0ecom",
        "https://127.0.0.1",
        "https://169.254.169.254",
        "http://169.254.169.254",
        "http://169.254.170.2",
        "https://[::1]",
        "https://2130706433",
        "https://0x7f.1",
        "https://localhost",
        "file://",
        "gopher://sts.amazonaws.com",
        "jar:https://sts.amazonaws.com",
        "//sts.amazonaws.com",
        "sts.amazonaws.com",
        "",
      })
  void otherHostsAreRefused(String origin) {
    assertRefused(new SampleUrl().at(origin).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "//", "/x", "/?x#", "/x/..", "/%2e"})
  void otherPathsAreRefused(String path) {
    assertRefused(new SampleUrl().toString().replace(".com/?", ".com" + path + "?"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https:", "https:/", "https://", "://", "/?", "?", "/"})
  void fragmentsOfAUrlAreRefused(String url) {
    assertRefused(url);
  }

  @ParameterizedTest
  @CsvSource({
    "Action,              AssumeRole",
    "Action,              getcalleridentity",
    "Action,              GetCallerIdentity%26Action=AssumeRole",
    "Action,              ''",
    "Version,             2011-06-16",
    "X-Amz-Algorithm,     AWS4-ECDSA-P256-SHA256",
    "X-Amz-Expires,       901",
    "X-Amz-Expires,       604800",
    "X-Amz-Expires,       0",
    "X-Amz-Expires,       -1",
    "X-Amz-Expires,       +60",
    "X-Amz-Expires,       ''",
    "X-Amz-Date,          20261122T100000",
    "X-Amz-Date,          20261122T256060Z",
    "X-Amz-Date,          20261121T100000Z",
    "X-Amz-SignedHeaders, host",
    "X-Amz-SignedHeaders, x-narthex-audience",
    "X-Amz-SignedHeaders, host%3Bx-evil%3Bx-narthex-audience",
    "X-Amz-SignedHeaders, x-narthex-audience%3Bhost",
    "X-Amz-Signature,     00",
    "X-Amz-Signature,     '../../../../../../../../../../../../../../../../../../../../../..'",
    "X-Amz-Credential,    AKIAIOSFODNN7EXAMPLE%2F20261122%2Feu-west-2%2Fs3%2Faws4_request",
    "X-Amz-Credential,    AKIAIOSFODNN7EXAMPLE%2F20261122%2Fus-east-1%2Fsts%2Faws4_request",
    "X-Amz-Credential,    AKIAIOSFODNN7EXAMPLE%2F20261121%2Feu-west-2%2Fsts%2Faws4_request",
    "X-Amz-Credential,    AKIAIOSFODNN7EXAMPLE%2F20261122%2Feu-west-2%2Fsts",
    "X-Amz-Credential,    %2F20261122%2Feu-west-2%2Fsts%2Faws4_request",
  })
  void otherRequestsAreRefused(String parameter, String value) {
    assertRefused(new SampleUrl().with(parameter, value).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Action",
        "Version",
        "X-Amz-Algorithm",
        "X-Amz-Credential",
        "X-Amz-Date",
        "X-Amz-Expires",
        "X-Amz-SignedHeaders",
        "X-Amz-Signature"
      })
  void nothingMayBeMissing(String parameter) {
    assertRefused(new SampleUrl().without(parameter).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RoleArn=arn",
        "action=GetCallerIdentity",
        "X-Amz-SignedHeader=host",
        "X-Amz-Content-Sha256=x",
        "%41ction=AssumeRole",
        "Action%00=x",
        "",
        "x",
        "=",
      })
  void noOtherParameterIsPassedOn(String parameter) {
    assertRefused(new SampleUrl() + "&" + parameter);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Action=GetCallerIdentity", "X-Amz-Expires=60", "X-Amz-Signature=0"})
  void noParameterComesTwice(String parameter) {
    assertRefused(new SampleUrl() + "&" + parameter);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a%0d%0aHost:%20evil.example",
        "a%0D%0A%0D%0AGET%20/",
        "a\r\nx-evil: 1",
        "a%00",
        "a%20b",
        "a b",
        "a%c3%a4",
        "a\u00e4",
        "a%u000a",
        "a%zz",
        "a%2",
        "a%",
        "a#b",
        "a&b",
      })
  void noHeaderAndNoLineIsSmuggledIn(String token) {
    String url = new SampleUrl().with("X-Amz-Security-Token", token).toString();
    if (token.equals("a#b")) {
      // Encoded anew, so that it is a value and no fragment.
      assertThat(readable(url)).endsWith("X-Amz-Security-Token=a%23b");
    } else {
      assertRefused(url);
    }
  }

  private static String readable(String url) {
    try {
      return parse(url).uri().toString();
    } catch (RefusedUrlException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anOversizedUrlIsRefused() {
    assertRefused(new SampleUrl().with("X-Amz-Security-Token", "a".repeat(9000)).toString());
  }

  @Test
  void whatIsSentOnIsWrittenAnew() throws RefusedUrlException {
    var url = new SampleUrl().with("X-Amz-Security-Token", "IQoJ+/=%2F%7e");
    assertThat(parse(url.toString()).uri().toString())
        .startsWith("https://sts.eu-west-2.amazonaws.com/?Action=GetCallerIdentity&")
        .endsWith("&X-Amz-Security-Token=IQoJ%2B%2F%3D%2F~")
        .contains("X-Amz-SignedHeaders=host%3Bx-narthex-audience");
  }

  @Test
  void aUrlNeverPrints() throws RefusedUrlException {
    assertThat(parse(new SampleUrl().toString()))
        .hasToString("https://sts.eu-west-2.amazonaws.com/");
    assertThat(new LoginRequest("secret", SampleUrl.AUDIENCE, Optional.empty()).toString())
        .doesNotContain("secret");
  }
}
