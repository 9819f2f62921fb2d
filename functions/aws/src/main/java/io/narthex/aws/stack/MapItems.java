package io.narthex.aws.stack;

import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;

/**
 * How far a distributed map is.
 *
 * @param succeeded items that are done
 * @param failed those that could not be done
 * @param total all of them, as far as they have been listed
 * @see <a
 *     href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_MapRunItemCounts.html">MapRunItemCounts</a>
 */
public record MapItems(long succeeded, long failed, long total) {
  static MapItems read(JsonDocument json) throws MalformedJsonException {
    return new MapItems(json.number("succeeded"), json.number("failed"), json.number("total"));
  }
}
