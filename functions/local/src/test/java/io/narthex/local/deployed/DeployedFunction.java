package io.narthex.local.deployed;

import static java.util.Locale.ROOT;

import java.nio.file.Path;

/** A function that is shipped as a zip of its own. */
enum DeployedFunction {
  VALIDATE("io.narthex.validate.ValidateHandler"),
  SERVE("io.narthex.serve.ServeHandler"),
  PROVISION("io.narthex.provision.ProvisionHandler");

  private final String handler;

  DeployedFunction(String handler) {
    this.handler = handler;
  }

  /** Its class. */
  String handler() {
    return handler;
  }

  String module() {
    return name().toLowerCase(ROOT);
  }

  /** Whether it has the codecs, two of which are native. */
  boolean readsArchives() {
    return switch (this) {
      case VALIDATE, SERVE -> true;
      case PROVISION -> false;
    };
  }

  /** As Maven has just built it. */
  Path zip() {
    return Path.of("..", module(), "target", "narthex-" + module() + ".zip");
  }
}
