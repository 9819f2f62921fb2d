package io.narthex.provision;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.aws.signing.SigningKey;
import io.narthex.cache.json.MalformedJsonException;
import io.narthex.cache.provision.Attachment;
import io.narthex.cache.provision.Provisioning;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.settings.SettingsJson;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.nix.signature.PublicKey;
import io.narthex.testkit.MemoryStore;
import io.narthex.testkit.MovableClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The function with buckets in memory, asked by the repository's sample events. */
final class SampleProvisioning implements AutoCloseable {
  private static final ObjectKey SETTINGS = new ObjectKey("settings.json");

  private final MovableClock clock = new MovableClock();
  private final MemoryStore cache = new MemoryStore(clock);
  private final MemoryStore state = new MemoryStore(clock);
  private final FakeBucket bucket = new FakeBucket();
  private final List<String> log = new ArrayList<>();
  private final ResponseEndpoint endpoint = new ResponseEndpoint();
  private Function<SigningKey, Optional<PublicKey>> keyCheck = key -> Optional.empty();
  private final ProvisionHandler handler =
      new ProvisionHandler(
          new StackCache(
              "example-nix-cache",
              new Provisioning(cache, state),
              new Attachment(bucket, "eu-west-2"),
              key -> keyCheck.apply(key)),
          new HttpReplies(),
          log::add);

  SampleProvisioning() throws IOException {}

  MemoryStore cache() {
    return cache;
  }

  MemoryStore state() {
    return state;
  }

  FakeBucket bucket() {
    return bucket;
  }

  List<String> log() {
    return log;
  }

  ResponseEndpoint endpoint() {
    return endpoint;
  }

  /** What a look at the signing key comes to. */
  void checksKey(Function<SigningKey, Optional<PublicKey>> check) {
    keyCheck = check;
  }

  /** A sample event, to be answered here. */
  ObjectNode event(String name) throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/events/provision/" + name + ".json")) {
      assertThat(in).as(name).isNotNull();
      ObjectNode event = (ObjectNode) new JsonMapper().readTree(in);
      return event.put("ResponseURL", endpoint.url().toString());
    }
  }

  static ObjectNode properties(ObjectNode event) {
    return (ObjectNode) event.get("ResourceProperties");
  }

  void handle(ObjectNode event) throws IOException {
    handle(event.toString());
  }

  void handle(String event) throws IOException {
    handler.handleRequest(
        new ByteArrayInputStream(event.getBytes(UTF_8)),
        new ByteArrayOutputStream(),
        new SampleContext());
  }

  /** The settings as they lie in the state bucket. */
  Settings settings() throws MalformedJsonException {
    try (ObjectContent content = state.open(SETTINGS).orElseThrow()) {
      return SettingsJson.read(content.readAll());
    }
  }

  /** The reason of the answer, which must be a failure. */
  String failure() {
    assertThat(endpoint.answer().get("Status").asText()).isEqualTo("FAILED");
    return endpoint.answer().get("Reason").asText();
  }

  @Override
  public void close() {
    endpoint.close();
  }
}
