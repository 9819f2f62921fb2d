package io.narthex.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.narthex.aws.log.JsonLog;
import io.narthex.cache.index.Generation;
import io.narthex.cache.index.Rebuild;
import io.narthex.testkit.Fault;
import io.narthex.testkit.MemoryStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IndexHandlerTest {
  private static final String HASH = "syd87l2rxw8cbsxmxl853h0r6pdwhwjr";

  private final Clock clock = Clock.systemUTC();
  private final MemoryStore cache = new MemoryStore(clock);
  private final MemoryStore state = new MemoryStore(clock);
  private final List<String> log = new ArrayList<>();
  private final IndexHandler handler =
      new IndexHandler(
          IndexWiring.of(cache, state, () -> {}),
          new LineLog(new JsonLog(log::add, Optional.empty(), clock)));

  @BeforeEach
  void hasAnIndex() {
    new Rebuild(cache, state, IndexWiring.retries(), clock).run((paths, pieces, ofPieces) -> {});
  }

  @Test
  void hasTheIndexSayWhatIsThere() throws IOException {
    cache.upload(HASH + ".narinfo", "not a narinfo".getBytes(UTF_8));
    state.forgetRequests();
    assertThat(answer(message("m1", HASH), message("m2", HASH))).isEqualTo(failures());
    assertThat(log).hasSize(1);
    assertThat(log.getFirst()).contains("\"paths\":1");
    assertThat(state.requests())
        .contains(new Fault.Request("PutObject", "index/1/shards/0.jsonl.zst"));
  }

  @Test
  void failsAMessageThatSaysNothingAndNoOther() throws IOException {
    assertThat(answer(message("m1", "nothing"), message("m2", HASH))).isEqualTo(failures("m1"));
    assertThat(log.getFirst()).contains("index is not a store hash");
  }

  @Test
  void failsThemAllIfTheStoreDoes() throws IOException {
    state.failing(request -> Fault.NOT_DONE);
    assertThat(answer(message("m1", HASH), message("m2", HASH))).isEqualTo(failures("m1", "m2"));
  }

  @Test
  void failsThoseOfAShardThatCannotBeReadAndNoOther() throws IOException {
    var rebuild = new Rebuild(cache, state, IndexWiring.retries(), clock);
    Generation generation = rebuild.begin(1);
    rebuild.pieces(generation).forEach(piece -> rebuild.build(generation, piece));
    rebuild.partitions(generation).forEach(partition -> rebuild.sort(generation, partition));
    rebuild.finish(generation);
    state.upload(generation.prefix() + "shards/0.jsonl.zst", "something else".getBytes(UTF_8));
    assertThat(answer(message("m1", HASH), message("m2", "0".repeat(32))))
        .isEqualTo(failures("m2"));
    assertThat(log.getFirst()).contains(generation.prefix() + "shards/0.jsonl.zst");
  }

  @Test
  void failsTheInvocationForWhatIsNoBatch() {
    assertThatIOException().isThrownBy(() -> answer("{}"));
  }

  private String answer(String... messages) throws IOException {
    var answer = new ByteArrayOutputStream();
    String event = "{\"Records\":[" + String.join(",", messages) + "]}";
    handler.handleRequest(
        new ByteArrayInputStream(event.getBytes(UTF_8)), answer, new SampleContext());
    return answer.toString(UTF_8);
  }

  private static String message(String id, String hash) {
    return "{\"messageId\":\"%s\",\"body\":\"{\\\"index\\\":\\\"%s\\\"}\"}".formatted(id, hash);
  }

  private static String failures(String... ids) {
    var items = new ArrayList<String>();
    for (String id : ids) {
      items.add("{\"itemIdentifier\":\"" + id + "\"}");
    }
    return "{\"batchItemFailures\":[" + String.join(",", items) + "]}";
  }
}
