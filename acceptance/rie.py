"""Each function's zip under AWS's Lambda Runtime Interface Emulator: what it answers to real events, and what that takes.

    rie.py check               a line an assertion; the exit code is 1 if any is wrong
    rie.py measure [ROUNDS]    a JSON object a function and round: microseconds of start, first and later calls, beside those of a function
                               that only answers; bytes of the zip, and its budget
Both take --rie FILE --java-home DIR --client DIR --moto FILE --events DIR --echo ZIP --work DIR; see rie.sh.
"""

import argparse
import json
import random
import re
import statistics
import subprocess
import sys
import urllib.request
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "emulator"))
from kill_9 import Signer, make_path
from runtime import Emulator
from template import Template
from world import ResponseUrl, World

REPOSITORY = Path(__file__).resolve().parent.parent
EVENTS = REPOSITORY / "events"
# The paths that the files in events/ are about.
EVENT_HASH = "syd87l2rxw8cbsxmxl853h0r6pdwhwjr"
EVENT_NAR = "nar/05ra3y72i3qjri7xskf9qj8kb29r6naqy1sqpbs3azi3xcigmj56.nar.xz"
POISON = "059f36b4-87a3-44ab-83d2-661975620002"
FUNCTIONS = ("validate", "serve", "provision")
WARM_CALLS = 20
SEED = 20261123
# RFC 8032's first test vector, as Nix writes it.
SECRET = "example-1:nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2DXWpgBgrEKt9VL/tPJZAc6DuFy89qmIyWvAhpo9wdRGg=="
PUBLIC = "example-1:11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="


class Everything(random.Random):
    """Of what there is to refer to, all."""

    def randint(self, low, high):
        return high


class Bench:
    """The functions of the template, with the world around them."""

    def __init__(self, options):
        self.options = options
        self.work = Path(options.work)
        self.world = World(options.moto, self.work / "moto.log", REPOSITORY / "infra" / "policies")
        self.responses = ResponseUrl()
        self.template = Template(REPOSITORY, {}, self.world.names())
        (self.work / "secret").write_text(SECRET)
        self.signer = Signer(self.work / "secret")
        self.rng = random.Random(SEED)
        self.count = 0

    def emulator(self, name, zip_file=None, handler=None):
        function = self.template.function(name)
        if zip_file:
            function = replace(function, zip=Path(zip_file), handler=handler)
        self.count += 1
        directory = self.work / f"{self.count}-{function.name}"
        directory.mkdir()
        o = self.options
        return Emulator(function, o.rie, o.java_home, o.client, directory, self.world.credentials())

    def event(self, file, path=None):
        """A file of events/, about this path."""
        text = (EVENTS / file).read_text()
        if path:
            text = text.replace(EVENT_HASH, path.hash).replace(EVENT_NAR, path.file.key)
        return json.loads(text)

    def custom_resource(self, file, **properties):
        event = self.event(f"provision/{file}.json")
        event["ResponseURL"] = self.responses.url
        event["ResourceProperties"] |= {"TrustedPublicKeys": [PUBLIC], "Upstreams": [""]} | properties
        return event

    def generated(self, name):
        """An event as `sam local generate-event` writes it."""
        return json.loads((Path(self.options.events) / f"{name}.json").read_text())

    def queued(self, notification, key):
        """A notification of S3 about this key, in a message of SQS, both as SAM writes them."""
        body = self.generated(notification)
        body["Records"][0]["s3"]["bucket"]["name"] = self.world.cache
        body["Records"][0]["s3"]["object"]["key"] = key
        event = self.generated("sqs")
        event["Records"][0]["body"] = json.dumps(body)
        return event

    def request(self, path):
        event = self.generated("http")
        event["rawPath"] = event["requestContext"]["http"]["path"] = path
        event["requestContext"]["http"]["method"] = "GET"
        return event

    def path(self, *references):
        """A signed path that refers to all of these."""
        return make_path(Everything(self.rng.random()), self.signer, list(references), None)

    def uploaded(self, *references):
        path = self.path(*references)
        self.world.upload(path)
        return path

    def provision(self):
        with self.emulator("provision") as provision:
            provision.invoke(self.custom_resource("create"))


class Check:
    def __init__(self, bench):
        self.bench, self.world, self.wrong = bench, bench.world, 0

    def equal(self, text, expected, actual):
        right = expected == actual
        self.wrong += not right
        print(f"ok    {text}" if right else f"fail  {text}: expected {expected!r}, got {actual!r}", flush=True)

    def all(self):
        self.provision()
        path = self.validate()
        self.index(path)
        self.serve(path)
        self.serve_closed(path)

    def provision(self):
        with self.bench.emulator("provision") as function:
            for file, properties, status in (
                ("create", {}, "SUCCESS"),
                ("update", {}, "SUCCESS"),
                ("create", {"RequiredSignatures": "many"}, "FAILED"),
                ("attach", {}, "SUCCESS"),
                ("delete", {}, "SUCCESS"),
            ):
                event = self.bench.custom_resource(file, **properties)
                function.invoke(event)
                answer = self.bench.responses.answers[-1]
                expected = [status, *(event[name] for name in ("StackId", "RequestId", "LogicalResourceId"))]
                actual = [answer[name] for name in ("Status", "StackId", "RequestId", "LogicalResourceId")]
                self.equal(f"provision {file} {properties or ''}: {answer.get('Reason', answer['PhysicalResourceId'])}", expected, actual)
            self.equal("an answer for each request", 5, len(self.bench.responses.answers))
            self.equal("nix-cache-info has its verdict", "verified", self.world.verdict("nix-cache-info"))
            function.invoke(self.bench.custom_resource("create"))

    def validate(self):
        done = {"batchItemFailures": []}
        bench, world = self.bench, self.world
        with bench.emulator("validate") as function:
            for file in ("test-event", "removed", "tagging", "odd-key", "eventbridge", "several-records", "multipart-complete"):
                self.equal(f"validate sqs/{file}.json", done, function.invoke(bench.event(f"sqs/{file}.json")))
            path = bench.uploaded()
            self.equal("validate sqs/put-nar.json", done, function.invoke(bench.event("sqs/put-nar.json", path)))
            self.equal("validate sqs/put-narinfo.json", done, function.invoke(bench.event("sqs/put-narinfo.json", path)))
            self.equal("the narinfo is verified", "verified", world.verdict(path.narinfo.key))
            self.equal("the NAR is verified", "verified", world.verdict(path.file.key))
            beside = bench.uploaded()
            poison = {"batchItemFailures": [{"itemIdentifier": POISON}]}
            self.equal("validate sqs/poison.json: that one alone", poison, function.invoke(bench.event("sqs/poison.json", beside)))
            self.equal("what came beside it is verified", "verified", world.verdict(beside.narinfo.key))
            self.wake(function)
            by_sam = bench.uploaded()
            self.equal("validate SAM's s3 put in SAM's sqs", done, function.invoke(bench.queued("s3-put", by_sam.narinfo.key)))
            self.equal("it is verified", "verified", world.verdict(by_sam.narinfo.key))
            self.equal("validate SAM's s3 delete", done, function.invoke(bench.queued("s3-delete", "gone.narinfo")))
            self.equal("what is no batch fails", True, "errorMessage" in function.invoke(b"[]"))
            swept = function.invoke(bench.event("schedule/sweep.json"))
            self.equal("validate schedule/sweep.json", False, "errorMessage" in (swept or {}))
        return path

    def wake(self, function):
        """A path that waits for another is looked at by way of the queue."""
        bench, world = self.bench, self.world
        reference = bench.path()
        waiting = bench.uploaded(reference)
        function.invoke(bench.event("sqs/put-narinfo.json", waiting))
        self.equal("a path without its reference waits", "waiting", world.verdict(waiting.narinfo.key))
        world.upload(reference)
        function.invoke(bench.event("sqs/put-narinfo.json", reference))
        function.invoke(world.messages())
        self.equal("it is verified by the message sent to the queue", "verified", world.verdict(waiting.narinfo.key))

    def index(self, path):
        """Messages that nobody has an index for have it built; those that follow are in it."""
        world, done = self.world, {"batchItemFailures": []}
        with self.bench.emulator("index") as function:
            sent = {"Records": [record for _ in range(9) for record in world.messages(world.index_queue)["Records"]]}
            self.equal("validate has told the index", True, path.hash in json.dumps(sent))
            self.equal("index, without an index", done, function.invoke(sent))
            self.equal("index has started one rebuild", 1, len(world.executions()))
            removed = self.bench.uploaded()
            paths = self.rebuild()
            world.s3.delete_object(Bucket=world.cache, Key=removed.narinfo.key)
            about = sent["Records"][0] | {"body": json.dumps({"index": removed.hash})}
            poison = about | {"messageId": POISON, "body": "{}"}
            failed = {"batchItemFailures": [{"itemIdentifier": POISON}]}
            self.equal("index, with one; what says nothing fails alone", failed, function.invoke({"Records": [about, poison]}))
            self.equal("the removed path is in it no more", paths - 1, self.indexed())
            self.equal("index has started no other", 1, len(world.executions()))

    def rebuild(self):
        """Step by step, as the state machine takes them; how many paths there are."""
        with self.bench.emulator("index-task") as function:
            begun = function.invoke({"task": "begin", "asked": {}})
            generation = begun["generation"]
            self.equal("index-task begins", ({"number": 1, "depth": 0}, [0], [0]), (generation, begun["pieces"], begun["partitions"]))
            built = function.invoke({"task": "build", "generation": generation, "piece": 0})
            function.invoke({"task": "sort", "generation": generation, "partition": 0})
            finished = function.invoke({"task": "finish", "generation": generation})
            self.equal("index-task finishes what it built", built["paths"], finished["paths"])
            self.equal("it is what the shard says", self.indexed(), finished["paths"])
            self.equal("index-task expires nothing", {"removed": 0}, function.invoke({"task": "expire"}))
            checked = function.invoke({"task": "check", "generation": generation, "piece": 0, "repair": False})
            self.equal("index-task finds no drift", {"paths": built["paths"], "drift": 0}, checked)
            self.equal("what is no task fails", True, "errorMessage" in function.invoke({"task": "drop"}))
            return built["paths"]

    def indexed(self):
        """Entries of the one shard, as its first line counts them: zstd is not in the standard library."""
        shard = self.world.s3.get_object(Bucket=self.world.state, Key="index/1/shards/0.jsonl.zst")["Body"].read()
        lines = subprocess.run(["zstd", "-dc"], input=shard, capture_output=True, check=True).stdout.splitlines()
        return json.loads(lines[0])["entries"]

    def serve(self, path):
        bench, absent = self.bench, self.bench.path()
        with bench.emulator("serve") as function:
            for file, about, status in (
                ("get-cache-info", None, 200),
                ("get-narinfo", path, 200),
                ("head-narinfo", path, 200),
                ("get-narinfo-with-credentials", path, 401),
                ("get-narinfo", absent, 404),
                ("get-nar", path, 307),
                ("head-nar", path, 200),
                ("get-nar", absent, 404),
                ("get-log-with-plus", None, 404),
                ("put-cache-info", None, 405),
            ):
                answer = function.invoke(bench.event(f"http/{file}.json", about))
                what = "" if about is None else " of what is there" if about is path else " of what is not"
                self.equal(f"serve http/{file}.json{what}", status, answer.get("statusCode"))
            narinfo = function.invoke(bench.request(f"/{path.narinfo.key}"))
            self.equal("SAM's http-api-proxy gets the narinfo", path.narinfo.body.decode(), narinfo.get("body"))
            nar = function.invoke(bench.request(f"/{path.file.key}"))
            with urllib.request.urlopen(nar["headers"]["Location"], timeout=60) as found:
                self.equal("the redirect leads to the NAR", path.file.body, found.read())
            ping = function.invoke(bench.template.ping().encode())
            self.equal("the daily ping of the template", 200, ping.get("statusCode"))
            self.equal("what is no request", 400, function.invoke({}).get("statusCode"))

    def serve_closed(self, path):
        """Nobody may read, nor know what is there."""
        self.world.policy(public=False)
        with self.bench.emulator("serve") as function:
            answer = function.invoke(self.bench.event("http/get-narinfo.json", path))
            self.equal("serve http/get-narinfo.json of a closed cache", 404, answer.get("statusCode"))
        self.world.policy(public=True)


class Measure:
    """Each function and, under the same options, one that only answers, in turn."""

    def __init__(self, bench):
        self.bench = bench
        bench.provision()
        with bench.emulator("validate") as validate:
            self.verified = bench.uploaded()
            validate.invoke(bench.event("sqs/put-narinfo.json", self.verified))

    def event(self, name):
        """For validate a new path every time, of a few kilobytes."""
        match name:
            case "validate":
                return self.bench.event("sqs/put-narinfo.json", self.bench.uploaded())
            case "serve":
                return self.bench.event("http/get-narinfo.json", self.verified)
            case "provision":
                return self.bench.custom_resource("update")

    def round(self, name):
        zip_file = self.bench.template.function(name).zip
        ours = self.times(self.bench.emulator(name), name)
        echo = self.times(self.bench.emulator(name, self.bench.options.echo, "Echo::handleRequest"), name)
        return {"function": name, "ours": ours, "echo": echo, "zip": zip_file.stat().st_size, "budget": budget(zip_file.parent.parent)}

    def times(self, emulator, name):
        with emulator:
            _, start = emulator.timed(self.event(name))
            later = [emulator.timed(event)[1] for event in [self.event(name) for _ in range(WARM_CALLS)]]
            init = emulator.init_ms()
            times = {"init": init, "first": start - init, "warm": statistics.median(later)}
            return {what: round(milliseconds * 1000) for what, milliseconds in times.items()}


def budget(module):
    return int(re.search(r"<narthex.zip.budget>(\d+)<", (module / "pom.xml").read_text()).group(1))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=("check", "measure"))
    parser.add_argument("rounds", nargs="?", type=int, default=3)
    for option in ("rie", "java-home", "client", "moto", "events", "echo", "work"):
        parser.add_argument(f"--{option}", required=True)
    bench = Bench(parser.parse_args())
    try:
        if bench.options.what == "check":
            check = Check(bench)
            check.all()
            sys.exit(1 if check.wrong else 0)
        measure = Measure(bench)
        for _ in range(bench.options.rounds):
            for name in FUNCTIONS:
                print(json.dumps(measure.round(name)), flush=True)
    finally:
        bench.world.stop()


if __name__ == "__main__":
    main()
