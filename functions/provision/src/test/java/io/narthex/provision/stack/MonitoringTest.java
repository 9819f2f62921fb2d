package io.narthex.provision.stack;

import static io.narthex.provision.stack.Tree.at;
import static io.narthex.provision.stack.Tree.map;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
          .containsEntry("TreatMissingData", "notBreaching");
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
    assertThat(new JsonMapper().readTree(filled).get("widgets")).hasSize(5);
  }

  @Test
  void countsTheLinesThatTheFunctionsLog() throws IOException {
    assertThat(filter("PolicyNotUnderstoodCount")).contains("$.event", "\"policyUnusable\"");
    assertThat(source("serve/ServeLog")).contains("line(\"policyUnusable\"", "\\\"event\\\"");
    assertThat(filter("RejectedCount")).contains("$.verdict", "\"rejected\"", "\"nar-withdrawn\"");
    assertThat(source("validate/Ruled")).contains("\"nar-withdrawn\"", "bare(\"rejected\"");
    assertThat(source("validate/RecordLog")).contains("\"verdict\"", "\"messageId\"", "\"error\"");
  }

  private static String filter(String name) {
    return String.valueOf(at(MONITORING, "Resources", name, "Properties", "FilterPattern"));
  }

  private static String source(String path) throws IOException {
    String module = path.substring(0, path.indexOf('/'));
    return Files.readString(
        SampleStack.ROOT.resolve(
            "functions/%s/src/main/java/io/narthex/%s.java".formatted(module, path)));
  }
}
