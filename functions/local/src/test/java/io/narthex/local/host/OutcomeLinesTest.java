package io.narthex.local.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.nix.codec.Compression;
import io.narthex.nix.hash.Hash;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.path.StoreDir;
import io.narthex.nix.path.StorePath;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines that a running host prints, letter by letter. */
class OutcomeLinesTest {
  private final SampleStore store = new SampleStore(1);
  @TempDir private Path data;

  @Test
  void sayVerifiedWithSizeAndTime() {
    try (Running running = Running.in(data, store)) {
      SamplePath path = store.path("hello-2.12.1");
      running.upload(path);
      assertThat(running.lines())
          .singleElement()
          .asString()
          .matches("verified  hello-2\\.12\\.1  " + path.file().length + " B  \\d+ ms");
    }
  }

  @Test
  void sayRejectedWithBothHashes() {
    byte[] nar = SampleStore.directory("evil");
    Hash claimed = SampleStore.sha256(SampleStore.directory("good"));
    try (Running running = Running.in(data, store)) {
      running.upload(claiming(claimed, nar));
      assertThat(running.lines())
          .containsExactly(
              "rejected  evil-1.0  NarHash: narinfo says sha256:%s, the archive has sha256:%s"
                  .formatted(claimed.nix32(), SampleStore.sha256(nar).nix32()));
    }
  }

  private SamplePath claiming(Hash narHash, byte[] nar) {
    SamplePath path = store.of(store.storePath("evil-1.0"), nar, Compression.XZ, List.of());
    NarInfo claim =
        NarInfo.unsigned(
                StoreDir.DEFAULT, path.storePath(), narHash, nar.length, List.of(), "nar/x")
            .withFile(
                path.narKey(), Compression.XZ, SampleStore.sha256(path.file()), path.file().length);
    return path.with(store.signed(claim));
  }

  @Test
  void sayWaitingAndWhatFor() {
    StorePath bar = store.storePath("bar");
    try (Running running = Running.in(data, store)) {
      running.upload(store.path("foo-1.0", bar));
      assertThat(running.lines()).containsExactly("waiting  foo-1.0  for reference " + bar);
    }
  }

  @Test
  void haveColourOnATerminal() {
    StorePath bar = store.storePath("bar");
    try (Running running = Running.coloured(data, store)) {
      running.upload(store.path("foo-1.0", bar));
      assertThat(running.lines())
          .containsExactly("\u001b[33mwaiting\u001b[0m  foo-1.0  for reference " + bar);
    }
  }
}
