package io.narthex.aws.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointsTest {
  @Test
  void isAwsItselfUnlessSaidOtherwise() {
    assertThat(new Endpoints(Map.of()).of("S3")).isEmpty();
    assertThat(new Endpoints(Map.of("AWS_ENDPOINT_URL", "")).of("S3")).isEmpty();
  }

  @Test
  void takesTheOneOfTheServiceBeforeThatOfAll() {
    var endpoints =
        new Endpoints(
            Map.of(
                "AWS_ENDPOINT_URL", "http://127.0.0.1:4566",
                "AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9000"));
    assertThat(endpoints.of("S3")).contains(URI.create("http://127.0.0.1:9000"));
    assertThat(endpoints.of("SQS")).contains(URI.create("http://127.0.0.1:4566"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "http://", "/x", "no url"})
  void refusesWhatIsNoUrl(String text) {
    var endpoints = new Endpoints(Map.of("AWS_ENDPOINT_URL", text));
    assertThatIllegalArgumentException().isThrownBy(() -> endpoints.of("S3"));
  }
}
