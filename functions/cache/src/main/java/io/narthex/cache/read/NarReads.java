package io.narthex.cache.read;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.read.Answer.Described;
import io.narthex.cache.read.Answer.Redirect;
import io.narthex.cache.read.Look.Found;
import io.narthex.cache.store.StoredObject;

/**
 * NARs are answered by a redirect to S3, which takes ranges and needs no function to stay awake; a
 * HEAD, for which a presigned GET is not valid, by what S3 says of the object.
 */
final class NarReads {
  private static final ResponseHeaders HEADERS =
      ResponseHeaders.NONE
          .with("Content-Type", "application/x-nix-nar")
          .with("Accept-Ranges", "bytes");

  private final VerifiedStore store;

  NarReads(VerifiedStore store) {
    this.store = requireNonNull(store, "store is null");
  }

  Answer answer(Found<StoredObject> found, boolean head) {
    StoredObject nar = found.object();
    return head
        ? new Described(
            HEADERS.with("Cache-Control", found.cacheability().cacheControl()), nar.size())
        : new Redirect(store.presignGet(nar, InlineReads.PRESIGNED));
  }
}
