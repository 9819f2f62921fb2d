package io.narthex.provision;

import io.narthex.aws.json.MalformedEventException;

/** What CloudFormation wants done, in its own words. */
enum RequestType {
  CREATE("Create"),
  UPDATE("Update"),
  DELETE("Delete");

  private final String word;

  RequestType(String word) {
    this.word = word;
  }

  /** Reads the word, e.g. {@code Create}. */
  static RequestType parse(String word) throws MalformedEventException {
    for (RequestType type : values()) {
      if (type.word.equals(word)) {
        return type;
      }
    }
    throw new MalformedEventException("RequestType is not Create, Update or Delete");
  }

  @Override
  public String toString() {
    return word;
  }
}
