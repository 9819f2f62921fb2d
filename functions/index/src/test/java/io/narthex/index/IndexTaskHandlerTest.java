package io.narthex.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.narthex.aws.log.JsonLog;
import io.narthex.cache.index.Generation;
import io.narthex.cache.index.IndexUpdate;
import io.narthex.cache.index.Rebuild;
import io.narthex.cache.index.Slice;
import io.narthex.cache.store.ListPage;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.StoreException;
import io.narthex.nix.path.StorePathHash;
import io.narthex.testkit.Fault;
import io.narthex.testkit.MemoryStore;
import io.narthex.testkit.MovableClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A rebuild and a check, step by step, as the state machines take them. */
class IndexTaskHandlerTest {
  private static final String FIRST = "0yd87l2rxw8cbsxmxl853h0r6pdwhwjr";
  private static final String LAST = "zyd87l2rxw8cbsxmxl853h0r6pdwhwjr";

  private final MovableClock clock = new MovableClock();
  private final MemoryStore cache = new MemoryStore(clock);
  private final MemoryStore state = new MemoryStore(clock);
  private final List<String> log = new ArrayList<>();
  private Runnable meanwhile = () -> {};
  private final IndexTaskHandler handler = handler(state);

  private IndexTaskHandler handler(MemoryStore index) {
    return new IndexTaskHandler(
        new IndexTasks(cache, index, IndexWiring.retries(), clock, _ -> meanwhile.run()),
        new TaskLog(new JsonLog(log::add, Optional.of("Narthex/test"), clock)));
  }

  @BeforeEach
  void hasPaths() {
    upload(FIRST);
    upload(LAST);
  }

  private void upload(String hash) {
    cache.upload(hash + ".narinfo", "not a narinfo".getBytes(UTF_8));
  }

  private String does(String task) throws IOException {
    return does(handler, task);
  }

  private static String does(IndexTaskHandler handler, String task) throws IOException {
    var answer = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(task.replace('\'', '"').getBytes(UTF_8)),
        answer,
        new SampleContext());
    return answer.toString(UTF_8).replace('"', '\'');
  }

  private void rebuild(IndexTaskHandler handler) throws IOException {
    assertThat(does(handler, "{'task':'begin','asked':{'depth':6}}"))
        .isEqualTo("{'generation':{'number':1,'depth':6},'pieces':[0,1],'partitions':[0]}");
    var paths = new ArrayList<String>();
    for (int piece : List.of(1, 0)) {
      paths.add(
          does(
              handler,
              "{'task':'build','generation':{'number':1,'depth':6},'piece':%d}".formatted(piece)));
    }
    assertThat(paths).containsOnly("{'paths':1}");
    does(handler, "{'task':'sort','generation':{'number':1,'depth':6},'partition':0}");
    assertThat(does(handler, "{'task':'finish','generation':{'number':1,'depth':6}}"))
        .isEqualTo("{'generation':{'number':1,'depth':6},'paths':2}");
    assertThat(does(handler, "{'task':'expire'}")).isEqualTo("{'removed':0}");
  }

  @Test
  void buildsTheSameBytesAsARebuildInOneGo() throws IOException {
    rebuild(handler);
    var other = new MemoryStore(clock);
    var whole = new Rebuild(cache, other, IndexWiring.retries(), clock);
    Generation generation = whole.begin(6);
    whole.pieces(generation).forEach(piece -> whole.build(generation, piece));
    whole.partitions(generation).forEach(partition -> whole.sort(generation, partition));
    whole.finish(generation);
    assertThat(contents(state)).isEqualTo(contents(other)).hasSizeGreaterThan(3);
  }

  private static Map<String, String> contents(MemoryStore store) {
    var contents = new LinkedHashMap<String, String>();
    for (ListPage.Entry entry : store.listAll("index/")) {
      byte[] bytes = store.open(entry.key()).orElseThrow().readAll();
      contents.put(entry.key().value(), HexFormat.of().formatHex(bytes));
    }
    return contents;
  }

  @Test
  void doesNotFinishWhatIsNotBuilt() throws IOException {
    does("{'task':'begin','asked':{'depth':6}}");
    does("{'task':'build','generation':{'number':1,'depth':6},'piece':0}");
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> does("{'task':'finish','generation':{'number':1,'depth':6}}"))
        .withMessageContaining("index/1/pieces/");
  }

  @Test
  void throwsWhatTheStoreThrowsSoThatTheStepIsTriedAgain() {
    state.failing(request -> Fault.NOT_DONE);
    assertThatExceptionOfType(StoreException.class).isThrownBy(() -> does("{'task':'begin'}"));
    assertThat(log).isEmpty();
  }

  @Test
  void refusesWhatIsNoTask() {
    assertThatIOException()
        .isThrownBy(() -> does("{'task':'drop'}"))
        .withMessageContaining("there is no task drop");
  }

  private String check(int piece, boolean isRepairing) throws IOException {
    return does(
        "{'task':'check','generation':{'number':1,'depth':6},'piece':%d,'repair':%b}"
            .formatted(piece, isRepairing));
  }

  @Test
  void surveysNothingWhileThereIsNoIndex() throws IOException {
    assertThat(does("{'task':'survey','asked':{}}")).isEqualTo("{'pieces':[],'repair':false}");
  }

  @Test
  void findsAndRepairsWhatNoMessageToldOf() throws IOException {
    rebuild(handler);
    assertThat(does("{'task':'survey','asked':{'repair':true}}"))
        .isEqualTo("{'generation':{'number':1,'depth':6},'pieces':[0,1],'repair':true}");
    cache.delete(new ObjectKey(LAST + ".narinfo"));
    assertThat(check(0, false)).isEqualTo("{'paths':1,'drift':0}");
    assertThat(check(1, false)).isEqualTo("{'paths':0,'drift':1}");
    assertThat(log.getLast()).contains("\"differs\":{\"" + LAST + "\":\"GONE\"}");
    assertThat(check(1, true)).isEqualTo("{'paths':0,'drift':1}");
    assertThat(check(1, true)).isEqualTo("{'paths':0,'drift':0}");
  }

  /** A message under way is no drift. */
  @Test
  void doesNotCountWhatIsRightAMinuteLater() throws IOException {
    rebuild(handler);
    cache.delete(new ObjectKey(LAST + ".narinfo"));
    meanwhile =
        () ->
            new IndexUpdate(cache, state, IndexWiring.retries())
                .look(List.of(new StorePathHash(LAST)));
    assertThat(check(1, false)).isEqualTo("{'paths':0,'drift':0}");
  }

  @Test
  void doesNotCountWhatAGenerationSaysThatIsReadNoMore() throws IOException {
    rebuild(handler);
    cache.delete(new ObjectKey(LAST + ".narinfo"));
    var next = new Rebuild(cache, state, IndexWiring.retries(), clock);
    next.run((paths, pieces, ofPieces) -> {});
    assertThat(check(1, false)).isEqualTo("{'paths':0,'drift':0}");
  }

  /** As the weekly rebuild of a small cache does, where messages were lost for weeks. */
  @Test
  void countsWhatItFoundIfTheIndexIsRebuiltMeanwhile() throws IOException {
    rebuild(handler);
    cache.delete(new ObjectKey(LAST + ".narinfo"));
    meanwhile =
        () ->
            new Rebuild(cache, state, IndexWiring.retries(), clock)
                .run((paths, pieces, ofPieces) -> {});
    assertThat(check(1, false)).isEqualTo("{'paths':0,'drift':1}");
  }

  @Test
  void reportsDriftAsAMetricAlsoWhereThereIsNone() throws IOException {
    assertThat(does("{'task':'report','checked':[{'paths':5,'drift':0},{'paths':7,'drift':0}]}"))
        .isEqualTo("{'paths':12,'drift':0}");
    assertThat(log.getLast())
        .contains("\"IndexDrift\":0", "CloudWatchMetrics", "\"Namespace\":\"Narthex/test\"");
    assertThat(does("{'task':'report','checked':[{'paths':5,'drift':1},{'paths':7,'drift':2}]}"))
        .isEqualTo("{'paths':12,'drift':3}");
    assertThat(log.getLast()).contains("\"IndexDrift\":3");
  }

  /** Step Functions passes 256 KB from state to state. */
  @Test
  void listsThePiecesOfAThousandMillionPathsWithinAState() throws IOException {
    var large = new Generation(1, Generation.depthFor(1_000_000_000));
    var out = new ByteArrayOutputStream();
    TaskAnswerJson.write(
        out,
        new TaskAnswer.Begun(
            large,
            Slice.ALL.split(large.pieceBits()).toList(),
            Slice.ALL.split(large.partitionBits()).toList()));
    assertThat(out.size()).isBetween(100_000, 256 * 1024 - 20_000);
  }
}
