package io.narthex.bench.price;

import static java.util.Locale.ROOT;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.stream.LongStream;

/** The page {@code docs/scale.md}. */
public final class ScalePage {
  private static final Scale LARGE = new Scale(100_000_000);
  private static final double FUNCTIONS = 1000;

  /** Requests a second that S3 promises for each partition of a bucket's keys. */
  private static final double READS_A_SECOND = 5500;

  private static final double FEW_PARTITIONS = 32;
  private static final double DAYS = 365.0 / 12;
  private static final double UPLOADS = 10_000 * DAYS;
  private static final double READS = 10e6 * DAYS;
  private static final double GIGABYTE = 1e9;
  private static final double MONTHLY = 30;
  private static final double A_GIGABYTE_MONTH = 0.023;
  private static final double A_TAG_MONTH = 0.01 / 10_000;
  private static final double TAGGED_OBJECTS = 3;
  private static final double A_TRANSITION = 25e-6;
  private static final double HOUR = 3600;
  private static final double MINUTE = 60;

  private final Deployed stack;

  public ScalePage(Deployed stack) {
    this.stack = requireNonNull(stack, "stack is null");
  }

  /** All of it, in Markdown. */
  public String text() {
    return """
        # 100 million paths

        What the index of a cache of the size of cache.nixos.org is, and what such a cache costs, from what `functions/bench/run index` measures and
        list prices of [`cost.md`](cost.md). Written by `functions/bench/run scale > docs/scale.md`; a test fails when the page is another, or
        when a rebuild makes other calls than are counted here. Nobody has run it at this size on AWS.

        ## What there is

        | paths | shards | KB each | sets | KB each | pieces | partitions | GB in all |
        | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
        %s

        A shard has %s bytes a path, a set %s, the files of referrers %s and those of names %s: measured with the references of real narinfos, 30 a
        path on average, 5 in the middle. A rebuild has another %s bytes a path until they are sorted.

        ## A rebuild of 100 million

        | what | how much | arithmetic |
        | --- | ---: | --- |
        %s

        With %.0f functions at a time, if S3 lets them: **%s**. S3 promises %,.0f reads a second for each part of the keys that it keeps by itself,
        and makes more parts when it is asked more; with one part the reads alone take **%s**, with %.0f of them **%s**. What it does not take
        it answers with 503, and the piece is tried again. One rebuild costs **$%.0f**.

        ## A month

        10,000 uploads and 10 million reads a day, as many paths removed as uploaded, at list prices. The index is rebuilt once a month
        (`IndexRebuildSchedule=rate(30 days)`; every %.0f days, as the template has it, it is $%.0f more) and checked as often as the template says.

        | what | dollars |
        | --- | ---: |
        %s
        | **all of it but the NARs and their way out** | **%s** |
        | NARs: %s TB | %s |

        - **Tags** are on narinfo, NAR and listing: %s of them at $0.01 for 10,000 and month.
        - **Noncurrent versions** stay for 30 days: what was removed, %s GB of NARs at any time. The state bucket has no versions, so a shard
          that is written again leaves nothing behind.
        - **Storage** is at the price of the first 50 TB ($0.023 a GB and month); what is above that is a little cheaper.
        - **Transfer** to the internet is not in it: 4 million NARs a day are %s TB a month. At that size reads belong behind a CDN, and the NARs
          too.
        - **A second generation** lies beside the first for 7 days after each rebuild; it is counted.

        ## What is assumed

        %s seconds of a call to S3; 64 calls at a time in each piece; %s µs of a core for each path that is looked at and %s µs for each that is
        sorted, measured; %s GB of memory, of which 1.769 are a core, from the template. A bucket has no other load.
        """
        .formatted(
            sizes(),
            plain(Measured.SHARD_BYTES),
            plain(Measured.SET_BYTES),
            plain(Measured.REFERRER_BYTES),
            plain(Measured.NAME_BYTES),
            plain(Measured.RUN_BYTES),
            rebuild(),
            FUNCTIONS,
            time(LARGE.rebuildSeconds(FUNCTIONS, stack.taskGigabytes())),
            READS_A_SECOND,
            time(LARGE.rebuild().reads() / READS_A_SECOND),
            FEW_PARTITIONS,
            time(LARGE.rebuild().reads() / READS_A_SECOND / FEW_PARTITIONS),
            rebuildCost(),
            stack.rebuildDays(),
            (IndexUsage.runs(stack.rebuildDays()) - IndexUsage.runs(MONTHLY)) * rebuildCost(),
            months(),
            dollars(withoutNars()),
            plain(LARGE.paths() * Measured.NAR_BYTES / 1e12),
            dollars(stored(LARGE.paths() * Measured.NAR_BYTES)),
            String.format(ROOT, "%,.0f million", LARGE.paths() * TAGGED_OBJECTS / 1e6),
            plain(removedBytes() / GIGABYTE),
            plain(READS * Assumed.NAR_SHARE * Measured.NAR_BYTES / 1e12),
            plain(Assumed.S3_SECONDS),
            plain(Measured.BUILD_SECONDS * 1e6),
            plain(Measured.SORT_SECONDS * 1e6),
            plain(stack.taskGigabytes()));
  }

  private static String sizes() {
    return LongStream.of(10_000, 100_000, 1_000_000, 10_000_000, 100_000_000)
        .mapToObj(Scale::new)
        .map(
            scale ->
                String.format(
                    ROOT,
                    "| %,d | %,.0f | %,.0f | %,.0f | %,.0f | %,.0f | %,.0f | %,.1f |",
                    scale.paths(),
                    scale.shards(),
                    scale.paths() / scale.shards() * Measured.SHARD_BYTES / 1e3,
                    scale.sets(),
                    scale.paths() / scale.sets() * Measured.SET_BYTES / 1e3,
                    scale.pieces(),
                    scale.partitions(),
                    scale.bytes() / GIGABYTE))
        .collect(joining("\n"));
  }

  private String rebuild() {
    double memory = stack.taskGigabytes();
    double seconds =
        LARGE.pieces() * LARGE.pieceSeconds(memory)
            + LARGE.partitions() * LARGE.partitionSeconds(memory);
    return String.join(
        "\n",
        row(
            "reads of S3",
            count(LARGE.rebuild().reads()),
            "two a path, some for each shard, piece and partition"),
        row(
            "writes and lists",
            count(LARGE.rebuild().writes()),
            "a page for 1,000 paths, a PUT for each shard, eight for each piece"),
        row(
            "their price",
            dollars(LARGE.rebuild().usage().listPrice()),
            "$0.40 a million reads, $5.00 a million writes"),
        row(
            "seconds of a piece",
            plain(LARGE.pieceSeconds(memory)),
            "2 × %s paths × %s s / 64, 64 calls for its shards, and the core's time"
                .formatted(count(LARGE.paths() / LARGE.pieces()), plain(Assumed.S3_SECONDS))),
        row(
            "seconds of a partition",
            plain(LARGE.partitionSeconds(memory)),
            "%s × %s calls / 64, and the core's time"
                .formatted(plain(LARGE.readsOfARun()), count(LARGE.pieces()))),
        row(
            "GB-seconds of Lambda",
            count(memory * seconds),
            "%s pieces and %s partitions with %s GB"
                .formatted(count(LARGE.pieces()), count(LARGE.partitions()), plain(memory))),
        row(
            "their price",
            dollars(Item.LAMBDA_GB_SECONDS.cost(memory * seconds)),
            "$13.33 a million"),
        row(
            "state transitions",
            count(transitions()),
            "two for each, at $25 a million: " + dollars(transitions() * A_TRANSITION)));
  }

  private static String row(String what, String much, String why) {
    return "| %s | %s | %s |".formatted(what, much, why);
  }

  private static double transitions() {
    return 10 + 2 * (LARGE.pieces() + LARGE.partitions());
  }

  private double rebuildCost() {
    return LARGE.usage(stack.taskGigabytes()).listPrice() + transitions() * A_TRANSITION;
  }

  private Usage month() {
    return new Month("", UPLOADS, READS).withoutIndex(stack).plus(IndexUsage.kept(stack, UPLOADS));
  }

  private double checks() {
    return IndexUsage.checked().usage().times((double) LARGE.paths()).listPrice()
        * IndexUsage.runs(stack.checkDays());
  }

  private double rebuilds() {
    return rebuildCost() * IndexUsage.runs(MONTHLY);
  }

  private static double indexStorage() {
    return stored(LARGE.bytes() * (1 + 7 * IndexUsage.runs(MONTHLY) / DAYS));
  }

  private static double tags() {
    return LARGE.paths() * TAGGED_OBJECTS * A_TAG_MONTH;
  }

  private static double removedBytes() {
    return UPLOADS * Measured.NAR_BYTES * 30 / DAYS;
  }

  private static double stored(double bytes) {
    return bytes / GIGABYTE * A_GIGABYTE_MONTH;
  }

  private double withoutNars() {
    return month().listPrice()
        + rebuilds()
        + checks()
        + indexStorage()
        + stored(LARGE.paths() * Measured.NARINFO_BYTES)
        + tags()
        + stored(removedBytes());
  }

  private String months() {
    Usage month = month();
    String items =
        Arrays.stream(Item.values())
            .map(item -> line(item.label(), item.cost(month.count(item))))
            .collect(joining("\n"));
    return String.join(
        "\n",
        items,
        line("rebuilds of the index, once a month", rebuilds()),
        line("checks of the index", checks()),
        line("the index as it lies there", indexStorage()),
        line("narinfos as they lie there", stored(LARGE.paths() * Measured.NARINFO_BYTES)),
        line("tags", tags()),
        line("noncurrent versions of what was removed", stored(removedBytes())));
  }

  private static String line(String what, double dollars) {
    return "| %s | %s |".formatted(what, dollars(dollars));
  }

  private static String dollars(double dollars) {
    return String.format(ROOT, "%,.2f", dollars);
  }

  private static String count(double count) {
    return String.format(ROOT, "%,.0f", count);
  }

  private static String plain(double number) {
    return String.format(ROOT, number < 1 ? "%.3f" : "%,.1f", number).replaceAll("\\.?0+$", "");
  }

  private static String time(double seconds) {
    return seconds < 2 * MINUTE
        ? count(seconds) + " seconds"
        : seconds < 2 * HOUR
            ? count(seconds / MINUTE) + " minutes"
            : plain(seconds / HOUR) + " hours";
  }
}
