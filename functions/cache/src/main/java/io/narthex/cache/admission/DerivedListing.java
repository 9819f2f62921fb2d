package io.narthex.cache.admission;

import io.narthex.cache.store.NewObject;
import io.narthex.cache.store.Tags;
import io.narthex.cache.verdict.VerdictTag;

/** A listing that we made while its NAR streamed by, ready to be written. */
record DerivedListing(NewObject object) {
  static DerivedListing of(byte[] json) {
    return new DerivedListing(NewObject.of(json, "application/json"));
  }

  NewObject verified() {
    return object.tagged(VerdictTag.VERIFIED.on(Tags.NONE));
  }
}
