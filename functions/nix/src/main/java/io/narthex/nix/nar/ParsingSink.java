package io.narthex.nix.nar;

import java.util.Optional;

/** Parses what is fed to it, up to the first fault; what follows that is passed over. */
final class ParsingSink implements ByteSink {
  private final NarParser parser;
  private Optional<MalformedNarException> fault = Optional.empty();

  ParsingSink(NarHandler handler) {
    this.parser = new NarParser(handler);
  }

  @Override
  public void feed(byte[] buffer, int offset, int length) {
    if (fault.isEmpty()) {
      attempt(() -> parser.feed(buffer, offset, length));
    }
  }

  /** What is wrong with all that was fed, as an archive. */
  Optional<MalformedNarException> finish() {
    if (fault.isEmpty()) {
      attempt(parser::finish);
    }
    return fault;
  }

  private void attempt(Step step) {
    try {
      step.run();
    } catch (MalformedNarException e) {
      fault = Optional.of(e);
    }
  }

  private interface Step {
    void run() throws MalformedNarException;
  }
}
