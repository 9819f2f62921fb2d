package io.narthex.local.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.local.stores.ScratchBucket;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.s3.model.EventBridgeConfiguration;
import software.amazon.awssdk.services.s3.model.GetBucketNotificationConfigurationResponse;
import software.amazon.awssdk.services.s3.model.NotificationConfiguration;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.OwnershipControlsRule;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;

/** The custom resource attaches to a bucket that already tells somebody else of its events. */
@Tag("containers")
@ExtendWith(OneLocalStack.class)
class ExistingBucketTest {
  private final ScratchBucket bucket;
  private final UploadQueue others;
  private final CustomResource resource;

  ExistingBucketTest(LocalStack localStack) {
    bucket = ScratchBucket.versioned(localStack.access());
    others = new UploadQueue(localStack);
    resource = new CustomResource(localStack, bucket);
    ownObjects(ObjectOwnership.BUCKET_OWNER_ENFORCED);
    notifications(
        NotificationConfiguration.builder()
            .queueConfigurations(
                QueueConfiguration.builder()
                    .id("theirs")
                    .queueArn(others.arn())
                    .eventsWithStrings("s3:ObjectCreated:*")
                    .build())
            .build());
  }

  @AfterEach
  void close() {
    resource.close();
    others.close();
    bucket.close();
  }

  private void ownObjects(ObjectOwnership ownership) {
    var rule = OwnershipControlsRule.builder().objectOwnership(ownership).build();
    var _ =
        bucket
            .s3()
            .putBucketOwnershipControls(
                put ->
                    put.bucket(bucket.name()).ownershipControls(controls -> controls.rules(rule)));
  }

  private void notifications(NotificationConfiguration configuration) {
    var _ =
        bucket
            .s3()
            .putBucketNotificationConfiguration(
                put -> put.bucket(bucket.name()).notificationConfiguration(configuration));
  }

  private GetBucketNotificationConfigurationResponse notifications() {
    return bucket.s3().getBucketNotificationConfiguration(get -> get.bucket(bucket.name()));
  }

  @Test
  void addsItsOwnEventsAndTakesThemOutAgain() throws IOException {
    List<QueueConfiguration> theirs = notifications().queueConfigurations();
    assertThat(theirs).hasSize(1);

    var created = resource.request("Create");
    assertThat(created.path("Status").asText()).isEqualTo("SUCCESS");
    assertThat(notifications().queueConfigurations()).isEqualTo(theirs);
    assertThat(notifications().eventBridgeConfiguration()).isNotNull();

    var deleted = resource.request("Delete", created.path("PhysicalResourceId").asText());
    assertThat(deleted.path("Status").asText()).isEqualTo("SUCCESS");
    assertThat(notifications().queueConfigurations()).isEqualTo(theirs);
    assertThat(notifications().eventBridgeConfiguration()).isNull();
  }

  @Test
  void leavesEventBridgeOnThatWasOnBefore() throws IOException {
    notifications(
        NotificationConfiguration.builder()
            .eventBridgeConfiguration(EventBridgeConfiguration.builder().build())
            .build());
    var created = resource.request("Create");
    var deleted = resource.request("Delete", created.path("PhysicalResourceId").asText());
    assertThat(deleted.path("Status").asText()).isEqualTo("SUCCESS");
    assertThat(notifications().eventBridgeConfiguration()).isNotNull();
  }

  @Test
  void refusesABucketWhoseObjectsHaveOtherOwners() throws IOException {
    ownObjects(ObjectOwnership.OBJECT_WRITER);
    var answer = resource.request("Create");
    assertThat(answer.path("Status").asText()).isEqualTo("FAILED");
    assertThat(answer.path("Reason").asText())
        .contains("object ownership is ObjectWriter")
        .contains("BucketOwnerEnforced");
    assertThat(notifications().eventBridgeConfiguration()).isNull();
  }
}
