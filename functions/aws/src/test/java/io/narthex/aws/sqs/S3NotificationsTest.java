package io.narthex.aws.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.narthex.aws.json.MalformedEventException;
import io.narthex.cache.store.ObjectKey;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3NotificationsTest {
  private static String record(String key) {
    return "{\"eventVersion\":\"9.9\",\"new\":[{}],\"s3\":{\"bucket\":{\"name\":\"b\"},\"object\":"
        + "{\"size\":1,\"key\":\""
        + key
        + "\",\"versionId\":\"v\"}}}";
  }

  private static String records(String key) {
    return "{\"Records\":[" + record(key) + "]}";
  }

  private static List<String> keys(String body) throws MalformedEventException {
    return S3Notifications.parse(body).stream().map(l -> l.key().value()).toList();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"a%2Bb+c%3D, a+b c=", "nar/x.nar.xz, nar/x.nar.xz", "%252B, %2B", "%C3%A9, é"})
  void decodesKeysOfNotificationsOnce(String encoded, String key) throws MalformedEventException {
    assertThat(keys(records(encoded))).containsExactly(key);
  }

  @Test
  void takesKeysOfEventBridgeAsTheyAre() throws MalformedEventException {
    assertThat(
            keys(
                "{\"detail\":{\"object\":{\"key\":\"a+b c=%2B\"},\"bucket\":{\"name\":\"b\"}},"
                    + "\"source\":\"aws.s3\"}"))
        .containsExactly("a+b c=%2B");
  }

  @Test
  void readsAllRecordsInOrder() throws MalformedEventException {
    assertThat(keys("{\"Records\":[" + record("a") + "," + record("b") + "]}"))
        .containsExactly("a", "b");
  }

  @Test
  void readsBackWhatItWrites() throws MalformedEventException {
    for (String key : List.of("a+b c=", "\"quoted\"", "back\\slash", "é\n")) {
      assertThat(S3Notifications.parse(new LookAt(new ObjectKey(key)).body()))
          .containsExactly(new LookAt(new ObjectKey(key)));
    }
  }

  @Test
  void hasNothingToDoForTheTestEvent() throws MalformedEventException {
    assertThat(keys("{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"b\"}"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"Records\":[]}",
        "{\"Records\":{}}",
        "{\"Records\":[1]}",
        "{\"Records\":[{\"s3\":{\"object\":{}}}]}",
        "{\"Records\":[{\"s3\":{\"object\":{\"key\":\"\"}}}]}",
        "{\"Records\":[{\"s3\":{\"object\":{\"key\":\"%zz\"}}}]}",
        "{\"Records\":[{\"s3\":{\"object\":{\"key\":7}}}]}",
        "{\"Event\":\"s3:Other\"}",
        "{\"lookAt\":\"\"}",
        "{\"lookAt\":\"a\",\"lookAt\":\"b\"}",
        "{\"lookAt\":\"a\",\"detail\":{\"object\":{\"key\":\"b\"}}}",
        "{\"lookAt\":\"a\"}x",
        "{\"lookAt\":\"a\"",
      })
  void refusesOtherBodies(String body) {
    assertThatExceptionOfType(MalformedEventException.class)
        .isThrownBy(() -> S3Notifications.parse(body));
  }

  @Test
  void refusesKeysLongerThanS3Has() {
    assertThatExceptionOfType(MalformedEventException.class)
        .isThrownBy(() -> S3Notifications.parse(records("k".repeat(1025))));
  }

  @Test
  void onlyItsOwnExceptionEscapes() {
    var random = new Random(7);
    String valid = records("a%2Bb");
    for (int i = 0; i < 3_000; i++) {
      var damaged = new StringBuilder(valid);
      damaged.setCharAt(random.nextInt(valid.length()), (char) random.nextInt(0x3000));
      try {
        assertThat(S3Notifications.parse(damaged.toString())).hasSize(1);
      } catch (MalformedEventException e) {
        assertThat(e).hasMessageNotContaining("eventVersion");
      }
    }
  }
}
