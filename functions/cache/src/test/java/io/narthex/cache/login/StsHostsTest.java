package io.narthex.cache.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StsHostsTest {
  @ParameterizedTest
  @CsvSource({
    "aws,        https://sts.amazonaws.com,                     us-east-1",
    "aws,        https://sts.us-east-1.amazonaws.com,           us-east-1",
    "aws,        https://sts.ap-southeast-7.amazonaws.com,      ap-southeast-7",
    "aws,        https://sts.mx-central-1.amazonaws.com,        mx-central-1",
    "aws-cn,     https://sts.cn-northwest-1.amazonaws.com.cn,   cn-northwest-1",
    "aws-us-gov, https://sts.us-gov-west-1.amazonaws.com,       us-gov-west-1",
  })
  void areAwssOwn(String partition, String origin, String region) {
    assertThat(StsHosts.aws(partition).find(origin).orElseThrow().region()).contains(region);
  }

  @ParameterizedTest
  @CsvSource({
    "aws,        https://sts.cn-north-1.amazonaws.com.cn",
    "aws,        https://sts.cn-north-1.amazonaws.com",
    "aws,        https://sts.us-gov-west-1.amazonaws.com",
    "aws-cn,     https://sts.amazonaws.com",
    "aws-cn,     https://sts.cn-north-1.amazonaws.com",
    "aws-cn,     https://sts.eu-west-2.amazonaws.com.cn",
    "aws-us-gov, https://sts.us-east-1.amazonaws.com",
    "aws-us-gov, https://sts.amazonaws.com",
    "aws-iso,    https://sts.us-east-1.amazonaws.com",
  })
  void areThoseOfOnePartition(String partition, String origin) {
    assertThat(StsHosts.aws(partition).find(origin)).isEmpty();
  }

  @Test
  void areOneEmulatorAndThenNoOther() {
    StsHosts hosts = StsHosts.at(URI.create("http://127.0.0.1:9000/"));
    assertThat(hosts.find("http://127.0.0.1:9000").orElseThrow().region()).isEmpty();
    assertThat(hosts.find("http://127.0.0.1:9001")).isEmpty();
    assertThat(hosts.find("https://127.0.0.1:9000")).isEmpty();
    assertThat(hosts.find("https://sts.amazonaws.com")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://h", "http:///p", "h", "http://u@h", "http://h/path", "mailto:a@b"})
  void needAnEndpointThatIsAHost(String endpoint) {
    assertThatIllegalArgumentException().isThrownBy(() -> StsHosts.at(URI.create(endpoint)));
  }
}
