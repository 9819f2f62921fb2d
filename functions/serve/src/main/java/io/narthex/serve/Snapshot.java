package io.narthex.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.narthex.cache.principal.Authentication.Refused;
import io.narthex.cache.read.Denial;
import io.narthex.cache.read.PolicyAlarm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.crac.Context;
import org.crac.Resource;

/**
 * What is done around the snapshot that SnapStart takes of the process when a version is published:
 * before it real requests, so that it holds loaded classes and compiled code; after each restore of
 * it, everything that grew old is forgotten.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-java.html">Lambda
 *     SnapStart runtime hooks for Java</a>
 */
final class Snapshot implements Resource {
  /** The settings; and an absent object, for which policy, object and tags are asked for. */
  private static final List<String> PATHS =
      List.of("/nix-cache-info", "/00000000000000000000000000000000.narinfo");

  /** Of no token: it is looked for, and refused. */
  private static final String CREDENTIALS =
      "Basic "
          + Base64.getEncoder()
              .encodeToString(("nxt_" + "0".repeat(24) + ":snapshot").getBytes(UTF_8));

  private final Function<PolicyAlarm, ServeParts> wiring;
  private final Runnable forget;
  private final ServeLog log;

  Snapshot(Function<PolicyAlarm, ServeParts> wiring, Runnable forget, ServeLog log) {
    this.wiring = requireNonNull(wiring, "wiring is null");
    this.forget = requireNonNull(forget, "forget is null");
    this.log = requireNonNull(log, "log is null");
  }

  // While a stack is made its policy may come later than its functions: no reason for the alarm.
  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    var rehearsal = new Rehearsal(log);
    ServeParts parts = wiring.apply(rehearsal::policyNotUnderstood);
    PATHS.forEach(path -> prime(parts, rehearsal, path, ""));
    prime(parts, rehearsal, PATHS.getFirst(), "\"authorization\":\"" + CREDENTIALS + "\",");
  }

  // An exception would fail the deployment, over nothing but speed.
  private void prime(ServeParts parts, Rehearsal rehearsal, String path, String header) {
    String event =
        """
        {"version":"2.0","rawPath":"%s","rawQueryString":"","headers":{%s"x-forwarded-proto":"https"},
        "requestContext":{"http":{"method":"GET","sourceIp":"127.0.0.1"}}}
        """
            .formatted(path, header);
    try {
      ServeHandler.answer(
              parts, rehearsal, new ByteArrayInputStream(event.getBytes(UTF_8)), "snapshot")
          .write(OutputStream.nullOutputStream());
    } catch (IOException | RuntimeException e) {
      log.notPrimed(path + ": " + e);
    }
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    forget.run();
  }

  /** Nobody was denied anything, and nothing of it is an alarm. */
  private record Rehearsal(ServeLog log) implements ServeLog {
    @Override
    public void denied(Denial denial, int status, String requestId) {}

    @Override
    public void unauthenticated(Refused refused, String requestId) {}

    @Override
    public void policyNotUnderstood(String reason) {
      log.notPrimed(reason);
    }

    @Override
    public void notPrimed(String reason) {
      log.notPrimed(reason);
    }
  }
}
