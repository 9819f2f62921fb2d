package io.narthex.aws.oidc;

/**
 * Whether issuers on this very machine are asked, over HTTP. The function says so in its
 * environment, never the settings: on Lambda, loopback is the runtime's own API.
 */
public enum LoopbackIssuers {
  /** They are: on a laptop, and in tests. */
  ASKED,
  /** They are refused. */
  REFUSED
}
