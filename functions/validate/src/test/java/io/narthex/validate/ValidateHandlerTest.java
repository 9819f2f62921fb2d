package io.narthex.validate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.amazonaws.services.lambda.runtime.tests.EventLoader;
import io.narthex.aws.json.MalformedEventException;
import io.narthex.aws.log.JsonLog;
import io.narthex.aws.sqs.SqsBatch;
import io.narthex.aws.sqs.SqsMessage;
import io.narthex.cache.admission.Admission;
import io.narthex.cache.admission.Relook;
import io.narthex.cache.admission.Sweep;
import io.narthex.cache.admission.Upkeep;
import io.narthex.cache.announce.Announcements;
import io.narthex.cache.principal.TokenSweep;
import io.narthex.cache.report.Reports;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.settings.SettingsSource;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.StoreException;
import io.narthex.nix.path.StorePathHash;
import io.narthex.testkit.Fault;
import io.narthex.testkit.MemoryStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sample events of the repository, handled with empty buckets. */
class ValidateHandlerTest {
  private static final String NONE = "{\"batchItemFailures\":[]}";
  private static final String SECOND =
      "{\"batchItemFailures\":[{\"itemIdentifier\":\"059f36b4-87a3-44ab-83d2-661975620002\"}]}";

  private final Clock clock = Clock.systemUTC();
  private final List<String> log = new ArrayList<>();
  private final List<ObjectKey> sent = new ArrayList<>();
  private final List<String> retried = new ArrayList<>();
  private final List<StorePathHash> told = new ArrayList<>();
  private boolean queueRefuses;
  private final MemoryStore cache = new MemoryStore(clock);
  private final MemoryStore state = new MemoryStore(clock);
  private final SettingsSource settings = () -> Settings.trusting(List.of());
  private final ValidateHandler handler =
      new ValidateHandler(
          new ValidateWiring(
              new Admission(
                  cache,
                  state,
                  sent::addAll,
                  (upstream, hash) -> Optional.empty(),
                  settings,
                  clock),
              new Upkeep(
                  new Relook(cache, state, settings, sent::addAll),
                  new Sweep(state, sent::addAll, clock),
                  new TokenSweep(state, clock),
                  1),
              message -> retry(message),
              new ReadMeter(),
              new ReadTime(),
              new PathNews(Announcements.NONE, new Reports(state)),
              new IndexNews(told::addAll)),
          new RecordLog(new JsonLog(log::add, Optional.empty(), clock)));

  private void retry(SqsMessage message) {
    retried.add(message.messageId());
    if (queueRefuses) {
      throw new StoreException("ChangeMessageVisibility");
    }
  }

  private static InputStream event(String name) {
    return sample("sqs/" + name);
  }

  private static InputStream sample(String name) {
    InputStream event = ValidateHandlerTest.class.getResourceAsStream("/events/" + name + ".json");
    assertThat(event).as(name).isNotNull();
    return event;
  }

  private String answer(InputStream event) throws IOException {
    var answer = new ByteArrayOutputStream();
    handler.handleRequest(event, answer, new SampleContext());
    return answer.toString(UTF_8);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "put-narinfo, syd87l2rxw8cbsxmxl853h0r6pdwhwjr.narinfo, absent",
    "put-nar, nar/05ra3y72i3qjri7xskf9qj8kb29r6naqy1sqpbs3azi3xcigmj56.nar.xz, nothing",
    "multipart-complete, nar/05ra3y72i3qjri7xskf9qj8kb29r6naqy1sqpbs3azi3xcigmj56.nar.xz, nothing",
    "removed, syd87l2rxw8cbsxmxl853h0r6pdwhwjr.narinfo, absent",
    "tagging, syd87l2rxw8cbsxmxl853h0r6pdwhwjr.narinfo, absent",
    "odd-key, log/a+b c=, nothing",
    "eventbridge, log/a+b c=, nothing",
  })
  void looksAtTheKeyOfTheSampleEvent(String name, String key, String verdict) throws IOException {
    assertThat(answer(event(name))).isEqualTo(NONE);
    assertThat(log).hasSize(1);
    assertThat(log.getFirst())
        .startsWith("{\"key\":\"" + key + "\",\"verdict\":\"" + verdict + "\",\"findings\":[],")
        .contains("\"elapsedMs\":")
        .contains("\"requestId\":\"8476a536-e9f4-11e8-9739-2dfe598c3fcd\"");
  }

  @Test
  void hasTheIndexLookAtAPathThatIsNotThere() throws IOException {
    assertThat(answer(event("removed"))).isEqualTo(NONE);
    assertThat(told).containsExactly(new StorePathHash("syd87l2rxw8cbsxmxl853h0r6pdwhwjr"));
  }

  @Test
  void looksAtEveryKeyOfEveryMessage() throws IOException {
    assertThat(answer(event("several-records"))).isEqualTo(NONE);
    assertThat(log).hasSize(4);
  }

  @Test
  void hasNothingToDoForTheTestEvent() throws IOException {
    assertThat(answer(event("test-event"))).isEqualTo(NONE);
    assertThat(log).isEmpty();
  }

  @Test
  void failsThePoisonousMessageAndNoOther() throws IOException {
    assertThat(answer(event("poison"))).isEqualTo(SECOND);
    assertThat(log.getLast()).contains("\"error\":");
    assertThat(retried).containsExactly("059f36b4-87a3-44ab-83d2-661975620002");
  }

  @Test
  void failsItAlsoIfTheQueueDoesNotLetItComeSooner() throws IOException {
    queueRefuses = true;
    assertThat(answer(event("poison"))).isEqualTo(SECOND);
    assertThat(log.getLast()).contains("ChangeMessageVisibility");
  }

  @Test
  void looksAtEverythingOnceWhenTheScheduleSaysSweep() throws IOException {
    cache.upload("syd87l2rxw8cbsxmxl853h0r6pdwhwjr.narinfo", new byte[] {1});
    assertThat(answer(sample("schedule/sweep"))).isEmpty();
    assertThat(sent).containsExactly(new ObjectKey("syd87l2rxw8cbsxmxl853h0r6pdwhwjr.narinfo"));
    assertThat(log)
        .containsExactly(
            "{\"task\":\"sweep\",\"keys\":1,\"requestId\":\"8476a536-e9f4-11e8-9739-2dfe598c3fcd\"}");
  }

  @Test
  void failsTheSweepThatCouldNotBeFinished() {
    state.failing(request -> Fault.NOT_DONE);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> answer(sample("schedule/sweep")));
    assertThat(log).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"Records\":[]}",
        "{\"task\":\"dust\"}",
        "{\"task\":\"sweep\",\"Records\":[{\"messageId\":\"m\",\"body\":\"\"}]}"
      })
  void neverAcknowledgesWhatIsNeitherBatchNorTask(String event) {
    assertThatIOException()
        .isThrownBy(() -> answer(new ByteArrayInputStream(event.getBytes(UTF_8))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"put-narinfo", "several-records", "poison"})
  void readsMessagesAsTheLibraryOfAwsDoes(String name) throws MalformedEventException {
    var theirs =
        EventLoader.loadSQSEvent("events/sqs/" + name + ".json").getRecords().stream()
            .map(
                record ->
                    new SqsMessage(
                        record.getMessageId(),
                        Optional.of(record.getReceiptHandle()),
                        Integer.parseInt(record.getAttributes().get("ApproximateReceiveCount")),
                        record.getBody()))
            .toList();
    assertThat(SqsBatch.parse(event(name)).messages()).isEqualTo(theirs);
  }
}
