package io.narthex.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.narthex.aws.json.MalformedEventException;
import io.narthex.cache.index.Generation;
import io.narthex.cache.index.Slice;
import java.io.ByteArrayInputStream;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskEventTest {
  private static final Generation SECOND = new Generation(2, 7);

  private static IndexTask parse(String json) throws MalformedEventException {
    return TaskEvent.parse(new ByteArrayInputStream(json.replace('\'', '"').getBytes(UTF_8)));
  }

  @Test
  void readsEveryTask() throws MalformedEventException {
    assertThat(parse("{'task':'begin','asked':{}}"))
        .isEqualTo(new IndexTask.Begin(OptionalInt.empty()));
    assertThat(parse("{'task':'begin','asked':{'depth':7}}"))
        .isEqualTo(new IndexTask.Begin(OptionalInt.of(7)));
    assertThat(parse("{'piece':3,'generation':{'depth':7,'number':2},'task':'build'}"))
        .isEqualTo(new IndexTask.Build(SECOND, new Slice(2, 3)));
    assertThat(parse("{'task':'sort','generation':{'number':2,'depth':7},'partition':0}"))
        .isEqualTo(new IndexTask.Sort(SECOND, new Slice(1, 0)));
    assertThat(parse("{'task':'finish','generation':{'number':2,'depth':7}}"))
        .isEqualTo(new IndexTask.Finish(SECOND));
    assertThat(parse("{'task':'expire'}")).isEqualTo(new IndexTask.Expire());
    assertThat(parse("{'task':'survey','asked':{'repair':true}}"))
        .isEqualTo(new IndexTask.Survey(true));
    assertThat(
            parse("{'task':'check','generation':{'number':2,'depth':7},'piece':0,'repair':true}"))
        .isEqualTo(new IndexTask.Check(SECOND, new Slice(2, 0), true));
    assertThat(parse("{'task':'report','checked':[{'paths':5,'drift':1},{'drift':2,'paths':7}]}"))
        .isEqualTo(new IndexTask.Report(12, 3));
  }

  /** What a schedule of EventBridge gives an execution, if nobody says what else. */
  @Test
  void passesOverWhatItDoesNotKnow() throws MalformedEventException {
    assertThat(parse("{'task':'survey','asked':{'detail-type':'Scheduled Event','detail':{}}}"))
        .isEqualTo(new IndexTask.Survey(false));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | no task",
        "{'task':'drop'} | there is no task drop",
        "{'task':1} | /task is not a string",
        "{'task':'begin','asked':{'depth':30}} | depth is more than 29",
        "{'task':'begin','asked':{'depth':-1}} | -1 is out of range",
        "{'task':'begin','asked':{'depth':8.5}} | /asked/depth is not a whole number",
        "{'task':'build','piece':3} | no generation",
        "{'task':'build','generation':{'number':2,'depth':7}} | no piece",
        "{'task':'build','generation':{'number':2,'depth':7},'piece':4} | no slice 4 of 2 bits",
        "{'task':'build','generation':{'number':0,'depth':7},'piece':3} | no generation 0 of depth 7",
        "{'task':'sort','generation':{'number':2,'depth':7},'piece':0} | no partition",
        "{'task':'report','checked':{}} | /checked is not an array",
        "[] | is not an object",
        "{'task':'expire'} {} | something follows",
      })
  void saysWhatIsWrong(String event, String message) {
    assertThatExceptionOfType(MalformedEventException.class)
        .isThrownBy(() -> parse(event))
        .withMessageContaining(message);
  }
}
