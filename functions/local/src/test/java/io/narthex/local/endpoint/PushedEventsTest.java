package io.narthex.local.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.narthex.aws.json.MalformedEventException;
import io.narthex.cache.store.ObjectKey;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushedEventsTest {
  private static final String BUCKET = "cache";

  /** As Ceph RGW 16 sends it, shortened. */
  private static String ceph(String bucket, String key, String opaqueData) {
    return """
        {"eventVersion":"2.2","eventSource":"ceph:s3","eventName":"ObjectCreated:Put",
         "s3":{"bucket":{"name":"%s","ownerIdentity":{"principalId":"owner"}},
               "object":{"key":"%s","size":2,"versionId":"","metadata":[{"key":"x-amz-date","val":"1"}]}},
         "eventId":"1795448710.2","opaqueData":"%s"}"""
        .formatted(bucket, key, opaqueData);
  }

  private static PushedEvents parse(String records) throws MalformedEventException {
    return PushedEvents.parse("{\"Records\":[" + records + "]}", BUCKET);
  }

  @Test
  void takesKeysOfCephAsTheyAre() throws MalformedEventException {
    assertThat(parse(ceph(BUCKET, "log/gtk+3%41.drv", "secret")))
        .isEqualTo(
            new PushedEvents(List.of(new ObjectKey("log/gtk+3%41.drv")), Optional.of("secret")));
  }

  @Test
  void decodesKeysOfMinio() throws MalformedEventException {
    String body =
        """
        {"EventName":"s3:ObjectCreated:Put","Key":"cache/nar/a+b.nar",
         "Records":[{"eventSource":"minio:s3","s3":{"bucket":{"name":"cache"},
                     "object":{"key":"nar%2Fa%2Bb.nar"}}}]}""";
    assertThat(PushedEvents.parse(body, BUCKET).keys())
        .containsExactly(new ObjectKey("nar/a+b.nar"));
  }

  @Test
  void leavesOutOtherBuckets() throws MalformedEventException {
    assertThat(parse(ceph("other", "a", "s") + "," + ceph(BUCKET, "b", "s")).keys())
        .containsExactly(new ObjectKey("b"));
  }

  @Test
  void hasNoOpaqueDataWhereRecordsDiffer() throws MalformedEventException {
    assertThat(parse(ceph(BUCKET, "a", "one") + "," + ceph(BUCKET, "b", "two")).opaqueData())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"Records\":[]}",
        "{\"Records\":[{}]}",
        "{\"Records\":[{\"s3\":{\"bucket\":{\"name\":\"cache\"},\"object\":{}}}]}",
        "{\"Records\":[{\"s3\":{\"object\":{\"key\":\"a\"}}}]}",
        "{\"Records\":[{\"s3\":{\"bucket\":{\"name\":\"cache\"},\"object\":{\"key\":\"%zz\"}}}]}",
      })
  void refusesWhatIsNoNotification(String body) {
    assertThatExceptionOfType(MalformedEventException.class)
        .isThrownBy(() -> PushedEvents.parse(body, BUCKET));
  }
}
