package io.narthex.aws.events;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.announce.Announcement;
import io.narthex.cache.announce.Announcements;
import io.narthex.cache.store.StoreException;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;

/**
 * Puts events of the source {@code narthex} on a bus, ten a request.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html">PutEvents</a>
 */
public final class EventBridgeAnnouncements implements Announcements {
  private static final String SOURCE = "narthex";
  private static final int BATCH = 10;

  private final EventBridgeClient events;
  private final String bus;
  private final String cacheBucket;

  /**
   * For a bus.
   *
   * @param events stays the caller's to close
   * @param cacheBucket that the news are of
   */
  public EventBridgeAnnouncements(EventBridgeClient events, String bus, String cacheBucket) {
    this.events = requireNonNull(events, "events is null");
    this.bus = requireNonNull(bus, "bus is null");
    this.cacheBucket = requireNonNull(cacheBucket, "cacheBucket is null");
  }

  @Override
  public void tell(List<Announcement> news) {
    for (int from = 0; from < news.size(); from += BATCH) {
      put(
          news.subList(from, Math.min(from + BATCH, news.size())).stream()
              .map(this::entry)
              .toList());
    }
  }

  private PutEventsRequestEntry entry(Announcement news) {
    return PutEventsRequestEntry.builder()
        .eventBusName(bus)
        .source(SOURCE)
        .detailType(news.kind().toString())
        .detail(EventDetail.of(news, cacheBucket))
        .build();
  }

  // Whatever was not taken comes again with its message, and what was taken a second time.
  private void put(List<PutEventsRequestEntry> entries) {
    try {
      PutEventsResponse response = events.putEvents(put -> put.entries(entries));
      if (response.failedEntryCount() > 0) {
        throw new StoreException("PutEvents: the bus did not take an event");
      }
    } catch (SdkException e) {
      throw new StoreException("PutEvents", e);
    }
  }
}
