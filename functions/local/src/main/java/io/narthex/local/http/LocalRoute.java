package io.narthex.local.http;

/**
 * Answers what only the laptop host has, such as its status page, under a prefix of the path. It is
 * asked by requests that name the loopback host only.
 */
@FunctionalInterface
public interface LocalRoute {
  /** Answers; may block. What it throws is answered with 500. */
  LocalAnswer answer(LocalRequest request);
}
