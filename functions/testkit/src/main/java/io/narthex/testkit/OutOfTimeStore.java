package io.narthex.testkit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.ForwardingStore;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.OutOfTimeException;
import io.narthex.cache.store.VersionId;
import io.narthex.cache.store.VersionedStore;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** A bucket of which no NAR is read to its end in the time that there is. */
public final class OutOfTimeStore extends ForwardingStore {
  private static final String NARS = "nar/";

  private final Consumer<ObjectKey> opened;

  /**
   * @param opened is told of each NAR that somebody begins to read
   */
  public OutOfTimeStore(VersionedStore store, Consumer<ObjectKey> opened) {
    super(store);
    this.opened = requireNonNull(opened, "opened is null");
  }

  @Override
  public Optional<ObjectContent> open(ObjectKey key, VersionId version) {
    if (!key.value().startsWith(NARS)) {
      return super.open(key, version);
    }
    opened.accept(key);
    return super.open(key, version)
        .map(content -> new ObjectContent(content.object(), endless(content.bytes())));
  }

  private static InputStream endless(InputStream bytes) {
    return new FilterInputStream(bytes) {
      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        throw new OutOfTimeException(Duration.ofMinutes(14), 1000);
      }
    };
  }
}
