package io.narthex.aws.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

class EndpointsTest {
  private static final ProfileFile FILES =
      files(
          """
          [default]
          region = eu-west-2

          [profile all]
          endpoint_url = http://127.0.0.1:1

          [profile some]
          services = local
          endpoint_url = http://127.0.0.1:2

          [profile one]
          services = local

          [profile nowhere]
          services = missing

          [profile off]
          services = local
          endpoint_url = http://127.0.0.1:3
          ignore_configured_endpoint_urls = true

          [services local]
          s3 =
            endpoint_url = http://127.0.0.1:9000
          sts =
            endpoint_url = http://127.0.0.1:9001
          """);

  private static ProfileFile files(String text) {
    return ProfileFile.builder()
        .content(new ByteArrayInputStream(text.getBytes(UTF_8)))
        .type(ProfileFile.Type.CONFIGURATION)
        .build();
  }

  private static Endpoints endpoints(Map<String, String> environment) {
    return new Endpoints(environment, FILES, Optional.empty());
  }

  @Test
  void isAwsItselfUnlessSaidOtherwise() {
    assertThat(endpoints(Map.of()).of("S3")).isEmpty();
    assertThat(endpoints(Map.of("AWS_ENDPOINT_URL", "")).of("S3")).isEmpty();
  }

  @Test
  void takesTheOneOfTheServiceBeforeThatOfAll() {
    var endpoints =
        endpoints(
            Map.of(
                "AWS_ENDPOINT_URL", "http://127.0.0.1:4566",
                "AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9000"));
    assertThat(endpoints.of("S3")).contains(URI.create("http://127.0.0.1:9000"));
    assertThat(endpoints.of("SQS")).contains(URI.create("http://127.0.0.1:4566"));
  }

  @Test
  void takesTheEnvironmentBeforeAnyProfile() {
    var environment = Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:4566");
    var endpoints = new Endpoints(environment, FILES, Optional.of("some"));
    assertThat(endpoints.of("S3")).contains(URI.create("http://127.0.0.1:4566"));
  }

  @Test
  void takesTheProfileOfTheEnvironmentIfNoneIsNamed() {
    assertThat(endpoints(Map.of("AWS_PROFILE", "all")).of("STS"))
        .contains(URI.create("http://127.0.0.1:1"));
  }

  @Test
  void takesNoneIfTheEnvironmentSaysSo() {
    var environment =
        Map.of(
            "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
            "true",
            "AWS_ENDPOINT_URL",
            "http://127.0.0.1:1");
    assertThat(new Endpoints(environment, FILES, Optional.of("some")).of("S3")).isEmpty();
    var last = Map.of("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "false");
    assertThat(new Endpoints(last, FILES, Optional.of("off")).of("S3")).isPresent();
  }

  @ParameterizedTest(name = "{1} of profile {0}")
  @CsvSource({
    "default, S3, ",
    "all, S3, http://127.0.0.1:1",
    "some, S3, http://127.0.0.1:9000",
    "some, SQS, http://127.0.0.1:2",
    "one, S3, http://127.0.0.1:9000",
    "one, SQS, ",
    "nowhere, S3, ",
    "off, S3, ",
    "off, SQS, ",
    "unknown, S3, ",
  })
  void findsOfAProfileWhatTheSdkFinds(String profile, String service, URI expected) {
    assertThat(new Endpoints(Map.of(), FILES, Optional.of(profile)).of(service))
        .isEqualTo(Optional.ofNullable(expected))
        .isEqualTo(bySdk(profile, service));
  }

  /** What a client of the SDK takes by itself. */
  private static Optional<URI> bySdk(String profile, String service) {
    try (SdkClient client =
        service.equals("S3")
            ? S3Client.builder()
                .region(Region.EU_WEST_2)
                .overrideConfiguration(of(profile))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()
            : SqsClient.builder()
                .region(Region.EU_WEST_2)
                .overrideConfiguration(of(profile))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
      return client.serviceClientConfiguration().endpointOverride();
    }
  }

  private static ClientOverrideConfiguration of(String profile) {
    return ClientOverrideConfiguration.builder()
        .defaultProfileFile(FILES)
        .defaultProfileName(profile)
        .build();
  }

  @ParameterizedTest(name = "{1} of profile {0}")
  @CsvSource({
    "all, CLOUDFORMATION, http://127.0.0.1:1",
    "some, STS, http://127.0.0.1:9001",
    "some, CLOUDFORMATION, http://127.0.0.1:2",
    "off, STS, ",
  })
  void findsTheSameWayWhatHasNoClientOfTheSdkHere(String profile, String service, URI expected) {
    assertThat(new Endpoints(Map.of(), FILES, Optional.of(profile)).of(service))
        .isEqualTo(Optional.ofNullable(expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "http://", "/x", "no url"})
  void refusesWhatIsNoUrl(String text) {
    var endpoints = endpoints(Map.of("AWS_ENDPOINT_URL", text));
    assertThatIllegalArgumentException().isThrownBy(() -> endpoints.of("S3"));
  }
}
