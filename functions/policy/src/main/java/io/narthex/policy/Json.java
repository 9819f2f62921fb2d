package io.narthex.policy;

import java.util.List;
import java.util.Map;

/** A JSON value of a policy; there is no null in one. */
sealed interface Json {
  /** An object, in the order of the document. */
  record Members(Map<String, Json> members) implements Json {}

  /** An array. */
  record Items(List<Json> items) implements Json {}

  /** A string. */
  record Text(String text) implements Json {}

  /** A number or a boolean, as spelled. */
  record Word(String text) implements Json {}
}
