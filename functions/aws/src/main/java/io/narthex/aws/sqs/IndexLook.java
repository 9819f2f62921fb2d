package io.narthex.aws.sqs;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.json.EventReader;
import io.narthex.aws.json.MalformedEventException;
import io.narthex.nix.path.StorePathHash;
import java.util.ArrayList;
import java.util.List;

/** What a message to the index says: have the index say of this path what is so. */
public record IndexLook(StorePathHash hash) {
  private static final String FIELD = "index";

  public IndexLook {
    requireNonNull(hash, "hash is null");
  }

  /** The body, e.g. <code>{"index":"syd87l2rxw8cbsxmxl853h0r6pdwhwjr"}</code>. */
  public String body() {
    return "{\"" + FIELD + "\":\"" + hash + "\"}";
  }

  /**
   * Reads a body.
   *
   * @throws MalformedEventException for anything else
   */
  public static IndexLook parse(String body) throws MalformedEventException {
    List<String> found = new ArrayList<>();
    EventReader.read(
        body,
        (name, value) -> {
          if (name.equals(FIELD)) {
            found.add(value.text());
          }
        });
    if (found.size() != 1 || !StorePathHash.isValid(found.getFirst())) {
      throw new MalformedEventException(FIELD + " is not a store hash");
    }
    return new IndexLook(new StorePathHash(found.getFirst()));
  }
}
