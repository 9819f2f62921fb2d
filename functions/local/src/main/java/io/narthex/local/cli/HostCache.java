package io.narthex.local.cli;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import io.narthex.cache.operate.StandingCounts;
import io.narthex.nix.path.StorePathHash;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The cache that {@code narthex up} runs, by the routes of its own under {@code /-/}. */
final class HostCache implements OperatedCache {
  private static final Duration RELOOK = Duration.ofMinutes(6);

  private final CacheClient client;
  private final CacheDoor door;
  private final RunningHost host;

  HostCache(RunningHost host) {
    this.host = requireNonNull(host, "host is null");
    this.client = host.client();
    this.door = new CacheDoor(client);
  }

  @Override
  public PathAnswer ask(StorePathHash hash) {
    return door.ask(hash);
  }

  @Override
  public boolean isServed(StorePathHash hash) {
    return door.isServed(hash);
  }

  @Override
  public Duration pause() {
    return door.pause();
  }

  /** The host counts as it goes, so that this reads nothing. */
  @Override
  public CacheStatus status(int reports) {
    JsonDocument json = document(client.get("/-/status").body());
    int verified = (int) number(json, "verified");
    int waiting = (int) number(json, "waiting");
    int rejected = (int) number(json, "rejected");
    var counts =
        new StandingCounts(verified, waiting, rejected, verified + waiting + rejected, true);
    return new CacheStatus(counts, number(json, "inFlight"), number(json, "deadLetters"));
  }

  @Override
  public long inFlight() {
    return number(document(client.get("/-/status").body()), "inFlight");
  }

  @Override
  public boolean revoke(Revocable what, String reason) {
    return isChanged(client.post("/-/revoke", about(what).put("reason", reason)));
  }

  @Override
  public boolean restore(Revocable what) {
    return isChanged(client.post("/-/restore", about(what)));
  }

  @Override
  public CallerDesk callers() {
    return new HostCallers(client, host);
  }

  @Override
  public Redriven redrive() {
    return new Redriven(
        number(document(client.post("/-/redrive", host.request())), "redriven"), true);
  }

  @Override
  public Duration relookWithin() {
    return RELOOK;
  }

  private ObjectNode about(Revocable what) {
    return switch (what) {
      case Revocable.OfPath(var hash) -> host.request().put("path", hash.toString());
      case Revocable.OfKey(var key) -> host.request().put("publicKey", key.toString());
    };
  }

  private static boolean isChanged(String answer) {
    try {
      return document(answer).flag("changed");
    } catch (MalformedJsonException e) {
      throw notUnderstood(e);
    }
  }

  private static long number(JsonDocument json, String field) {
    try {
      return json.number(field);
    } catch (MalformedJsonException e) {
      throw notUnderstood(e);
    }
  }

  private static JsonDocument document(String answer) {
    try {
      return JsonDocument.parse(answer.getBytes(StandardCharsets.UTF_8));
    } catch (MalformedJsonException e) {
      throw notUnderstood(e);
    }
  }

  private static CannotException notUnderstood(MalformedJsonException e) {
    return new CannotException("the host answers something else: " + e.getMessage());
  }

  @Override
  public void close() {}
}
