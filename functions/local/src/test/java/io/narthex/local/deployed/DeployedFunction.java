package io.narthex.local.deployed;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A function of the template; two of them are shipped in one zip. */
enum DeployedFunction {
  VALIDATE("validate", "io.narthex.validate.ValidateHandler", "validate"),
  SERVE("serve", "io.narthex.serve.ServeHandler", "serve"),
  INDEX("index", "io.narthex.index.IndexHandler", "index-update"),
  INDEX_TASK("index", "io.narthex.index.IndexTaskHandler", "index"),
  PROVISION("provision", "io.narthex.provision.ProvisionHandler", "provision");

  private final String module;
  private final String handler;
  private final String policy;

  DeployedFunction(String module, String handler, String policy) {
    this.module = module;
    this.handler = handler;
    this.policy = policy;
  }

  /** Its class. */
  String handler() {
    return handler;
  }

  /** Name of what its role may do with the buckets, under {@code infra/policies}. */
  String policy() {
    return policy;
  }

  /** All handlers of its zip. */
  List<String> handlersBeside() {
    return Stream.of(values())
        .filter(function -> function.module.equals(module))
        .map(DeployedFunction::handler)
        .toList();
  }

  /** Whether it has the codecs, two of which are native. */
  boolean hasCodecs() {
    return this != PROVISION;
  }

  /** As Maven has just built it. */
  Path zip() {
    return Path.of("..", module, "target", "narthex-" + module + ".zip");
  }
}
