package io.narthex.local.pump;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a function answers to a batch: which of its messages failed.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting">Implementing
 *     partial batch responses</a>
 */
final class BatchAnswer {
  private static final JsonFactory JSON = new JsonFactory();

  private BatchAnswer() {}

  /**
   * The ids of the failed messages.
   *
   * @param batch the ids of all messages
   * @return empty if the whole batch failed: the answer is not JSON, or names a message that is
   *     null, empty or not of this batch
   */
  static Optional<Set<String>> failures(byte[] answer, Set<String> batch) {
    if (answer.length == 0) {
      return Optional.of(Set.of());
    }
    try (JsonParser json = JSON.createParser(answer)) {
      var failed = new HashSet<String>();
      boolean wholeBatch = false;
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.FIELD_NAME
            && json.currentName().equals("itemIdentifier")) {
          String id = json.nextToken() == JsonToken.VALUE_STRING ? json.getText() : "";
          wholeBatch |= !batch.contains(id);
          failed.add(id);
        }
      }
      return wholeBatch ? Optional.empty() : Optional.of(failed);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
