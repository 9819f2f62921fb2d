"""What index.sh does to a cache through its S3 endpoint, faster than clients would.

  index_paths.py fill DATA COUNT     uploads so many small signed paths, and prints them
  index_paths.py churn DATA          uploads paths and deletes every second one, until it is told to stop; prints how many
  index_paths.py kill DATA PID       kills the host (SIGKILL) as soon as a rebuild has begun, and prints the generation
"""

import json
import os
import random
import signal
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from configparser import ConfigParser
from pathlib import Path

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError
from kill_9 import STORE, Signer, make_path

AT_ONCE = 8


class Cache:
    def __init__(self, data):
        lines = (data / "narthex.env").read_text().splitlines()
        self.environment = dict(line.removeprefix("export ").split("=", 1) for line in lines)
        self.bucket = self.environment["NARTHEX_BUCKET"]
        self.signer = Signer(data / "signing-key.sec")
        self.keys = ConfigParser()
        self.keys.read(data / "aws-credentials")

    def client(self, profile):
        return boto3.client(
            "s3",
            endpoint_url=self.environment["NARTHEX_S3"],
            region_name=self.environment["AWS_REGION"],
            config=Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 1}, max_pool_connections=AT_ONCE),
            **{name: self.keys[profile][name] for name in ("aws_access_key_id", "aws_secret_access_key")},
        )

    def upload(self, s3, path):
        for item in (path.file, path.narinfo):
            s3.put_object(Bucket=self.bucket, Key=item.key, Body=item.body)


def fill(cache, count):
    s3 = cache.client("cache-upload")
    rng = random.Random(count)
    paths = [make_path(rng, cache.signer, [], None) for _ in range(count)]
    with ThreadPoolExecutor(AT_ONCE) as threads:
        list(threads.map(lambda path: cache.upload(s3, path), paths))
    print(*(STORE + path.base for path in paths), sep="\n")


def churn(cache):
    told = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: told.set())
    uploader, admin = cache.client("cache-upload"), cache.client("admin")
    rng = random.Random()
    count = 0
    while not told.is_set():
        path = make_path(rng, cache.signer, [], None)
        cache.upload(uploader, path)
        if count % 2:
            admin.delete_object(Bucket=cache.bucket, Key=path.narinfo.key)
        count += 1
        time.sleep(0.05)
    print(count)


def kill(cache, pid):
    s3 = cache.client("admin")
    while True:
        try:
            answer = s3.get_object(Bucket=cache.bucket + "-state", Key="index/manifest.json")
            building = json.load(answer["Body"]).get("building")
        except ClientError:
            building = None
        if building:
            time.sleep(0.1)
            os.kill(pid, signal.SIGKILL)
            print(building["generation"])
            return


def main():
    what, data, *rest = sys.argv[1:]
    cache = Cache(Path(data))
    if what == "fill":
        fill(cache, int(rest[0]))
    elif what == "churn":
        churn(cache)
    elif what == "kill":
        kill(cache, int(rest[0]))
    else:
        raise SystemExit(__doc__)


if __name__ == "__main__":
    main()
