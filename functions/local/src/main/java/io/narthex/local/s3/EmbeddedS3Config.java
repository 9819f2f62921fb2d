package io.narthex.local.s3;

import static java.util.Objects.requireNonNull;

import io.narthex.local.http.HostNames;
import io.narthex.local.s3.auth.AccessKeys;
import io.narthex.local.s3.auth.S3User;
import io.narthex.local.s3.event.ObjectEventListener;
import io.narthex.policy.AccountId;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * What an {@link EmbeddedS3} needs to know.
 *
 * @param dataDirectory where everything is kept; created if absent, made absolute; its file system
 *     must have user extended attributes and hard links; one process at a time
 * @param port the TCP port on 127.0.0.1, 0 for any free one
 * @param names that it answers to, besides {@code BUCKET.localhost}
 * @param account the owner of every bucket
 * @param users the access keys it knows, asked for every request
 * @param events is told of every change
 * @param clock the time that signatures and the times of objects are judged by
 * @param uploadsKept how long a multipart upload that is neither completed nor aborted is kept
 */
public record EmbeddedS3Config(
    Path dataDirectory,
    int port,
    HostNames names,
    AccountId account,
    AccessKeys users,
    ObjectEventListener events,
    Clock clock,
    Duration uploadsKept) {

  /** Refuses a port out of range. */
  public EmbeddedS3Config {
    dataDirectory = dataDirectory.toAbsolutePath().normalize();
    requireNonNull(names, "names");
    requireNonNull(account, "account");
    requireNonNull(users, "users");
    requireNonNull(events, "events");
    requireNonNull(clock, "clock");
    requireNonNull(uploadsKept, "uploadsKept");
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port " + port);
    }
  }

  /** The usual configuration: the system's clock, abandoned uploads kept for a week. */
  public EmbeddedS3Config(
      Path dataDirectory,
      int port,
      HostNames names,
      AccountId account,
      AccessKeys users,
      ObjectEventListener events) {
    this(dataDirectory, port, names, account, users, events, Clock.systemUTC(), Duration.ofDays(7));
  }

  /** The same for loopback and users that stay as they are; refuses two with one access key id. */
  public EmbeddedS3Config(
      Path dataDirectory,
      int port,
      AccountId account,
      List<S3User> users,
      ObjectEventListener events) {
    this(dataDirectory, port, HostNames.LOOPBACK, account, AccessKeys.of(users), events);
  }
}
