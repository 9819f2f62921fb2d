package io.narthex.cache.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectContentTest {
  /** A stream that skips as little as one may. */
  private static final class Reluctant extends ByteArrayInputStream {
    Reluctant(byte[] bytes) {
      super(bytes);
    }

    @Override
    public synchronized long skip(long count) {
      return count > 3 ? super.skip(2) : 0;
    }
  }

  private static ObjectContent content(InputStream bytes) {
    return new ObjectContent(
        new StoredObject(
            new ObjectKey("k"),
            VersionId.UNVERSIONED,
            new ETag("e"),
            10,
            Instant.EPOCH,
            Optional.empty(),
            Optional.empty()),
        bytes);
  }

  @ParameterizedTest
  @CsvSource({"0,4,0123", "3,1,3", "7,3,789", "7,100,789", "10,1,''", "1000,5,''"})
  void readsPartsHoweverItsStreamSkips(long from, int length, String part) {
    byte[] bytes = "0123456789".getBytes(UTF_8);
    assertThat(content(new ByteArrayInputStream(bytes)).read(from, length))
        .isEqualTo(part.getBytes(UTF_8));
    assertThat(content(new Reluctant(bytes)).read(from, length)).isEqualTo(part.getBytes(UTF_8));
  }
}
