"""Runs every file of events/ through `sam local invoke`, two at a time, and says what came of it: a line each.

    sam_local.py SAM ROOT --bucket B --image NAME --environment FILE --architecture A      with AWS's variables in its environment
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import boto3

POISON = "059f36b4-87a3-44ab-83d2-661975620002"
# The path of the sample requests is nowhere.
STATUS = {
    "get-cache-info": 200,
    "get-log-with-plus": 404,
    "get-nar": 404,
    "get-narinfo": 404,
    "get-narinfo-with-credentials": 401,
    "head-nar": 404,
    "head-narinfo": 404,
    "put-cache-info": 405,
}
ANSWERS = "cloudformation-custom-resource-response"


class Stack:
    def __init__(self, options):
        self.options = options
        self.s3 = boto3.client("s3")
        self.folder = Path(tempfile.mkdtemp(dir=options.environment.parent))

    def file(self, name, value):
        file = self.folder / name
        file.write_text(json.dumps(value))
        return file

    def invoke(self, function, event):
        """What the function answers to a file of events/, about this stack's bucket."""
        text = (self.options.root / "events" / event).read_text().replace("example-nix-cache", self.options.bucket)
        event_file = self.folder / event.replace("/", "-")
        event_file.write_text(text)
        return self.invoke_file(function, event_file)

    def invoke_file(self, function, event_file):
        done = subprocess.run(
            [self.options.sam, "local", "invoke", function, "--template", "template.yaml", "--event", event_file, "--skip-pull-image",
             "--env-vars", self.options.environment, "--invoke-image", self.options.image,
             "--parameter-overrides", f"Architecture={self.options.architecture}"],
            cwd=self.options.root, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        lines = done.stdout.splitlines()
        return json.loads(lines[-1]) if lines else None

    def verified(self, name):
        expected = [POISON] if name == "poison" else []
        answer = self.invoke("ValidateFunction", f"sqs/{name}.json")
        return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]], expected

    def indexed(self, name):
        return self.invoke("IndexFunction", f"index/{name}.json"), {"batchItemFailures": []}

    def surveyed(self, name):
        return self.invoke("IndexTaskFunction", f"index-task/{name}.json")["repair"], False

    def swept(self, name):
        return self.invoke("ValidateFunction", f"schedule/{name}.json"), None

    def read(self, name):
        return self.invoke("ServeFunction", f"http/{name}.json")["statusCode"], STATUS[name]

    def provisioned(self, name):
        """Its answer goes to a URL, as CloudFormation gives one."""
        event = json.loads((self.options.root / f"events/provision/{name}.json").read_text().replace("example-nix-cache", self.options.bucket))
        event["ResponseURL"] = f"{os.environ['AWS_ENDPOINT_URL']}/{ANSWERS}/sam-local-{name}"
        self.invoke_file("ProvisionFunction", self.file(f"provision-{name}.json", event))
        answer = json.loads(self.s3.get_object(Bucket=ANSWERS, Key=f"sam-local-{name}")["Body"].read())
        return (answer["Status"], answer.get("Reason", "")) if answer["Status"] != "SUCCESS" else "SUCCESS", "SUCCESS"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("sam")
    parser.add_argument("root", type=Path)
    for name in ["bucket", "image", "architecture"]:
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--environment", type=Path, required=True)
    stack = Stack(parser.parse_args())
    kinds = {"sqs": stack.verified, "schedule": stack.swept, "http": stack.read,
             "index": stack.indexed, "index-task": stack.surveyed, "provision": stack.provisioned}
    events = sorted((file.parent.name, file.stem) for file in (stack.options.root / "events").glob("*/*.json"))
    wrong = 0
    with ThreadPoolExecutor(2) as pool:
        running = [(kind, name, pool.submit(kinds[kind], name)) for kind, name in events]
        for kind, name, future in running:
            actual, expected = future.result()
            wrong += actual != expected
            print("ok   " if actual == expected else "fail ", f"{kind}/{name}.json: {actual}", flush=True)
    sys.exit(wrong > 0)


main()
