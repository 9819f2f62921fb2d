"""What is around the functions: S3, SQS and Step Functions by moto, and the address that CloudFormation would give."""

import json
import socket
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import boto3
from botocore.config import Config

REGION = "eu-west-2"
# moto's own; its buckets and queues are this one's.
ACCOUNT = "123456789012"
CREDENTIALS = {"AWS_REGION": REGION, "AWS_ACCESS_KEY_ID": "example", "AWS_SECRET_ACCESS_KEY": "example"}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class World:
    """The two buckets as the template makes them, the queues, and a state machine that does nothing. moto takes any credentials."""

    def __init__(self, moto_server, log, policies):
        self.port = free_port()
        self.endpoint = f"http://127.0.0.1:{self.port}"
        self.policies = policies
        with open(log, "wb") as file:
            self.process = subprocess.Popen(
                [moto_server, "-H", "127.0.0.1", "-p", str(self.port)],
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
            )
        self.await_ready()
        self.s3, self.sqs = self.client("s3"), self.client("sqs")
        self.queue = self.sqs.create_queue(QueueName="uploads")["QueueUrl"]
        self.index_queue = self.sqs.create_queue(QueueName="index")["QueueUrl"]
        self.states = self.client("stepfunctions")
        self.rebuild = self.states.create_state_machine(
            name="narthex-index-rebuild",
            definition=json.dumps({"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}}),
            roleArn=f"arn:aws:iam::{ACCOUNT}:role/states",
        )["stateMachineArn"]
        self.cache = self.make_bucket("example-nix-cache")
        self.state = self.make_bucket("example-nix-cache-state")
        self.policy(public=True)

    def client(self, service):
        return boto3.client(
            service,
            endpoint_url=self.endpoint,
            region_name=REGION,
            aws_access_key_id="example",
            aws_secret_access_key="example",
            config=Config(s3={"addressing_style": "path"}),
        )

    def await_ready(self):
        for _ in range(300):
            if self.process.poll() is not None:
                raise SystemExit(f"moto_server ended with {self.process.returncode}")
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise SystemExit("moto_server is not ready after 30 s")

    def make_bucket(self, name):
        self.s3.create_bucket(
            Bucket=name,
            CreateBucketConfiguration={"LocationConstraint": REGION},
            ObjectOwnership="BucketOwnerEnforced",
        )
        rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}
        self.s3.put_bucket_encryption(Bucket=name, ServerSideEncryptionConfiguration={"Rules": [rule]})
        self.s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
        return name

    def policy(self, public):
        """Who reads, as infra/policies says it, for everybody or for one role; serve evaluates that itself. Without what is denied: moto
        would deny it whatever the conditions are."""
        text = (self.policies / "bucket-policy.json").read_text().replace("@CacheBucket@", self.cache)
        document = json.loads(text)
        document["Statement"] = [s for s in document["Statement"] if s["Effect"] == "Allow"]
        for statement in document["Statement"]:
            statement["Principal"] = "*" if public else {"AWS": f"arn:aws:iam::{ACCOUNT}:role/reader"}
        self.s3.put_bucket_policy(Bucket=self.cache, Policy=json.dumps(document))

    def names(self):
        """What the template's resources are called here."""
        return {
            "CacheBucket": self.cache,
            "StateBucket": self.state,
            "UploadQueue": self.queue,
            "IndexQueue": self.index_queue,
            "IndexRebuild": self.rebuild,
            "AWS::AccountId": ACCOUNT,
            "AWS::Partition": "aws",
            "AWS::Region": REGION,
            "AWS::StackName": "narthex",
        }

    def credentials(self):
        """What Lambda gives to a function, and where AWS is."""
        return CREDENTIALS | {"NARTHEX_S3_ENDPOINT": self.endpoint, "AWS_ENDPOINT_URL_SQS": self.endpoint, "AWS_ENDPOINT_URL_SFN": self.endpoint}

    def upload(self, path):
        for part in (path.file, path.narinfo):
            self.s3.put_object(Bucket=self.cache, Key=part.key, Body=part.body)

    def verdict(self, key):
        """The value of the tag nix-verdict; None if it has none."""
        tags = self.s3.get_object_tagging(Bucket=self.cache, Key=key)["TagSet"]
        return {tag["Key"]: tag["Value"] for tag in tags}.get("nix-verdict")

    def executions(self):
        """The names of all rebuilds that were started."""
        return [one["name"] for one in self.states.list_executions(stateMachineArn=self.rebuild)["executions"]]

    def messages(self, queue=None):
        """What is in the queue, of uploads or another, as the event that Lambda would make of it; it is taken out."""
        queue = queue or self.queue
        received = self.sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10, AttributeNames=["All"]).get("Messages", [])
        for message in received:
            self.sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
        return {
            "Records": [
                {
                    "messageId": message["MessageId"],
                    "receiptHandle": message["ReceiptHandle"],
                    "body": message["Body"],
                    "attributes": message["Attributes"],
                    "messageAttributes": {},
                    "md5OfBody": message["MD5OfBody"],
                    "eventSource": "aws:sqs",
                    "eventSourceARN": f"arn:aws:sqs:{REGION}:{ACCOUNT}:{queue.rsplit('/', 1)[1]}",
                    "awsRegion": REGION,
                }
                for message in received
            ]
        }

    def stop(self):
        self.process.kill()
        self.process.wait()


class ResponseUrl:
    """Where CloudFormation wants the answer of a custom resource."""

    def __init__(self):
        answers = self.answers = []

        class Handler(BaseHTTPRequestHandler):
            def do_PUT(self):
                answers.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/response?X-Amz-Signature=EXAMPLE"
