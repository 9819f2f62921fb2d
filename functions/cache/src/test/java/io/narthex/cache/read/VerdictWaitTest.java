package io.narthex.cache.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.read.Answer.Inline;
import io.narthex.cache.read.Answer.NotFound;
import io.narthex.cache.store.Tags;
import io.narthex.cache.verdict.VerdictTag;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which reads wait for a verdict, how long, and what they end with. */
class VerdictWaitTest {
  private static final byte[] BYTES = "StorePath: x\n".getBytes(UTF_8);
  private static final String LISTING = Hall.HASH + ".ls";

  private static Hall uploaded() {
    return Hall.of(Hall.PUBLIC).with(Hall.NARINFO, BYTES, Tags.NONE);
  }

  /** A read that is answered at once with 404. */
  record AtOnce(String name, UnaryOperator<Hall> given) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<AtOnce> atOnce() {
    return List.of(
        new AtOnce("absent", _ -> Hall.of(Hall.PUBLIC)),
        new AtOnce("waiting", hall -> hall.with(Hall.NARINFO, BYTES, tags(VerdictTag.WAITING))),
        new AtOnce("rejected", hall -> hall.with(Hall.NARINFO, BYTES, tags(VerdictTag.REJECTED))),
        new AtOnce("untagged but old", hall -> hall.later(Duration.ofMinutes(2))),
        new AtOnce("switched off", hall -> hall.waiting(Duration.ZERO)));
  }

  private static Tags tags(VerdictTag verdict) {
    return verdict.on(Tags.NONE);
  }

  @ParameterizedTest
  @MethodSource("atOnce")
  void answersAtOnce(AtOnce row) {
    Hall hall = row.given.apply(uploaded());
    assertThat(hall.get("/" + Hall.NARINFO)).isInstanceOf(NotFound.class);
    assertThat(hall.slept).isEmpty();
  }

  @Test
  void givesUpAfterTheTimeInTheSettings() {
    Hall hall = uploaded();
    assertThat(hall.get("/" + Hall.NARINFO))
        .isEqualTo(new NotFound("uploaded, and not verified yet"));
    assertThat(hall.slept.stream().reduce(Duration.ZERO, Duration::plus))
        .isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void neverWaitsLongerThanTheGatewayDoes() {
    Hall hall = uploaded().waiting(Duration.ofHours(1));
    hall.get("/" + Hall.NARINFO);
    assertThat(hall.slept.stream().reduce(Duration.ZERO, Duration::plus))
        .isLessThan(Duration.ofSeconds(29));
  }

  @Test
  void servesWhatIsVerifiedDuringTheThirdWait() {
    Hall hall = uploaded();
    hall.during(() -> {}, () -> {}, () -> hall.store.tag(Hall.NARINFO, Hall.verified()));
    assertThat(hall.get("/" + Hall.NARINFO)).isInstanceOf(Inline.class);
    assertThat(hall.slept).hasSize(3);
  }

  @Test
  void stopsWaitingWhenItIsRejected() {
    Hall hall = uploaded();
    hall.during(() -> hall.store.tag(Hall.NARINFO, tags(VerdictTag.REJECTED)));
    assertThat(hall.get("/" + Hall.NARINFO)).isInstanceOf(NotFound.class);
    assertThat(hall.slept).hasSize(1);
  }

  @Test
  void waitsForHeadToo() {
    Hall hall = uploaded();
    hall.during(() -> hall.store.tag(Hall.NARINFO, Hall.verified()));
    assertThat(hall.head("/" + Hall.NARINFO)).isInstanceOf(Answer.Described.class);
  }

  @Test
  void doesNotWaitForOtherObjects() {
    Hall hall = Hall.of(Hall.PUBLIC).with(LISTING, BYTES, Tags.NONE);
    assertThat(hall.get("/" + LISTING)).isInstanceOf(NotFound.class);
    assertThat(hall.slept).isEmpty();
  }

  @Test
  void doesNotWaitForACallerWhoWouldNotGetIt() {
    Hall hall = Hall.of(Hall.PRIVATE).with(Hall.NARINFO, BYTES, Tags.NONE);
    hall.get("/" + Hall.NARINFO);
    assertThat(hall.slept).isEmpty();
    assertThat(hall.store.requests).isEmpty();
  }

  @Test
  void waitsOnlyIfTheOtherTagsOfTheUploadWouldDo() {
    Hall open =
        Hall.of(Hall.BY_AUDIENCE).with(Hall.NARINFO, BYTES, Tags.NONE.with("audience", "public"));
    open.get("/" + Hall.NARINFO);
    assertThat(open.slept).isNotEmpty();
    Hall closed = Hall.of(Hall.BY_AUDIENCE).with(Hall.NARINFO, BYTES, Tags.NONE);
    closed.get("/" + Hall.NARINFO);
    assertThat(closed.slept).isEmpty();
  }
}
