package io.narthex.nix.cacheinfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.nix.path.StoreDir;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NixCacheInfoTest {
  @Test
  void readsAndWrites() throws MalformedNixCacheInfoException {
    String text = "StoreDir: /nix/store\nWantMassQuery: 1\nPriority: 41\n";
    var info = new NixCacheInfo(Optional.of(StoreDir.DEFAULT), true, 41);

    assertThat(NixCacheInfo.parse(text)).isEqualTo(info);
    assertThat(info.write()).isEqualTo(text);
  }

  @Test
  void readsWhatNixItselfCreates() throws MalformedNixCacheInfoException {
    assertThat(NixCacheInfo.parse("StoreDir: /nix/store\n"))
        .isEqualTo(new NixCacheInfo(Optional.of(StoreDir.DEFAULT), false, 0));
  }

  @Test
  void needsNothing() throws MalformedNixCacheInfoException {
    var nothing = new NixCacheInfo(Optional.empty(), false, 0);

    assertThat(NixCacheInfo.parse("")).isEqualTo(nothing);
    assertThat(NixCacheInfo.parse(nothing.write())).isEqualTo(nothing);
  }

  @Test
  void ignoresWhatNixIgnores() throws MalformedNixCacheInfoException {
    String text = "what\n\nColour: blue\nPriority:   30  \r\nPriority:40\nWantMassQuery: true\n";

    assertThat(NixCacheInfo.parse(text)).isEqualTo(new NixCacheInfo(Optional.empty(), false, 40));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"40, 40", "-3, -3", "+7, 7", "12abc, 12", "2147483647, 2147483647"})
  void readsPrioritiesAsNixDoes(String text, int priority) throws MalformedNixCacheInfoException {
    assertThat(NixCacheInfo.parse("Priority: " + text).priority()).isEqualTo(priority);
  }

  @ParameterizedTest
  @CsvSource({
    "Priority, ''",
    "Priority, high",
    "Priority, 2147483648",
    "Priority, 99999999999999",
    "Priority, +-1",
    "StoreDir, nix/store",
    "StoreDir, ''",
    "StoreDir, /nix/store/",
  })
  void namesTheFieldAtFault(String field, String value) {
    assertThatThrownBy(() -> NixCacheInfo.parse(field + ": " + value))
        .isInstanceOfSatisfying(
            MalformedNixCacheInfoException.class,
            fault -> assertThat(fault.field()).isEqualTo(field));
  }
}
