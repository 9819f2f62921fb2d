#!/usr/bin/python3
"""What starts a function in a container of LocalStack's: serves Lambda's Runtime API to the bootstrap and speaks LocalStack's executor
protocol to LocalStack. LocalStack's own init is on GitHub alone; this one needs nothing but Python.

LocalStack posts an invocation to :9563/invoke; what comes of it goes to LOCALSTACK_RUNTIME_ENDPOINT.
"""
import json
import os
import queue
import subprocess
import sys
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

NEXT = "/2018-06-01/runtime/invocation/next"
INVOCATION = "/2018-06-01/runtime/invocation/"
INIT_ERROR = "/2018-06-01/runtime/init/error"
RUNTIME_ID = os.environ["LOCALSTACK_RUNTIME_ID"]
SECONDS = int(os.environ.get("AWS_LAMBDA_FUNCTION_TIMEOUT", "3"))

invocations = queue.Queue()


class Log:
    """What the function wrote since the last invocation ended."""

    def __init__(self):
        self.lock = threading.Lock()
        self.lines = []

    def write(self, line):
        sys.stdout.write(line)
        sys.stdout.flush()
        with self.lock:
            self.lines.append(line)

    def take(self):
        with self.lock:
            text, self.lines = "".join(self.lines), []
        return text


log = Log()


class Once:
    """The status of this container, said to LocalStack once."""

    def __init__(self):
        self.lock = threading.Lock()
        self.said = False

    def say(self, status, body):
        with self.lock:
            first, self.said = not self.said, True
        if first:
            post(f"/status/{RUNTIME_ID}/{status}", body)


status = Once()


def post(path, body):
    url = os.environ["LOCALSTACK_RUNTIME_ENDPOINT"] + path
    request = urllib.request.Request(url, data=body, headers={"Content-Type": "application/json"})
    try:
        urllib.request.urlopen(request, timeout=30).close()
    except OSError as e:
        print(f"init: {url}: {e}", file=sys.stderr)


def finish(request_id, outcome, body):
    text = log.take() + f"END RequestId: {request_id}\n"
    post(f"/invocations/{request_id}/logs", json.dumps({"logs": text}).encode())
    post(f"/invocations/{request_id}/{outcome}", body)


class Endpoint(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def body(self):
        return self.rfile.read(int(self.headers.get("Content-Length", "0")))

    def answer(self, code, headers=None, body=b""):
        self.send_response(code)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


class RuntimeApi(Endpoint):
    def do_GET(self):
        if self.path != NEXT:
            return self.answer(404)
        status.say("ready", b"")
        invocation = invocations.get()
        self.answer(200, {
            "Content-Type": "application/json",
            "Lambda-Runtime-Aws-Request-Id": invocation["invoke-id"],
            "Lambda-Runtime-Invoked-Function-Arn": invocation["invoked-function-arn"],
            "Lambda-Runtime-Trace-Id": invocation.get("trace-id") or "Root=1-0-0",
            "Lambda-Runtime-Deadline-Ms": str(int((time.time() + SECONDS) * 1000)),
        }, invocation["payload"].encode())

    def do_POST(self):
        body = self.body()
        self.answer(202)
        if self.path == INIT_ERROR:
            status.say("error", body)
        elif self.path.startswith(INVOCATION):
            request_id, outcome = self.path.removeprefix(INVOCATION).split("/")[:2]
            finish(request_id, outcome, body)


class Control(Endpoint):
    def do_POST(self):
        invocation = json.loads(self.body())
        version = os.environ.get("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
        log.write(f"START RequestId: {invocation['invoke-id']} Version: {version}\n")
        invocations.put(invocation)
        self.answer(200)


def serve(address, handler):
    threading.Thread(target=ThreadingHTTPServer(address, handler).serve_forever, daemon=True).start()


serve(("127.0.0.1", 9001), RuntimeApi)
serve(("", 9563), Control)
runtime = subprocess.Popen(["/var/runtime/bootstrap"], env=os.environ | {"AWS_LAMBDA_RUNTIME_API": "127.0.0.1:9001"},
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
for line in runtime.stdout:
    log.write(line)
status.say("error", json.dumps({
    "errorType": "Runtime.ExitError",
    "errorMessage": f"the runtime ended with {runtime.wait()}",
}).encode())
sys.exit(1)
