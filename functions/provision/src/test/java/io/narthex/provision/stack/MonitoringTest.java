package io.narthex.provision.stack;

import static io.narthex.provision.stack.Tree.at;
import static io.narthex.provision.stack.Tree.map;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.narthex.aws.log.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Alarms and dashboard are about what the functions say and what the stack has. */
class MonitoringTest {
  private static final Object MONITORING = SampleStack.read("infra/monitoring.yaml");

  private static List<String> names(String type) {
    return map(at(MONITORING, "Resources")).entrySet().stream()
        .filter(resource -> at(resource.getValue(), "Type").equals(type))
        .map(Map.Entry::getKey)
        .toList();
  }

  @Test
  void isGivenEveryParameterByTheStack() {
    assertThat(map(at(SampleStack.byDefault().properties("Monitoring"), "Parameters")))
        .containsOnlyKeys(map(at(MONITORING, "Parameters")).keySet());
    assertThat(map(at(MONITORING, "Parameters")).values())
        .allSatisfy(
            one -> assertThat(map(one)).containsKeys("Description", "Default", "AllowedPattern"));
  }

  @Test
  void tellsTheTopicOfEveryAlarm() {
    for (String alarm : names("AWS::CloudWatch::Alarm")) {
      assertThat(map(at(MONITORING, "Resources", alarm, "Properties")))
          .as(alarm)
          .containsKeys("AlarmDescription", "AlarmActions", "OKActions")
          .containsEntry("TreatMissingData", isTold(alarm) ? "ignore" : "notBreaching");
    }
  }

  /** What a check a week found is so until the next one, and not only for five minutes. */
  private static boolean isTold(String alarm) {
    return alarm.equals("IndexDrift");
  }

  /** A check that fails tells no drift, and so nobody. */
  @Test
  void tellsOfRebuildsAndChecksThatFail() {
    SampleStack stack = SampleStack.byDefault();
    assertThat(at(stack.properties("Monitoring"), "Parameters", "IndexCheckArn"))
        .isNotEqualTo(at(stack.properties("Monitoring"), "Parameters", "IndexRebuildArn"));
    for (String machine : List.of("IndexRebuild", "IndexCheck")) {
      Object alarm = at(MONITORING, "Resources", machine + "Failed", "Properties");
      assertThat(at(alarm, "MetricName")).isEqualTo("ExecutionsFailed");
      assertThat(String.valueOf(at(alarm, "Dimensions"))).contains(machine + "Arn");
    }
  }

  @Test
  void saysInTheHandbookWhatEachAlarmMeansAndShowsAllOnTheDashboard() throws IOException {
    String handbook = Files.readString(SampleStack.ROOT.resolve("docs/operations.md"));
    String dashboard =
        String.valueOf(at(MONITORING, "Resources", "Dashboard", "Properties", "DashboardBody"));
    assertThat(names("AWS::CloudWatch::Alarm"))
        .hasSizeGreaterThan(5)
        .allSatisfy(alarm -> assertThat(handbook).contains("| `" + alarm + "` |"))
        .allSatisfy(alarm -> assertThat(dashboard).contains("${" + alarm + ".Arn}"));
  }

  @Test
  void drawsADashboardThatIsJson() throws IOException {
    String dashboard =
        String.valueOf(
            at(MONITORING, "Resources", "Dashboard", "Properties", "DashboardBody", "Fn::Sub"));
    String filled = dashboard.replaceAll("\\$\\{[\\w:.]+}", "x");
    assertThat(new JsonMapper().readTree(filled).get("widgets")).hasSize(7);
  }

  /** The metrics of ours that a text names, as CloudWatch's arrays or as an alarm does. */
  private static Set<String> ours(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(found -> found.group(1)).collect(toSet());
  }

  private static Set<String> alarmed() {
    return names("AWS::CloudWatch::Alarm").stream()
        .map(alarm -> at(MONITORING, "Resources", alarm, "Properties"))
        .filter(alarm -> String.valueOf(at(alarm, "Namespace")).contains("Narthex/${Name}"))
        .map(alarm -> String.valueOf(at(alarm, "MetricName")))
        .collect(toSet());
  }

  private static Set<String> labels(Collection<Metric> metrics) {
    return metrics.stream().map(Metric::label).collect(toSet());
  }

  @Test
  void drawsExactlyTheMetricsThatThereAre() {
    Set<String> drawn =
        ours(
            Pattern.compile("\\[\"Narthex/\\$\\{Name}\", \"(\\w+)\""),
            String.valueOf(at(MONITORING, "Resources", "Dashboard", "Properties")));
    assertThat(drawn).isEqualTo(labels(List.of(Metric.values())));
    assertThat(alarmed()).isNotEmpty().isSubsetOf(drawn);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "io.narthex.validate.ValidateHandler, "
        + "VERIFIED WAITING REJECTED NEEDS_AUDIT FAILED BYTES_READ SECONDS_PER_MEGABYTE",
    "io.narthex.index.IndexHandler, FAILED",
    "io.narthex.index.IndexTaskHandler, INDEX_DRIFT",
    "io.narthex.serve.ServeHandler, POLICY_DENIALS POLICY_NOT_UNDERSTOOD",
    "io.narthex.provision.ProvisionHandler, ''",
  })
  void measuresEachOfThemInOneFunction(String handler, String metrics) {
    assertThat(ReachableCalls.constants(Metric.class, handler))
        .isEqualTo(
            Pattern.compile(" ").splitAsStream(metrics).filter(m -> !m.isEmpty()).collect(toSet()));
  }

  @Test
  void namesTheMetricsAsTheFunctionsAreTold() {
    SampleStack stack = SampleStack.byDefault();
    for (String function :
        List.of("ValidateFunction", "IndexFunction", "IndexTaskFunction", "ServeFunction")) {
      assertThat(stack.environment(function)).containsEntry("NARTHEX_METRICS", "Narthex/narthex");
    }
    assertThat(at(stack.properties("Monitoring"), "Parameters", "Name")).isEqualTo("narthex");
  }

  @Test
  void saysInTheHandbookWhatEachMetricIs() throws IOException {
    assertThat(Files.readString(SampleStack.ROOT.resolve("docs/operations.md")))
        .contains(
            labels(List.of(Metric.values())).stream().map(label -> "`" + label + "`").toList());
  }
}
