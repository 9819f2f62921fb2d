package io.narthex.local.pump;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.local.queue.MessageId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class BatchResponseParserTest {
  private static final MessageId A = new MessageId(new UUID(1, 1));
  private static final MessageId B = new MessageId(new UUID(2, 2));

  enum Understood {
    NOTHING("", ""),
    BLANK(" \n", ""),
    NULL("null", ""),
    EMPTY_OBJECT("{}", ""),
    NULL_LIST("{'batchItemFailures':null}", ""),
    EMPTY_LIST("{'batchItemFailures':[]}", ""),
    OTHER_FIELDS("{'x':{'batchItemFailures':[1]},'y':[{}]}", ""),
    ONE("{'batchItemFailures':[{'itemIdentifier':'" + A + "'}]}", "A"),
    ONE_TWICE(
        "{'batchItemFailures':[{'itemIdentifier':'" + A + "'},{'itemIdentifier':'" + A + "'}]}",
        "A"),
    BOTH(
        "{'batchItemFailures':[{'itemIdentifier':'"
            + B
            + "','x':[]},{'itemIdentifier':'"
            + A
            + "'}]}",
        "AB");

    private final String response;
    private final String failed;

    Understood(String response, String failed) {
      this.response = response;
      this.failed = failed;
    }

    Set<MessageId> failed() {
      return Stream.of(A, B)
          .filter(id -> failed.contains(id.equals(A) ? "A" : "B"))
          .collect(Collectors.toSet());
    }
  }

  enum NotUnderstood {
    NULL_IDENTIFIER("{'batchItemFailures':[{'itemIdentifier':null}]}"),
    EMPTY_IDENTIFIER("{'batchItemFailures':[{'itemIdentifier':''}]}"),
    NUMBER_AS_IDENTIFIER("{'batchItemFailures':[{'itemIdentifier':1}]}"),
    UNKNOWN_IDENTIFIER("{'batchItemFailures':[{'itemIdentifier':'x'}]}"),
    ONE_KNOWN_ONE_UNKNOWN(
        "{'batchItemFailures':[{'itemIdentifier':'" + A + "'},{'itemIdentifier':'x'}]}"),
    BAD_KEY_NAME("{'batchItemFailures':[{'ItemIdentifier':'" + A + "'}]}"),
    EMPTY_ITEM("{'batchItemFailures':[{}]}"),
    NULL_ITEM("{'batchItemFailures':[null]}"),
    STRING_ITEM("{'batchItemFailures':['" + A + "']}"),
    OBJECT_AS_LIST("{'batchItemFailures':{}}"),
    STRING_RESPONSE("'OK'"),
    LIST_RESPONSE("[]"),
    CUT_SHORT("{'batchItemFailures':[{'itemIdentifier':'" + A + "'}"),
    CUT_SHORT_IN_LIST("{'batchItemFailures':["),
    TWO_DOCUMENTS("{} {}"),
    NO_JSON("<html>");

    private final String response;

    NotUnderstood(String response) {
      this.response = response;
    }
  }

  private static BatchResponse parse(String response) {
    byte[] bytes = response.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return BatchResponseParser.parse(bytes, List.of(A, B));
  }

  @ParameterizedTest
  @EnumSource
  void findsTheFailedMessages(Understood row) {
    assertThat(parse(row.response)).isEqualTo(new BatchResponse.Failed(row.failed()));
  }

  @ParameterizedTest
  @EnumSource
  void failsTheBatchForWhatLambdaDoesNotUnderstand(NotUnderstood row) {
    assertThat(parse(row.response)).isInstanceOf(BatchResponse.Invalid.class);
  }
}
