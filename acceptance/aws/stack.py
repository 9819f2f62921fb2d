"""Waits until nothing is left in the queue of a deployed stack, then expects of what was uploaded:

    every object in the cache is tagged verified, and every path has a report that says so;
    the tampered path is out, and its report names a check that was expected to find it

    stack.py --bucket B --state-bucket S --queue URL --dead-letters URL --paths N --tampered FILE
"""
import argparse
import json
import sys
import time

import boto3

QUIET = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed"]
s3, sqs = boto3.client("s3"), boto3.client("sqs")
wrong = 0


def expect(what, expected, actual):
    global wrong
    wrong += expected != actual
    print(f"ok    {what}: {actual}" if expected == actual else f"fail  {what}: expected {expected}, got {actual}", flush=True)


def messages(url):
    attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=QUIET)["Attributes"]
    return sum(int(value) for value in attributes.values())


def keys(bucket, prefix=""):
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
    return [entry["Key"] for page in pages for entry in page.get("Contents", [])]


def verdict(bucket, key):
    tags = s3.get_object_tagging(Bucket=bucket, Key=key)["TagSet"]
    return next((tag["Value"] for tag in tags if tag["Key"] == "nix-verdict"), "none")


def wait(options):
    end = time.monotonic() + options.seconds
    while (left := messages(options.queue)) and time.monotonic() < end:
        time.sleep(1)
    expect("messages left", 0, left)
    expect("dead letters", 0, messages(options.dead_letters))


def cache(options):
    found = {key: verdict(options.bucket, key) for key in keys(options.bucket)}
    expect("objects without the verdict", [], [key for key, verdict in found.items() if verdict != "verified"])
    expect("verified narinfos", options.paths, sum(key.endswith(".narinfo") for key in found))
    expect("verified NARs", options.paths, sum(key.startswith("nar/") for key in found))


def reports(options):
    objects = [s3.get_object(Bucket=options.state_bucket, Key=key) for key in keys(options.state_bucket, "reports/")]
    found = {report["hash"]: report for report in map(json.load, (answer["Body"] for answer in objects))}
    tampered = json.load(options.tampered)
    report = found.pop(tampered["hash"])
    expect("reports of verified paths", options.paths, sum(report["verdict"] == "verified" for report in found.values()))
    expect("report of the tampered path", "rejected", report["verdict"])
    named = {check["check"] for check in report["checks"] if check.get("findings")}
    expect(f"it names one of {tampered['expectedChecks']}: {sorted(named)}", True, bool(named & set(tampered["expectedChecks"])))


def main():
    parser = argparse.ArgumentParser()
    for name in ["bucket", "state-bucket", "queue", "dead-letters"]:
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--paths", type=int, required=True)
    parser.add_argument("--tampered", type=argparse.FileType(), required=True)
    parser.add_argument("--seconds", type=int, default=600)
    options = parser.parse_args()
    wait(options)
    cache(options)
    reports(options)
    sys.exit(wrong > 0)


main()
