package io.narthex.aws.log;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Writes the fields of one line, within the object that is the line. */
@FunctionalInterface
public interface LogFields {
  /** Writes them. */
  void write(JsonGenerator json) throws IOException;
}
