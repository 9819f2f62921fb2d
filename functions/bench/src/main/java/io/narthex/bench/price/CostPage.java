package io.narthex.bench.price;

import static java.util.Locale.ROOT;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The page {@code docs/cost.md}. */
public final class CostPage {
  private static final List<Month> MONTHS = List.of(Month.IDLE, Month.FIRST, Month.TENFOLD);
  private static final String DATE = "November 2026";

  private final Deployed stack;

  public CostPage(Deployed stack) {
    this.stack = requireNonNull(stack, "stack is null");
  }

  /** All of it, in Markdown. */
  public String text() {
    return """
        # What it costs

        Dollars a month in us-east-1, without storage and transfer. Written by `functions/bench/run cost > docs/cost.md`; a test fails when the
        page is another, when the code makes other calls than are counted here, or when the aim is missed.

        | | %s |
        | --- | ---: | ---: | ---: |
        %s
        | **at list prices** | %s |
        | **what is billed** | %s |
        | billed without the index | %s |

        The rows are list prices. *What is billed* is to an account that has nothing else to use up what AWS gives every account each month for
        good (below). The aim, at most $2.50 for 10,000 uploads and a million reads, and cents when idle, is from before there was an index, and is
        held to without it: **with the index the first is missed**, by a second queue for Lambda to poll and by two reads a path for each
        rebuild of a cache that holds a year of uploads. **At list prices both are missed**: an account that uses up its free part elsewhere pays $3.00 for the dashboard, %s for alarms and metrics, and
        for Lambda's polls of the empty queues; and a million reads through an API are more than the API. Metrics are paid for by the
        hour in which they have values; here always.

        ## Not in the table

        - **Storage**: $0.023 a GB and month, old versions for 30 days too. Tags: $0.01 for 10,000 a month; a path has three.
        - **Transfer to the internet**: $0.09 a GB after the first 100. It is most of the bill of a public cache: 400,000 NARs of 3 MB are
          $99. Machines in the same region pay nothing for NARs, which come from S3.
        - A custom domain's zone in Route 53 ($0.50), a secret ($0.40) or a KMS key ($1.00) to sign with, where the stack is given one.
        - KMS for data: none, the buckets are encrypted by S3 itself. SnapStart: free for Java. EventBridge: its schedules are free;
          with `Events=default` each verdict is an event, $1.00 a million.
        - Step Functions, for rebuilds and checks of the index: some ten state transitions and two for each 20,000 paths; 4,000 a month are free,
          and a thousand more $0.025.

        ## Prices

        | what | dollars | for | free each month | from |
        | --- | ---: | ---: | ---: | --- |
        %s

        From general knowledge of the lists as of %s, to be checked against the pages named. What AWS gives for a first year only is not counted.

        ## What is counted

        | what | a time |
        | --- | --- |
        %s

        ## What would make it cheaper

        - **Readers that use the bucket** (`s3://`, or its URL): $0.40 for a million reads, and nothing else. The bucket policy is the same.
          Gives up the answer that waits for a verdict, the page and the reports.
        - **A CDN** before the API: narinfos seldom change, and CloudFront's first 10 million requests and 1 TB a month are free: that is most of
          the reads, and all of the transfer. Gives up that every read is asked of the bucket policy: only for caches that everybody may
          read, and a revoked path is served until it expires at the edge.
        - **A function URL** in place of the API: a dollar less for a million reads. Gives up the throttling, the access log, and a custom domain
          without a CDN.
        - **No dashboard**: $3.00, for accounts with three others.
        - **Fewer log lines**: `SystemLogLevel: WARN` leaves out Lambda's own two an invocation, which is most of the logs. Gives up the line with
          duration and memory of each; the metrics stay.
        - **Rebuilds of the index once a month** (`IndexRebuildSchedule=rate(30 days)`): a quarter of their reads. Gives up that what is searched by
          name is at most a week old.
        - **A longer way between sweeps**: gives up that a forgotten upload is withdrawn on time.
        """
        .formatted(
            MONTHS.stream().map(Month::name).collect(joining(" | ")),
            rows(),
            months(Usage::listPrice),
            months(Usage::bill),
            withoutIndex(),
            alarmsAndMetrics(),
            prices(),
            DATE,
            counts());
  }

  private String alarmsAndMetrics() {
    double dollars = Item.ALARMS.cost(stack.alarms()) + Item.METRICS.cost(stack.metrics());
    return String.format(ROOT, "$%.2f", dollars);
  }

  private String rows() {
    return Arrays.stream(Item.values())
        .map(
            item ->
                "| %s | %s |"
                    .formatted(item.label(), months(usage -> item.cost(usage.count(item)))))
        .collect(joining("\n"));
  }

  private String months(Function<Usage, Double> dollars) {
    return MONTHS.stream()
        .map(month -> String.format(ROOT, "%.2f", dollars.apply(month.usage(stack))))
        .collect(joining(" | "));
  }

  private String withoutIndex() {
    return MONTHS.stream()
        .map(month -> String.format(ROOT, "%.2f", month.withoutIndex(stack).bill()))
        .collect(joining(" | "));
  }

  private static String prices() {
    return Arrays.stream(Item.values())
        .map(
            item ->
                String.format(
                    ROOT,
                    "| %s | %.2f | %,.0f | %,.0f | <%s> |",
                    item.label(),
                    item.dollars(),
                    item.unit(),
                    item.free(),
                    item.source()))
        .collect(joining("\n"));
  }

  private String counts() {
    return String.join(
        "\n",
        row("calls to S3 by the functions for an upload, recorded from the code", calls()),
        row("calls to S3 by the index for an upload that is alone in its batch; recorded", batch()),
        row(
            "calls to S3 by a rebuild of the index for a path; recorded",
            Calls.OF_A_REBUILT_PATH.all()),
        row("messages to the index for an upload", Assumed.INDEX_MESSAGES),
        row("days between rebuilds and between checks of the index, in the template", schedules()),
        row(
            "months of uploads that the index holds; seconds of a rebuild for a path; assumed",
            held()),
        row("events, and so invocations, for an upload; recorded", Calls.EVENTS_OF_AN_UPLOAD),
        row("calls to S3 for a read: a narinfo, a NAR, what is absent; recorded", "1, 1, 2"),
        row("of the reads: narinfos, NARs, absent; assumed", "40 %, 40 %, 20 %"),
        row("requests to SQS for a message", Assumed.SQS_REQUESTS_A_MESSAGE),
        row("polls of an empty queue by Lambda, a second", Assumed.POLLS_A_SECOND),
        row("alarms and dashboards in the template, metrics in the code", watching()),
        row("memory of `validate`, `serve`, `index`, `index-task`, GB, in the template", memory()),
        row("minutes between sweeps, in the template", stack.sweepMinutes()),
        row("seconds of a call to S3, assumed", Assumed.S3_SECONDS),
        row("seconds of a read beside its calls; from `run lambda`", Assumed.READ_SECONDS),
        row("megabytes of an archive, and a second by xz; assumed, measured", archive()),
        row("seconds of a sweep, every one a cold start; from `run lambda`", Assumed.SWEEP_SECONDS),
        row("bytes of logs, an invocation and a line of the API; assumed", logs()));
  }

  private static String row(String what, Object count) {
    return "| %s | %s |".formatted(what, count);
  }

  private static String row(String what, double count) {
    return row(what, number(count));
  }

  private static String number(double count) {
    return String.format(ROOT, "%.3f", count).replaceAll("\\.?0+$", "");
  }

  private static String calls() {
    return number(Calls.OF_AN_UPLOAD.writes())
        + " that write or list, "
        + number(Calls.OF_AN_UPLOAD.reads())
        + " that read";
  }

  private static String batch() {
    return number(Calls.OF_AN_INDEX_BATCH.writes())
        + " that write, "
        + number(Calls.OF_AN_INDEX_BATCH.reads())
        + " that read";
  }

  private String schedules() {
    return number(stack.rebuildDays()) + ", " + number(stack.checkDays());
  }

  private static String held() {
    return number(Assumed.MONTHS_KEPT) + ", " + number(Assumed.REBUILD_SECONDS_A_PATH);
  }

  private String watching() {
    return "%d, %d, %d".formatted(stack.alarms(), stack.dashboards(), stack.metrics());
  }

  private String memory() {
    return Stream.of(
            stack.validateGigabytes(),
            stack.serveGigabytes(),
            stack.indexGigabytes(),
            stack.taskGigabytes())
        .map(CostPage::number)
        .collect(joining(", "));
  }

  private static String archive() {
    return number(Assumed.NAR_MEGABYTES) + ", " + number(Assumed.MEGABYTES_A_SECOND);
  }

  private static String logs() {
    return number(Assumed.LOG_BYTES) + ", " + number(Assumed.ACCESS_LOG_BYTES);
  }
}
