package io.narthex.aws.sqs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.aws.json.EventReader;
import io.narthex.aws.json.MalformedEventException;
import io.narthex.cache.store.ObjectKey;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;

/**
 * What the body of one message asks for, whoever sent it: S3, EventBridge, or a function of ours.
 * Which event it was and which version it was about does not matter, for the present state is what
 * will be looked at; nor does the version of the notification format.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html">Event
 *     message structure</a>
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html">Amazon S3
 *     events in EventBridge</a>
 */
public final class S3Notifications {
  private static final String TEST_EVENT = "s3:TestEvent";

  private final List<LookAt> keys = new ArrayList<>();
  private int kinds;

  private S3Notifications() {}

  /**
   * Reads a body. The test event that S3 sends when a notification is configured asks for nothing.
   *
   * @throws MalformedEventException for anything that is none of these, or two of them at once
   */
  public static List<LookAt> parse(String body) throws MalformedEventException {
    var notifications = new S3Notifications();
    EventReader.read(body, notifications::field);
    if (notifications.kinds != 1) {
      throw new MalformedEventException(
          "not one of Records, detail, %s and %s".formatted(LookAt.FIELD, TEST_EVENT));
    }
    return List.copyOf(notifications.keys);
  }

  private void field(String name, EventReader value) throws MalformedEventException {
    switch (name) {
      case "Records" -> records(value);
      case "detail" -> found(new KeyAt("object").in(value));
      case LookAt.FIELD -> found(value.text());
      case "Event" -> kinds += value.text().equals(TEST_EVENT) ? 1 : 0;
      default -> {}
    }
  }

  private void records(EventReader records) throws MalformedEventException {
    kinds++;
    records.array(() -> add(decoded(new KeyAt("s3", "object").in(records))));
    if (keys.isEmpty()) {
      throw new MalformedEventException("Records is empty");
    }
  }

  private void found(String key) throws MalformedEventException {
    kinds++;
    add(key);
  }

  private void add(String key) throws MalformedEventException {
    try {
      keys.add(new LookAt(new ObjectKey(key)));
    } catch (IllegalArgumentException e) {
      throw new MalformedEventException("key: " + e.getMessage(), e);
    }
  }

  /** S3 encodes keys as forms do: a plus is a blank. */
  private static String decoded(String key) throws MalformedEventException {
    try {
      return URLDecoder.decode(key, UTF_8);
    } catch (IllegalArgumentException e) {
      throw new MalformedEventException("s3.object.key is not URL-encoded", e);
    }
  }

  /** The field {@code key} at the end of a path of objects. */
  private static final class KeyAt {
    private final List<String> path;
    private String key = "";

    KeyAt(String... path) {
      this.path = List.of(path);
    }

    String in(EventReader value) throws MalformedEventException {
      descend(0, value);
      if (key.isEmpty()) {
        throw new MalformedEventException("no " + String.join(".", path) + ".key");
      }
      return key;
    }

    private void descend(int depth, EventReader value) throws MalformedEventException {
      value.object(
          (name, inner) -> {
            if (depth < path.size() && name.equals(path.get(depth))) {
              descend(depth + 1, inner);
            } else if (depth == path.size() && name.equals("key")) {
              key = inner.text();
            }
          });
    }
  }
}
