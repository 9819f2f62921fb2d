package io.narthex.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class S3ObjectBytesTest {
  private final AtomicInteger aborts = new AtomicInteger();

  private S3ObjectBytes bytes(int sent, long size) {
    return new S3ObjectBytes(
        new ByteArrayInputStream(new byte[sent]), size, aborts::incrementAndGet);
  }

  @Test
  void failsWhenTheTransferBreaksOff() throws IOException {
    try (S3ObjectBytes bytes = bytes(10, 11)) {
      assertThatIOException()
          .isThrownBy(bytes::readAllBytes)
          .withMessage("transfer ended after 10 of 11 bytes");
    }
  }

  @Test
  void keepsTheConnectionAfterTheLastByte() throws IOException {
    try (S3ObjectBytes bytes = bytes(10, 10)) {
      assertThat(bytes.readAllBytes()).hasSize(10);
    }
    assertThat(aborts).hasValue(0);
  }

  @Test
  void endsTheConnectionWhenClosedEarly() throws IOException {
    try (S3ObjectBytes bytes = bytes(10, 10)) {
      assertThat(bytes.read()).isZero();
    }
    assertThat(aborts).hasValue(1);
  }
}
