"""Looks at a deployed stack.

    stack.py settled --bucket B --queue URL --dead-letters URL --paths N      waits until no message is left, then expects every
                                                                              narinfo and every NAR verified, and N paths
    both with --endpoint URL --region R
"""
import argparse
import sys
import time

import boto3

QUIET = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed"]


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("task", choices=["settled"])
    for name in ["bucket", "queue", "dead-letters", "endpoint", "region"]:
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--paths", type=int, required=True)
    parser.add_argument("--seconds", type=int, default=600)
    return parser.parse_args()


def client(service, options):
    return boto3.client(service, endpoint_url=options.endpoint, region_name=options.region)


def messages(sqs, url):
    attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=QUIET)["Attributes"]
    return sum(int(value) for value in attributes.values())


def verdicts(s3, bucket):
    found = {}
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        for entry in page.get("Contents", []):
            tags = s3.get_object_tagging(Bucket=bucket, Key=entry["Key"])["TagSet"]
            found[entry["Key"]] = {tag["Key"]: tag["Value"] for tag in tags}.get("nix-verdict", "none")
    return found


def settled(options):
    s3, sqs = client("s3", options), client("sqs", options)
    end = time.monotonic() + options.seconds
    left = None
    while time.monotonic() < end and (left := messages(sqs, options.queue)) > 0:
        time.sleep(1)
    found = verdicts(s3, options.bucket)
    other = {key: verdict for key, verdict in found.items() if verdict != "verified"}
    narinfos = [key for key in found if key.endswith(".narinfo")]
    dead = messages(sqs, options.dead_letters)
    print(f"{left} messages left, {dead} dead letters, {len(narinfos)} narinfos of {options.paths}, {len(found)} objects, not verified: {other}")
    return left == 0 and dead == 0 and not other and len(narinfos) == options.paths


options = arguments()
sys.exit(not settled(options))
