package io.narthex.local.cli;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.path.StorePathHash;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A cache as its readers know it: its policy decides what they are told. */
final class CacheDoor implements PathView {
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final CacheClient client;

  CacheDoor(CacheClient client) {
    this.client = requireNonNull(client, "client is null");
  }

  @Override
  public PathAnswer ask(StorePathHash hash) {
    HttpResponse<String> answer = client.get("/api/v1/paths/" + hash);
    return answer.statusCode() == 200
        ? new PathAnswer.Reported(answer.body())
        : new PathAnswer.Unreported(answer.body().strip());
  }

  @Override
  public boolean isServed(StorePathHash hash) {
    return client.head("/" + hash + ".narinfo") == 200;
  }

  @Override
  public Duration pause() {
    return PAUSE;
  }

  @Override
  public void close() {}
}
