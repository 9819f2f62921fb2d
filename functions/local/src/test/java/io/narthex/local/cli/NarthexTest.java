package io.narthex.local.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class NarthexTest {
  @Test
  void helpListsEveryCommand() {
    Set<String> all = Narthex.commandLine("--help").getSubcommands().keySet();

    assertThat(all).contains("up", "status", "audit", "index", "user", "policy", "demo");
    assertThat(Narthex.commandLine("--help").getUsageMessage()).contains(all);
  }

  @Test
  void everyCommandIsFoundByItsNameAlone() {
    for (String name : Narthex.commandLine().getSubcommands().keySet()) {
      assertThat(Narthex.commandLine(name).getSubcommands()).containsOnlyKeys(name);
    }
  }

  @Test
  void aCommandThatIsCalledReadsAsAmongAll() {
    for (var all : Narthex.commandLine().getSubcommands().entrySet()) {
      CommandLine alone =
          requireNonNull(Narthex.commandLine(all.getKey()).getSubcommands().get(all.getKey()));

      assertThat(alone.getUsageMessage()).isEqualTo(all.getValue().getUsageMessage());
      assertThat(alone.getSubcommands().keySet())
          .isEqualTo(all.getValue().getSubcommands().keySet());
      assertThat(alone.isCaseInsensitiveEnumValuesAllowed()).isTrue();
    }
  }

  @Test
  void aNameThatIsNoneIsReadWithAll() {
    assertThat(Narthex.commandLine("audi").getSubcommands()).containsKey("audit");
  }
}
