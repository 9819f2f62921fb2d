package io.narthex.nix.nar;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;

/** Writes down what a parser tells; a file's contents as one event however they were cut. */
final class EventLog implements NarHandler {
  private final List<String> events = new ArrayList<>();
  private final StringBuilder contents = new StringBuilder();

  List<String> events() {
    return events;
  }

  @Override
  public void startDirectory() {
    events.add("directory");
  }

  @Override
  public void entry(NarName name) {
    events.add("entry " + name);
  }

  @Override
  public void endDirectory() {
    events.add("end of directory");
  }

  @Override
  public void startFile(boolean executable, long size, long narOffset) {
    events.add("file " + (executable ? "x " : "") + size + " at " + narOffset);
  }

  @Override
  public void contents(byte[] buffer, int offset, int length) {
    contents.append(new String(buffer, offset, length, ISO_8859_1));
  }

  @Override
  public void endFile() {
    events.add("contents " + contents);
    contents.setLength(0);
  }

  @Override
  public void symlink(LinkTarget target) {
    events.add("symlink " + target);
  }
}
