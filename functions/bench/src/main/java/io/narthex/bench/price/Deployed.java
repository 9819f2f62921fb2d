package io.narthex.bench.price;

import io.narthex.aws.log.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * What is deployed, read from the template and the code.
 *
 * @param validateGigabytes memory of the verifying function, GB as Lambda counts them
 * @param serveGigabytes memory of the serving function
 * @param indexGigabytes memory of the function that keeps the index
 * @param taskGigabytes memory of the function that rebuilds and checks it
 * @param rebuildDays between two rebuilds of the index
 * @param checkDays between two checks of the index
 * @param sweepMinutes between two sweeps
 * @param metrics of our own: those that the functions log
 */
public record Deployed(
    double validateGigabytes,
    double serveGigabytes,
    double indexGigabytes,
    double taskGigabytes,
    double rebuildDays,
    double checkDays,
    double sweepMinutes,
    int alarms,
    int metrics,
    int dashboards) {
  private static final double MEGABYTES = 1024;

  /** Of this repository. */
  public static Deployed read(Path project) throws IOException {
    String template = Files.readString(project.resolve("template.yaml"));
    String monitoring = Files.readString(project.resolve("infra/monitoring.yaml"));
    return new Deployed(
        number(template, "ValidateMemory:.*?Default: (\\d+)") / MEGABYTES,
        number(template, "ServeFunction:.*?MemorySize: (\\d+)") / MEGABYTES,
        number(template, "IndexFunction:.*?MemorySize: (\\d+)") / MEGABYTES,
        number(template, "IndexTaskFunction:.*?MemorySize: (\\d+)") / MEGABYTES,
        days(template, "IndexRebuildSchedule"),
        days(template, "IndexCheckSchedule"),
        number(template, "Schedule: rate\\((\\d+) minutes\\)"),
        count(monitoring, "Type: AWS::CloudWatch::Alarm"),
        Metric.values().length,
        count(monitoring, "Type: AWS::CloudWatch::Dashboard"));
  }

  /** Between two times of a schedule: so many days, or a day of the week. */
  private static double days(String template, String parameter) {
    String weekly = "Default: cron\\(\\d+ \\d+ \\? \\* [A-Z]{3} \\*\\)";
    boolean isWeekly =
        Pattern.compile(parameter + ":\n(?:    .*\n)*?    " + weekly).matcher(template).find();
    return isWeekly ? 7 : number(template, parameter + ":.*?Default: rate\\((\\d+) days\\)");
  }

  private static double number(String text, String pattern) {
    return Pattern.compile(pattern, Pattern.DOTALL)
        .matcher(text)
        .results()
        .findFirst()
        .map(found -> Double.valueOf(found.group(1)))
        .orElseThrow(() -> new IllegalStateException("nothing like " + pattern));
  }

  private static int count(String text, String pattern) {
    return Math.toIntExact(Pattern.compile(pattern).matcher(text).results().count());
  }
}
