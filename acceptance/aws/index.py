"""The index of a deployed stack, a part of it each:

    holds --state-bucket S --verified N --rejected HASH     waits for an index with these entries
    fill --bucket B --sample FILE --generated N             puts narinfos with tags: those of FILE, and N made up ones
    empty --bucket B --sample FILE --generated N            takes them away again
    execute --machine ARN --input JSON --expect JSON        has a state machine do its work; some fields of what comes out
    same --state-bucket S --generation N --other S --other-generation N
                                                            the objects of two generations, byte by byte

FILE has narinfos in zstd, an empty line between two. With AWS's variables in the environment.
"""
import argparse
import collections
import hashlib
import json
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import boto3
from botocore.config import Config

ALPHABET = "0123456789abcdfghijklmnpqrsvwxyz"
VERDICTS = ["verified", "verified", "verified", "waiting", None]
s3 = boto3.client("s3", config=Config(max_pool_connections=20))
wrong = 0


def expect(what, expected, actual):
    global wrong
    wrong += expected != actual
    print(f"ok    {what}: {actual}" if expected == actual else f"fail  {what}: expected {expected}, got {actual}", flush=True)


def keys(bucket, prefix):
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
    return [entry["Key"] for page in pages for entry in page.get("Contents", [])]


def read(bucket, key):
    return s3.get_object(Bucket=bucket, Key=key)["Body"].read()


def zstd(data):
    return subprocess.run(["zstd", "-dc"], input=data, capture_output=True, check=True).stdout.decode()


def served(bucket):
    try:
        return json.loads(read(bucket, "index/manifest.json")).get("served")
    except s3.exceptions.NoSuchKey:
        return None


def verdicts(bucket):
    """Of every entry of the generation that is read, by its hash; nothing without one."""
    found = {}
    generation = served(bucket)
    if generation:
        for key in keys(bucket, f"index/{generation['generation']}/shards/"):
            for line in zstd(read(bucket, key)).splitlines()[1:]:
                entry = json.loads(line)
                found[entry["hash"]] = entry["verdict"]
    return found


def holds(options):
    expected = {"verified": options.verified, "rejected": 1}
    end = time.monotonic() + options.seconds
    found = verdicts(options.state_bucket)
    while collections.Counter(found.values()) != expected and time.monotonic() < end:
        time.sleep(1)
        found = verdicts(options.state_bucket)
    expect("entries", expected, dict(collections.Counter(found.values())))
    expect("the rejected path", "rejected", found.get(options.rejected))


def samples(options):
    """Narinfos by their keys: real ones, and made up ones like the first of them."""
    texts = [text.strip("\n") + "\n" for text in zstd(options.sample.read()).split("\n\n") if text.strip()]
    for text in texts:
        yield text.split("StorePath: /nix/store/")[1][:32] + ".narinfo", text
    for number in range(options.generated):
        digest = hashlib.sha256(b"%d" % number).digest()
        name = "".join(ALPHABET[byte % 32] for byte in digest)
        path = texts[0].split("StorePath: /nix/store/")[1].split("\n")[0]
        yield name + ".narinfo", texts[0].replace(path, f"{name}-made-up-{number}")


def put(options, number, key, text):
    tags = {"Tagging": "nix-verdict=" + verdict} if (verdict := VERDICTS[number % len(VERDICTS)]) else {}
    s3.put_object(Bucket=options.bucket, Key=key, Body=text.encode(), ContentType="text/x-nix-narinfo", **tags)


def fill(options):
    with ThreadPoolExecutor(16) as pool:
        done = [pool.submit(put, options, number, key, text) for number, (key, text) in enumerate(samples(options))]
    for one in done:
        one.result()
    expect("at least 500 narinfos", True, len(done) >= 500)


def empty(options):
    with ThreadPoolExecutor(16) as pool:
        done = [pool.submit(s3.delete_object, Bucket=options.bucket, Key=key) for key, _ in samples(options)]
    for one in done:
        one.result()


def execute(options):
    machines = boto3.client("stepfunctions")
    arn = machines.start_execution(stateMachineArn=options.machine, input=options.input)["executionArn"]
    began = time.monotonic()
    while (now := machines.describe_execution(executionArn=arn))["status"] == "RUNNING" and time.monotonic() < began + options.seconds:
        time.sleep(1)
    if now["status"] != "SUCCEEDED":
        print(json.dumps({key: str(value) for key, value in now.items()}, indent=1))
    expect("execution", "SUCCEEDED", now["status"])
    output = json.loads(now.get("output", "{}"))
    print(f"      {time.monotonic() - began:.1f} s: {output}")
    for name, value in json.loads(options.expect).items():
        expect(name, value, output.get(name))
    for run in machines.list_map_runs(executionArn=arn)["mapRuns"]:
        counts = machines.describe_map_run(mapRunArn=run["mapRunArn"])["itemCounts"]
        print(f"      map run {run['mapRunArn'].split('/')[-1].split(':')[0]}: {counts['succeeded']} of {counts['total']} items", flush=True)


def generation(bucket, number):
    prefix = f"index/{number}/"
    return {key.removeprefix(prefix): hashlib.sha256(read(bucket, key)).hexdigest() for key in keys(bucket, prefix)}


def same(options):
    ours, theirs = generation(options.state_bucket, options.generation), generation(options.other, options.other_generation)
    expect("objects of either", sorted(ours), sorted(theirs)) if ours.keys() != theirs.keys() else None
    expect("objects that differ", [], [key for key in ours if ours[key] != theirs.get(key)])
    kinds = collections.Counter(key.split("/")[0] for key in ours)
    expect("each of many among them", True, all(kinds[kind] >= 2 for kind in ["shards", "sets", "names", "referrers"]))
    print(f"      the same in both: {dict(kinds)}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("part", choices=["holds", "fill", "empty", "execute", "same"])
    for name in ["bucket", "state-bucket", "rejected", "machine", "other"]:
        parser.add_argument("--" + name)
    for name in ["verified", "generated", "generation", "other-generation"]:
        parser.add_argument("--" + name, type=int)
    parser.add_argument("--sample", type=argparse.FileType("rb"))
    parser.add_argument("--input", default="{}")
    parser.add_argument("--expect", default="{}")
    parser.add_argument("--seconds", type=int, default=300)
    options = parser.parse_args()
    {"holds": holds, "fill": fill, "empty": empty, "execute": execute, "same": same}[options.part](options)
    sys.exit(wrong > 0)


main()
