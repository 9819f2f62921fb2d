package io.narthex.local.stores;

import io.narthex.aws.s3.S3Access;
import io.narthex.aws.s3.StaticCredentials;
import java.net.URI;
import java.util.Optional;

/**
 * The stores that the run of these tests has started, by what it says of them in its environment:
 * {@code NARTHEX_CEPH_ENDPOINT}, {@code _REGION}, {@code _ACCESS_KEY} and {@code _SECRET_KEY}. One
 * that is not named fails the test that asks for it.
 */
enum ExternalStore {
  MOTO,
  CEPH;

  S3Access access() {
    return new S3Access(
        variable("REGION"),
        Optional.of(URI.create(variable("ENDPOINT"))),
        Optional.of(new StaticCredentials(variable("ACCESS_KEY"), variable("SECRET_KEY"))));
  }

  private String variable(String suffix) {
    String name = "NARTHEX_%s_%s".formatted(name(), suffix);
    return Optional.ofNullable(System.getenv(name))
        .orElseThrow(
            () -> new IllegalStateException(name + " is not set; run acceptance/stores.sh"));
  }
}
