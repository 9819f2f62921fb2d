package io.narthex.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every target takes its seeds, and seeds with a byte changed. */
class SeedsTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().resolve("../..").normalize();
  private static final int CHANGED = 20;
  private static final int LARGE = 1 << 16;

  /** A line of the list of targets. */
  record Target(String name, String className, List<Path> folders) {
    void take(byte[] input) throws Exception {
      Method target = Class.forName(className).getMethod("fuzzerTestOneInput", byte[].class);
      try {
        target.invoke(null, (Object) input);
      } catch (InvocationTargetException e) {
        throw new AssertionError(name, e.getCause());
      }
    }

    List<byte[]> seeds() throws IOException {
      List<byte[]> seeds = new ArrayList<>();
      for (Path folder : folders) {
        try (Stream<Path> files = Files.walk(folder)) {
          for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
            seeds.add(Files.readAllBytes(file));
          }
        }
      }
      return seeds;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Target> targets() throws IOException {
    return Files.readAllLines(ROOT.resolve("functions/fuzz/targets")).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split(" ", -1))
        .map(
            words ->
                new Target(
                    words[0], words[1], Arrays.stream(words).skip(2).map(ROOT::resolve).toList()))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void takesItsSeeds(Target target) throws Exception {
    List<byte[]> seeds = target.seeds();
    assertThat(seeds).isNotEmpty();
    for (byte[] seed : seeds) {
      target.take(seed);
    }
  }

  @ParameterizedTest
  @MethodSource("targets")
  void takesItsSeedsWithAByteChanged(Target target) throws Exception {
    var random = new Random(1);
    for (byte[] seed : target.seeds()) {
      for (int i = 0; i < CHANGED && seed.length > 0 && seed.length < LARGE; i++) {
        byte[] changed = seed.clone();
        changed[random.nextInt(seed.length)] ^= (byte) (1 << random.nextInt(8));
        target.take(changed);
      }
    }
  }
}
