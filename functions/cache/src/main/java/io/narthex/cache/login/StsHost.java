package io.narthex.cache.login;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * An address at which STS may be asked.
 *
 * @param origin scheme, host and, at an emulator, port; e.g. {@code
 *     https://sts.eu-west-2.amazonaws.com}
 * @param region in which its requests must be signed; empty for any
 */
record StsHost(String origin, Optional<String> region) {
  StsHost {
    requireNonNull(origin, "origin is null");
    requireNonNull(region, "region is null");
  }
}
