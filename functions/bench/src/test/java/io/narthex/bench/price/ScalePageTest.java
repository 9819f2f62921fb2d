package io.narthex.bench.price;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ScalePageTest {
  private static final Path PROJECT = Path.of("..", "..");

  @Test
  void isWhatTheDocumentSays() throws IOException {
    assertThat(Files.readString(PROJECT.resolve("docs/scale.md")))
        .as("functions/bench/run scale > docs/scale.md")
        .isEqualTo(new ScalePage(Deployed.read(PROJECT)).text());
  }
}
