package io.narthex.aws.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.announce.Announcement;
import io.narthex.cache.announce.Announcement.Kind;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.verdict.CheckName;
import io.narthex.nix.path.StorePathHash;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventDetailTest {
  private static final String HASH = "syd87l2rxw8cbsxmxl853h0r6pdwhwjr";

  private static String detail(Optional<String> storePath) {
    return EventDetail.of(
        new Announcement(
            Kind.PATH_REJECTED,
            new StorePathHash(HASH),
            storePath,
            new ObjectKey(HASH + ".narinfo"),
            "v1",
            List.of(CheckName.NAR_HASH)),
        "example-nix-cache");
  }

  @Test
  void saysWhichVersionOfWhichPathAndWhichChecks() {
    assertThat(detail(Optional.of("/nix/store/" + HASH + "-a")))
        .isEqualTo(
            "{\"hash\":\"%1$s\",\"storePath\":\"/nix/store/%1$s-a\",".formatted(HASH)
                + "\"bucket\":\"example-nix-cache\",\"key\":\"%s.narinfo\",".formatted(HASH)
                + "\"versionId\":\"v1\",\"checks\":[\"%s\"]}".formatted(CheckName.NAR_HASH));
  }

  @Test
  void staysSmallWhateverTheNarinfoSays() {
    assertThat(detail(Optional.of("\u0001".repeat(1_000_000))).length()).isLessThan(10_000);
  }
}
