package io.narthex.aws.sqs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.narthex.aws.json.MalformedEventException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqsBatchTest {
  private static SqsBatch parse(String event) throws MalformedEventException {
    return SqsBatch.parse(new ByteArrayInputStream(event.getBytes(UTF_8)));
  }

  @Test
  void readsEveryMessage() throws MalformedEventException {
    assertThat(
            parse(
                    "{\"Records\":[{\"messageId\":\"1\",\"body\":\"{}\",\"attributes\":{\"a\":[1]}},"
                        + "{\"attributes\":{\"ApproximateReceiveCount\":\"3\"},\"receiptHandle\":\"AQEB\","
                        + "\"body\":\"x\",\"messageId\":\"2\"}]}")
                .messages())
        .containsExactly(
            new SqsMessage("1", Optional.empty(), 1, "{}"),
            new SqsMessage("2", Optional.of("AQEB"), 3, "x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"Records\":[]}",
        "{\"Records\":[{\"body\":\"x\"}]}",
        "{\"Records\":7}",
        "\0\0\0\0\0\0\0\0eep\"}",
        "{\"Records\":[{\"messageId\":\"1\",\"attributes\":{\"ApproximateReceiveCount\":\"0\"}}]}"
      })
  void refusesWhatIsNoBatch(String event) {
    assertThatExceptionOfType(MalformedEventException.class).isThrownBy(() -> parse(event));
  }

  @Test
  void namesTheFailuresAsLambdaWantsThem() throws IOException {
    var answer = new ByteArrayOutputStream();
    SqsBatch.writeFailures(answer, List.of("1", "2"));
    assertThat(answer.toString(UTF_8))
        .isEqualTo(
            "{\"batchItemFailures\":[{\"itemIdentifier\":\"1\"},{\"itemIdentifier\":\"2\"}]}");
  }

  @Test
  void namesNobodyWhenAllIsDone() throws IOException {
    var answer = new ByteArrayOutputStream();
    SqsBatch.writeFailures(answer, List.of());
    assertThat(answer.toString(UTF_8)).isEqualTo("{\"batchItemFailures\":[]}");
  }
}
