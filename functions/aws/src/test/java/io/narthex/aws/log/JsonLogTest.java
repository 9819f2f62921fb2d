package io.narthex.aws.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JsonLogTest {
  /** Those of them that we use. */
  private static final Set<String> UNITS_OF_CLOUDWATCH = Set.of("Count", "Bytes", "None");

  private final List<String> lines = new ArrayList<>();

  private void log(Optional<String> namespace, Map<Metric, Double> measured) {
    new JsonLog(
            lines::add, namespace, InstantSource.fixed(Instant.ofEpochMilli(1_795_341_600_000L)))
        .line(measured, json -> json.writeStringField("key", "a\"b\n"));
  }

  @Test
  void writesMetricsIntoTheLineTheyAreAbout() {
    var measured = new EnumMap<Metric, Double>(Metric.class);
    measured.put(Metric.VERIFIED, 1.0);
    measured.put(Metric.SECONDS_PER_MEGABYTE, 0.25);
    log(Optional.of("Narthex/cache"), measured);
    assertThat(lines)
        .containsExactly(
            "{\"key\":\"a\\\"b\\n\",\"Verified\":1,\"SecondsPerMegabyte\":0.25,"
                + "\"_aws\":{\"Timestamp\":1795341600000,\"CloudWatchMetrics\":[{"
                + "\"Namespace\":\"Narthex/cache\",\"Dimensions\":[[]],\"Metrics\":["
                + "{\"Name\":\"Verified\",\"Unit\":\"Count\"},"
                + "{\"Name\":\"SecondsPerMegabyte\",\"Unit\":\"None\"}]}]}}");
  }

  @Test
  void saysNothingOfMetricsWhereNothingWasMeasured() {
    log(Optional.of("Narthex/cache"), Map.of());
    assertThat(lines).containsExactly("{\"key\":\"a\\\"b\\n\"}");
  }

  @Test
  void saysNothingOfMetricsWhereNobodyExtractsThem() {
    log(Optional.empty(), Map.of(Metric.VERIFIED, 1.0));
    assertThat(lines).containsExactly("{\"key\":\"a\\\"b\\n\"}");
  }

  @Test
  void namesEveryMetricOnceInUnitsOfCloudWatch() {
    assertThat(Stream.of(Metric.values()).map(Metric::label)).doesNotHaveDuplicates();
    assertThat(Stream.of(Metric.values()).map(Metric::unit).collect(Collectors.toSet()))
        .isSubsetOf(UNITS_OF_CLOUDWATCH);
  }
}
