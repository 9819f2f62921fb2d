package io.narthex.cache.announce;

import java.util.List;

/** Whoever wants to hear of verdicts. */
@FunctionalInterface
public interface Announcements {
  /** Nobody. */
  Announcements NONE = news -> {};

  /**
   * Tells them, at least once. When this returns they will hear of all of it.
   *
   * @throws io.narthex.cache.store.StoreException if any of it could not be told
   */
  void tell(List<Announcement> news);
}
