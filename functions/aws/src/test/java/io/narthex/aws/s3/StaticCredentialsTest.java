package io.narthex.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StaticCredentialsTest {
  @Test
  void secretIsNotPrinted() {
    var credentials = new StaticCredentials("AKIDEXAMPLE", "wJalrXUtnFEMI");
    var access =
        new S3Access(
            "eu-west-2",
            Optional.of(URI.create("http://127.0.0.1:9000")),
            Optional.of(credentials));
    assertThat(access.toString()).contains("AKIDEXAMPLE").doesNotContain("wJalrXUtnFEMI");
  }
}
