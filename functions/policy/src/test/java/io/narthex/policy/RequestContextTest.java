package io.narthex.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.policy.ContextValue.Absent;
import io.narthex.policy.ContextValue.Known;
import io.narthex.policy.ContextValue.Unknown;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestContextTest {

  @Test
  void keyNobodySpokeOfIsUnknown() {
    assertThat(RequestContext.builder().build().value("aws:SourceIp")).isEqualTo(new Unknown());
  }

  @Test
  void namesAreComparedWithoutRegardToCase() {
    RequestContext context = RequestContext.builder().value("aws:SourceIp", "192.0.2.1").build();
    assertThat(context.value("AWS:sourceip")).isEqualTo(new Known(List.of("192.0.2.1")));
  }

  @Test
  void tagsThatDifferInCaseOnlyMakeOneMultiValuedKey() {
    RequestContext context =
        RequestContext.builder()
            .value("s3:ExistingObjectTag/a", "1")
            .value("s3:ExistingObjectTag/A", "2")
            .build();
    assertThat(context.value("s3:ExistingObjectTag/a")).isEqualTo(new Known(List.of("1", "2")));
  }

  @Test
  void sameValueTwiceIsOneValue() {
    RequestContext context =
        RequestContext.builder().value("aws:x", "1").value("aws:X", "1").build();
    assertThat(context.value("aws:x")).isEqualTo(new Known(List.of("1")));
  }

  @Test
  void noValuesMeansAbsent() {
    RequestContext context = RequestContext.builder().values("aws:x", List.of()).build();
    assertThat(context.value("aws:x")).isEqualTo(new Absent());
  }

  @Test
  void longestPrefixSpeaksForAKeyThatIsNotSpokenOf() {
    RequestContext context =
        RequestContext.builder()
            .absentUnder("s3:")
            .unknownUnder("s3:ExistingObjectTag/")
            .absentUnder("s3:ExistingObjectTag/nix-")
            .value("s3:prefix", "nar/")
            .build();
    assertThat(context.value("s3:delimiter")).isEqualTo(new Absent());
    assertThat(context.value("S3:EXISTINGOBJECTTAG/team")).isEqualTo(new Unknown());
    assertThat(context.value("s3:ExistingObjectTag/nix-verdict")).isEqualTo(new Absent());
    assertThat(context.value("s3:prefix")).isEqualTo(new Known(List.of("nar/")));
    assertThat(context.value("aws:SourceIp")).isEqualTo(new Unknown());
  }

  @Test
  void doesNotPrintValues() {
    RequestContext context = RequestContext.builder().value("aws:userid", "AIDAEXAMPLE").build();
    assertThat(context.toString()).contains("aws:userid").doesNotContain("AIDAEXAMPLE");
  }
}
