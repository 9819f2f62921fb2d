package io.narthex.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.aws.log.JsonLog;
import io.narthex.cache.index.Generation;
import io.narthex.cache.index.IndexUpdate;
import io.narthex.cache.index.Rebuild;
import io.narthex.cache.index.Slice;
import io.narthex.cache.store.StoreException;
import io.narthex.testkit.MemoryStore;
import io.narthex.testkit.MovableClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** When a batch has the index rebuilt. */
class IndexRebuildAskedTest {
  private static final int CROWDED = 1024;
  private static final String MESSAGE =
      """
      {"Records":[{"messageId":"m1","body":"{\\"index\\":\\"syd87l2rxw8cbsxmxl853h0r6pdwhwjr\\"}"}]}
      """;

  private final MovableClock clock = new MovableClock();
  private final MemoryStore cache = new MemoryStore(clock);
  private final MemoryStore state = new MemoryStore(clock);
  private final AtomicInteger asked = new AtomicInteger();
  private final List<String> log = new ArrayList<>();

  private String answer(Runnable rebuild) throws IOException {
    var wiring =
        new IndexWiring(
            new IndexUpdate(cache, state, IndexWiring.retries()),
            new Rebuild(cache, state, IndexWiring.retries(), clock)::isNeeded,
            rebuild);
    var handler =
        new IndexHandler(wiring, new LineLog(new JsonLog(log::add, Optional.empty(), clock)));
    var answer = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(MESSAGE.getBytes(UTF_8)), answer, new SampleContext());
    return answer.toString(UTF_8);
  }

  @Test
  void asksForTheFirstIndex() throws IOException {
    assertThat(answer(asked::incrementAndGet)).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(asked).hasValue(1);
  }

  @Test
  void asksForNoneWhereThereIsOne() throws IOException {
    new Rebuild(cache, state, IndexWiring.retries(), clock).run((paths, pieces, of) -> {});
    assertThat(answer(asked::incrementAndGet)).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(asked).hasValue(0);
  }

  /** All that these messages tell of was written; whoever writes there next asks again. */
  @Test
  void keepsTheMessagesIfItCouldNotAskForADeeperOne() throws IOException {
    for (int i = 0; i <= CROWDED; i++) {
      String hash = "%032d".formatted(i);
      cache.upload(hash + ".narinfo", "not a narinfo".getBytes(UTF_8));
    }
    var shallow = new Rebuild(cache, state, IndexWiring.retries(), clock);
    Generation generation = shallow.begin(0);
    shallow.build(generation, Slice.ALL);
    shallow.sort(generation, Slice.ALL);
    shallow.finish(generation);
    cache.upload("syd87l2rxw8cbsxmxl853h0r6pdwhwjr.narinfo", "none".getBytes(UTF_8));
    Runnable failing =
        () -> {
          asked.incrementAndGet();
          throw new StoreException("StartExecution");
        };
    assertThat(answer(failing)).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(asked).hasValue(1);
    assertThat(log).hasSize(2).first().asString().contains("StartExecution");
  }

  /** It would be forgotten, if nobody ever uploaded again. */
  @Test
  void takesTheMessagesBackIfItCouldNotAsk() throws IOException {
    assertThat(
            answer(
                () -> {
                  throw new StoreException("StartExecution");
                }))
        .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m1\"}]}");
  }
}
