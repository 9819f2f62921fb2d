package io.narthex.bench.price;

import static java.util.Objects.requireNonNull;

/**
 * What AWS charges for in us-east-1. What it gives every account each month for good is beside it;
 * what it gives for a first year is not counted.
 *
 * @see <a href="https://aws.amazon.com/pricing/">AWS Pricing</a>
 */
public enum Item {
  API_REQUESTS("HTTP API, requests", 1.00, 1e6, 0, "api-gateway"),
  LAMBDA_REQUESTS("Lambda, invocations", 0.20, 1e6, 1e6, "lambda"),
  LAMBDA_GB_SECONDS("Lambda arm64, GB-seconds", 13.3334, 1e6, 400e3, "lambda"),
  S3_WRITES("S3, PUT, COPY, LIST and tagging", 5.00, 1e6, 0, "s3"),
  S3_READS("S3, GET, HEAD and all others", 0.40, 1e6, 0, "s3"),
  SQS_REQUESTS("SQS standard, requests", 0.40, 1e6, 1e6, "sqs"),
  LOG_GIGABYTES("CloudWatch Logs, GB taken in", 0.50, 1, 5, "cloudwatch"),
  ALARMS("CloudWatch, alarms", 0.10, 1, 10, "cloudwatch"),
  METRICS("CloudWatch, metrics of our own", 0.30, 1, 10, "cloudwatch"),
  DASHBOARDS("CloudWatch, dashboards", 3.00, 1, 3, "cloudwatch");

  private final String label;
  private final double dollars;
  private final double unit;
  private final double free;
  private final String page;

  Item(String label, double dollars, double unit, double free, String page) {
    this.label = requireNonNull(label, "label is null");
    this.dollars = dollars;
    this.unit = unit;
    this.free = free;
    this.page = requireNonNull(page, "page is null");
  }

  String label() {
    return label;
  }

  /** Dollars for one {@link #unit}. */
  double dollars() {
    return dollars;
  }

  /** How many of it a price is for. */
  double unit() {
    return unit;
  }

  /** How many of it no account pays for in a month. */
  double free() {
    return free;
  }

  /** Where the price is from. */
  String source() {
    return "https://aws.amazon.com/" + page + "/pricing/";
  }

  /** Dollars for so many of it. */
  double cost(double count) {
    return count * dollars / unit;
  }
}
