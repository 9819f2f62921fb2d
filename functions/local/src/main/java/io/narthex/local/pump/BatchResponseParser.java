package io.narthex.local.pump;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.narthex.local.queue.MessageId;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads {@code {"batchItemFailures":[{"itemIdentifier":"…"}]}}. Nothing, {@code null}, and an
 * empty, null or absent list mean success. An identifier that is null, empty, absent, or not of the
 * batch fails the whole batch, as does anything that is not such a document.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting">Success
 *     and failure conditions</a>
 */
final class BatchResponseParser {
  private static final JsonFactory JSON = new JsonFactory();

  private final Map<String, MessageId> batch = new HashMap<>();
  private final Set<MessageId> failed = new HashSet<>();

  private BatchResponseParser(List<MessageId> batch) {
    batch.forEach(id -> this.batch.put(id.toString(), id));
  }

  /** Bad data is a value here: nothing is thrown for any response. */
  static BatchResponse parse(byte[] response, List<MessageId> batch) {
    BatchResponseParser parser = new BatchResponseParser(batch);
    try (JsonParser json = JSON.createParser(response)) {
      parser.document(json);
      return new BatchResponse.Failed(parser.failed);
    } catch (IOException | Unexpected e) {
      return new BatchResponse.Invalid(String.valueOf(e.getMessage()));
    }
  }

  private void document(JsonParser json) throws IOException, Unexpected {
    JsonToken first = json.nextToken();
    if (first == JsonToken.START_OBJECT) {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        field(json);
      }
    } else if (first != null && first != JsonToken.VALUE_NULL) {
      throw new Unexpected("response", "an object", json);
    }
    if (first != null && json.nextToken() != null) {
      throw new Unexpected("response", "nothing after it", json);
    }
  }

  private void field(JsonParser json) throws IOException, Unexpected {
    boolean isFailures = json.currentName().equals("batchItemFailures");
    JsonToken value = json.nextToken();
    if (!isFailures) {
      json.skipChildren();
    } else if (value == JsonToken.START_ARRAY) {
      while (json.nextToken() != JsonToken.END_ARRAY) {
        item(json);
      }
    } else if (value != JsonToken.VALUE_NULL) {
      throw new Unexpected("batchItemFailures", "a list", json);
    }
  }

  private void item(JsonParser json) throws IOException, Unexpected {
    if (!json.isExpectedStartObjectToken()) {
      throw new Unexpected("batchItemFailures", "objects in the list", json);
    }
    boolean named = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean isIdentifier = json.currentName().equals("itemIdentifier");
      JsonToken value = json.nextToken();
      if (isIdentifier) {
        failed.add(identifier(value, json));
        named = true;
      } else {
        json.skipChildren();
      }
    }
    if (!named) {
      throw new Unexpected("itemIdentifier", "one in each item", json);
    }
  }

  private MessageId identifier(JsonToken value, JsonParser json) throws IOException, Unexpected {
    if (value != JsonToken.VALUE_STRING || !batch.containsKey(json.getText())) {
      throw new Unexpected("itemIdentifier", "the id of a message of the batch", json);
    }
    return batch.get(json.getText());
  }

  /** Leaves the parser from any depth; never this class. */
  private static final class Unexpected extends Exception {
    private static final long serialVersionUID = 1L;

    Unexpected(String field, String expected, JsonParser json) throws IOException {
      super(field + ": expected " + expected + ", found " + json.getText());
    }
  }
}
