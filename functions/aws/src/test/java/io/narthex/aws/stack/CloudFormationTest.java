package io.narthex.aws.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** Against answers written down from CloudFormation's API reference. */
class CloudFormationTest {
  private static final String STACK =
      """
      <DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">
        <DescribeStacksResult><Stacks><member>
          <StackName>narthex</StackName>
          <Parameters><member>
            <ParameterKey>Closure</ParameterKey><ParameterValue>strict</ParameterValue>
          </member></Parameters>
          <Outputs>%s</Outputs>
        </member></Stacks></DescribeStacksResult>
      </DescribeStacksResponse>
      """;
  private static final String OUTPUTS =
      """
      <member><OutputKey>CacheBucketName</OutputKey><OutputValue>cache</OutputValue></member>
      <member>
        <Description>For nix copy &amp; others</Description>
        <OutputKey>UploadUrl</OutputKey>
        <OutputValue>s3://cache?region=eu-west-2&amp;compression=zstd</OutputValue>
      </member>
      <member><OutputKey>Empty</OutputKey><OutputValue/></member>
      """;
  private static final String REFUSAL =
      """
      <ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">
        <Error><Type>Sender</Type><Code>ValidationError</Code>
          <Message>Stack with id shop does not exist</Message></Error>
        <RequestId>1</RequestId>
      </ErrorResponse>
      """;

  private HttpServer server;
  private CloudFormation cloudFormation;
  private volatile int status = 200;
  private volatile String answer = "";
  private volatile String asked = "";
  private volatile String authorization = "";
  private volatile String token = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
    cloudFormation =
        new CloudFormation(
            Region.EU_WEST_2,
            StaticCredentialsProvider.create(
                AwsSessionCredentials.create("AKIDEXAMPLE", "secret", "session")),
            Optional.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      authorization = exchange.getRequestHeaders().getFirst("Authorization");
      token = exchange.getRequestHeaders().getFirst("X-Amz-Security-Token");
      byte[] body = answer.getBytes(UTF_8);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Test
  void readsTheOutputsOfAStack() {
    answer = STACK.formatted(OUTPUTS);
    assertThat(cloudFormation.describeStacks("a stack&x=y"))
        .hasSize(3)
        .containsEntry("CacheBucketName", "cache")
        .containsEntry("UploadUrl", "s3://cache?region=eu-west-2&compression=zstd")
        .containsEntry("Empty", "");
    assertThat(asked)
        .isEqualTo("Action=DescribeStacks&Version=2010-05-15&StackName=a+stack%26x%3Dy");
  }

  @Test
  void signsAsTheCallerWithItsSession() {
    answer = STACK.formatted("");
    assertThat(cloudFormation.describeStacks("narthex")).isEmpty();
    assertThat(authorization)
        .startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/")
        .contains("/eu-west-2/cloudformation/aws4_request")
        .contains("x-amz-security-token");
    assertThat(token).isEqualTo("session");
  }

  @Test
  void saysInTheWordsOfAwsWhyNot() {
    status = 400;
    answer = REFUSAL;
    assertThatExceptionOfType(StackException.class)
        .isThrownBy(() -> cloudFormation.describeStacks("shop"))
        .withMessage("Stack with id shop does not exist");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>",
        "{}",
        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x><OutputKey>&e;</OutputKey></x>"
      })
  void refusesAnAnswerThatIsNone(String other) {
    answer = other;
    assertThatExceptionOfType(StackException.class)
        .isThrownBy(() -> cloudFormation.describeStacks("narthex"))
        .withMessageContaining("not XML");
    status = 502;
    assertThatExceptionOfType(StackException.class)
        .isThrownBy(() -> cloudFormation.describeStacks("narthex"))
        .withMessageStartingWith("CloudFormation answers");
  }

  @Test
  void saysThatNobodyAnswers() {
    server.stop(0);
    assertThatExceptionOfType(StackException.class)
        .isThrownBy(() -> cloudFormation.describeStacks("narthex"))
        .withMessageStartingWith("DescribeStacks: ");
  }
}
