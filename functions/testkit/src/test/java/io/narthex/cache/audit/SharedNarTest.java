package io.narthex.cache.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.verdict.CheckName;
import io.narthex.nix.codec.Compression;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.path.StorePath;
import io.narthex.testkit.Fault;
import io.narthex.testkit.HeapScratch;
import io.narthex.testkit.SamplePath;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several narinfos with one NAR. */
final class SharedNarTest {
  private final AuditedStore cache = new AuditedStore();

  private long opened(SamplePath path) {
    return cache.store.requests().stream()
        .filter(request -> request.operation().equals("GetObject"))
        .filter(request -> request.key().equals(path.narKey()))
        .count();
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 700})
  void aSharedNarIsReadOnce(int copies) {
    SamplePath first = cache.with(cache.samples.contentAddressed("first"));
    for (int i = 0; i < copies; i++) {
      copyOf(first, i);
    }
    cache.store.forgetRequests();
    assertThat(cache.audit().all())
        .hasSize(copies + 1)
        .allSatisfy(path -> assertThat(path.verdict()).isEqualTo(AuditVerdict.VERIFIED));
    assertThat(opened(first)).isOne();
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 700})
  void aSharedNarThatIsBadIsReadTwiceForAll(int copies) {
    SamplePath first = cache.with(cache.samples.path("first").withFile(new byte[10]));
    for (int i = 0; i < copies; i++) {
      copyOf(first, i);
    }
    cache.store.forgetRequests();
    assertThat(cache.audit().all())
        .hasSize(copies + 1)
        .allSatisfy(path -> assertThat(path.verdict()).isEqualTo(AuditVerdict.REJECTED));
    assertThat(opened(first)).isEqualTo(2);
  }

  @Test
  void narinfosThatSayDifferentlyHowToReadOneNarEachHaveItRead() {
    SamplePath first = cache.with(cache.samples.path("first"));
    NarInfo told = first.narInfo();
    SamplePath longer = cache.samples.path("longer");
    NarInfo other =
        NarInfo.unsigned(
                told.storeDir(),
                longer.storePath(),
                told.narHash(),
                told.narSize() + 1,
                List.of(),
                told.url())
            .withFile(
                told.url(),
                Compression.XZ,
                told.fileHash().orElseThrow(),
                told.fileSize().orElseThrow());
    SamplePath wrong = longer.with(cache.samples.signed(other));
    cache.store.upload(wrong.narInfoKey(), wrong.narInfoBytes());
    AuditedStore.Found found = cache.audit();
    assertThat(found.of(first).verdict()).isEqualTo(AuditVerdict.VERIFIED);
    assertThat(found.of(wrong).findings())
        .extracting(said -> said.finding().check())
        .containsExactly(CheckName.NAR_SIZE);
  }

  /** Uploads the narinfo of another path with the same NAR. */
  private StorePath copyOf(SamplePath first, int i) {
    StorePath name = cache.samples.storePath("copy" + i);
    var narInfo = first.narInfo();
    var copy =
        NarInfo.unsigned(
                narInfo.storeDir(),
                name,
                narInfo.narHash(),
                narInfo.narSize(),
                List.of(),
                narInfo.url())
            .withFile(
                narInfo.url(),
                Compression.XZ,
                narInfo.fileHash().orElseThrow(),
                narInfo.fileSize().orElseThrow());
    cache.store.upload(
        name.hash() + ".narinfo", cache.samples.signed(copy).write().getBytes(UTF_8));
    return name;
  }

  @Test
  void ofASharedNarThatCannotBeReadOnlyWhoHasNotReadItIsUnchecked() {
    HeapScratch scratch = new HeapScratch();
    Spool kept = scratch.spool("state");
    SamplePath first = cache.with(cache.samples.path("first"));
    cache.state = new KeptFindings(kept, scratch, "memory");
    cache.audit();
    StorePath copy = copyOf(first, 1);
    cache.store.failing(
        request ->
            request.operation().equals("GetObject") && request.key().equals(first.narKey())
                ? Fault.NOT_DONE
                : Fault.NONE);
    cache.state = new KeptFindings(kept, scratch, "memory");
    AuditedStore.Found found = cache.audit();
    assertThat(found.of(first).verdict()).isEqualTo(AuditVerdict.VERIFIED);
    assertThat(found.all()).hasSize(2);
    assertThat(found.paths().get(copy.hash()))
        .extracting(AuditedPath::verdict)
        .isEqualTo(AuditVerdict.UNCHECKED);
  }
}
