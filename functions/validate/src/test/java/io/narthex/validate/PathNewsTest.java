package io.narthex.validate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.narthex.cache.admission.Outcome;
import io.narthex.cache.announce.Announcement;
import io.narthex.cache.announce.Announcement.Kind;
import io.narthex.cache.report.Reports;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.verdict.CheckName;
import io.narthex.testkit.MemoryCache;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PathNewsTest {
  private final List<Announcement> told = new ArrayList<>();
  private final SampleStore signer = new SampleStore(1);
  private final MemoryCache cache = new MemoryCache(Settings.trusting(List.of(signer.publicKey())));
  private final PathNews news = new PathNews(told::addAll, new Reports(cache.state()));

  private List<Outcome> look(SamplePath path) {
    return cache.admission().look(new ObjectKey(path.narInfoKey()));
  }

  @Test
  void tellsOnceThatAPathIsVerified() {
    SamplePath path = signer.path("hello-1.0");
    path.uploadTo(cache.cache());
    news.tell(look(path), false);
    news.tell(look(path), false);
    assertThat(told)
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.kind()).isEqualTo(Kind.PATH_VERIFIED);
              assertThat(one.key()).isEqualTo(new ObjectKey(path.narInfoKey()));
              assertThat(one.checks()).isEmpty();
            });
  }

  @Test
  void tellsItAgainWhenTheMessageComesAgain() {
    SamplePath path = signer.path("hello-1.0");
    path.uploadTo(cache.cache());
    look(path);
    news.tell(look(path), true);
    assertThat(told).extracting(Announcement::kind).containsExactly(Kind.PATH_VERIFIED);
  }

  @Test
  void tellsWhichChecksRejectedAPathAlsoWhenItIsGoneByThen() {
    SamplePath path = signer.path("hello-1.0");
    cache.cache().upload(path.narKey(), "nonsense".getBytes(UTF_8));
    cache.cache().upload(path.narInfoKey(), path.narInfoBytes());
    List<Outcome> outcomes = look(path);
    news.tell(outcomes, false);
    news.tell(look(path), true);
    assertThat(told).extracting(Announcement::kind).containsOnly(Kind.PATH_REJECTED);
    assertThat(told).hasSize(2);
    assertThat(told.getFirst()).isEqualTo(told.getLast());
    assertThat(told.getFirst().checks()).contains(CheckName.FILE_HASH).doesNotHaveDuplicates();
  }

  @Test
  void saysNothingOfAPathThatWaits() {
    SamplePath path = signer.path("hello-1.0");
    cache.cache().upload(path.narInfoKey(), path.narInfoBytes());
    news.tell(look(path), true);
    assertThat(told).isEmpty();
  }

  @Test
  void failsTheMessageIfNobodyCouldBeTold() {
    var deaf =
        new PathNews(
            all -> {
              throw new StoreException("PutEvents");
            },
            new Reports(cache.state()));
    SamplePath path = signer.path("hello-1.0");
    path.uploadTo(cache.cache());
    List<Outcome> outcomes = look(path);
    assertThatExceptionOfType(StoreException.class).isThrownBy(() -> deaf.tell(outcomes, false));
  }
}
