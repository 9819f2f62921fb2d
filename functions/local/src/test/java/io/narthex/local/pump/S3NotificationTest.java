package io.narthex.local.pump;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.local.s3.event.ObjectEvent;
import io.narthex.local.s3.event.ObjectEventName;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class S3NotificationTest {
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.6789Z");

  private static String prefix(String eventName) {
    return """
        {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"eu-west-2",\
        "eventTime":"2026-01-02T03:04:05.678Z","eventName":"%s","s3":{"s3SchemaVersion":"1.0",\
        "bucket":{"name":"cache","arn":"arn:aws:s3:::cache"},"object":"""
        .formatted(eventName);
  }

  @Test
  void rendersAPutWithTheKeyFormUrlEncoded() {
    ObjectEvent event =
        new ObjectEvent(
            ObjectEventName.CREATED_PUT,
            "cache",
            "nar/a+b c=é.nar",
            Optional.of("v1"),
            42,
            Optional.of("d41d8cd98f00b204e9800998ecf8427e"),
            "0055AED6DCD90281E5",
            TIME);
    assertThat(S3Notification.render(event, "eu-west-2"))
        .isEqualTo(
            prefix("ObjectCreated:Put")
                + """
                {"key":"nar/a%2Bb+c%3D%C3%A9.nar","size":42,\
                "eTag":"d41d8cd98f00b204e9800998ecf8427e","versionId":"v1",\
                "sequencer":"0055AED6DCD90281E5"}}}]}""");
  }

  @Test
  void leavesOutWhatADeleteDoesNotHave() {
    ObjectEvent event =
        new ObjectEvent(
            ObjectEventName.REMOVED_DELETE,
            "cache",
            "x.narinfo",
            Optional.empty(),
            0,
            Optional.empty(),
            "0F",
            TIME);
    assertThat(S3Notification.render(event, "eu-west-2"))
        .isEqualTo(
            prefix("ObjectRemoved:Delete") + "{\"key\":\"x.narinfo\",\"sequencer\":\"0F\"}}}]}");
  }

  @Test
  void leavesTheSequencerOutOfATaggingEvent() {
    ObjectEvent event =
        new ObjectEvent(
            ObjectEventName.TAGGING_PUT,
            "cache",
            "x.narinfo",
            Optional.of("v"),
            0,
            Optional.empty(),
            "0F",
            TIME);
    assertThat(S3Notification.render(event, "eu-west-2"))
        .isEqualTo(prefix("ObjectTagging:Put") + "{\"key\":\"x.narinfo\",\"versionId\":\"v\"}}}]}");
  }
}
