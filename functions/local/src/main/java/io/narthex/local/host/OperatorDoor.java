package io.narthex.local.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import io.narthex.cache.principal.MalformedPrincipalsException;
import io.narthex.local.http.LocalAnswer;
import io.narthex.local.http.LocalRequest;

/**
 * Lets in whoever shows the operator key of this host, as {@code key} of the JSON object that is
 * the body. What is asked for is a field of it too: a query would be kept in histories and logs.
 */
final class OperatorDoor {
  private final OperatorKey key;

  OperatorDoor(OperatorKey key) {
    this.key = requireNonNull(key, "key is null");
  }

  /** What is behind it. */
  @FunctionalInterface
  interface Inside {
    /**
     * Answers.
     *
     * @throws IllegalArgumentException if the request says something impossible
     */
    LocalAnswer answer(JsonDocument json)
        throws MalformedJsonException, MalformedPrincipalsException;
  }

  /** 403 without the key, 400 for what cannot be understood, with the reason. */
  LocalAnswer answer(LocalRequest request, Inside inside) {
    try {
      JsonDocument json = JsonDocument.parse(request.body().getBytes(UTF_8));
      return key.is(json.text("key"))
          ? inside.answer(json)
          : LocalAnswer.text(403, "not the operator key of this host");
    } catch (MalformedPrincipalsException e) {
      return LocalAnswer.text(400, String.join("\n", e.problems()));
    } catch (MalformedJsonException | IllegalArgumentException e) {
      return LocalAnswer.text(400, String.valueOf(e.getMessage()));
    }
  }

  /** Says whether anything is different now. */
  static LocalAnswer changed(boolean changed) {
    return LocalAnswer.json("{\"changed\":%s}\n".formatted(changed));
  }
}
