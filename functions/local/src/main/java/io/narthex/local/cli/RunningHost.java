package io.narthex.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import io.narthex.local.host.FoundPolicy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A host that {@code narthex up} runs, found by its data directory. */
public final class RunningHost {
  private static final String EXPORT = "export ";

  private final Path data;
  private final Map<String, String> environment;

  private RunningHost(Path data, Map<String, String> environment) {
    this.data = data;
    this.environment = Map.copyOf(environment);
  }

  /** The one of a data directory. */
  public static RunningHost in(Path data) {
    Path file = data.resolve("narthex.env");
    try {
      return new RunningHost(
          data,
          Files.readAllLines(file).stream()
              .filter(line -> line.startsWith(EXPORT) && line.contains("="))
              .map(line -> line.substring(EXPORT.length()).split("=", 2))
              .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1])));
    } catch (NoSuchFileException e) {
      throw new CannotException("nothing runs in " + data + "; start it with: narthex up");
    } catch (IOException e) {
      throw new CannotException("cannot read " + file + ": " + e.getMessage());
    }
  }

  Path data() {
    return data;
  }

  String variable(String name) {
    return known(name)
        .orElseThrow(
            () -> new CannotException(data.resolve("narthex.env") + " does not say " + name));
  }

  private Optional<String> known(String name) {
    return Optional.ofNullable(environment.get(name));
  }

  /** The only STS that it asks about those who log in. */
  URI sts() {
    return known("AWS_ENDPOINT_URL_STS")
        .map(URI::create)
        .orElseThrow(
            () ->
                new CannotException(
                    "this host has no STS to ask, so nobody logs in with AWS credentials: start it"
                        + " with --sts URL, or make a token with: narthex token create"));
  }

  /**
   * The policy of its bucket.
   *
   * @param principal the ARN of whom it is to be asked about, if it is about somebody
   */
  public FoundPolicy policy(Optional<String> principal) {
    ObjectNode request = request();
    principal.ifPresent(arn -> request.put("principal", arn));
    try {
      return FoundPolicy.parse(client().post("/-/policy/show", request).getBytes(UTF_8));
    } catch (MalformedJsonException e) {
      throw new CannotException("the host answers something else: " + e.getMessage());
    }
  }

  /**
   * What a route of its own answers to its operator.
   *
   * @param question further fields beside the key
   */
  public JsonDocument ask(String route, ObjectNode question) {
    ObjectNode request = request();
    request.setAll(question);
    try {
      return JsonDocument.parse(client().post(route, request).getBytes(UTF_8));
    } catch (MalformedJsonException e) {
      throw new CannotException("the host answers something else: " + e.getMessage());
    }
  }

  /** The beginning of what is asked of it: the key that only who runs it can read. */
  ObjectNode request() {
    Path file = data.resolve("operator-key");
    try {
      return JsonDocument.object().put("key", Files.readString(file).strip());
    } catch (IOException e) {
      throw new CannotException("cannot read " + file + ": " + e.getMessage());
    }
  }

  /** Where it answers. */
  URI url() {
    return URI.create(variable("NARTHEX_URL"));
  }

  /** Its door, with its own routes. */
  CacheClient client() {
    return CacheClient.of(url(), "; start it with: narthex up --data " + data);
  }
}
