"""A function as Lambda runs it: its zip unpacked, AWS's runtime interface client on a JDK 25, and AWS's emulator around it."""

import json
import os
import platform
import re
import signal
import subprocess
import time
import urllib.request
import zipfile
from pathlib import Path

from world import free_port

CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda"
NATIVE = "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI"
# Lambda's own, from general knowledge: one collector, C1 alone, this much of the memory as heap. What the template says comes later
# and so counts.
OPTIONS = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1"
HEAP = 0.85
ENVIRONMENT_LIMIT = 4096
INIT = re.compile(r"INIT REPORT\(durationMs: ([0-9.]+)\)")


class Emulator:
    """One function; calls are one at a time, for a second one during its start makes the emulator panic."""

    def __init__(self, function, rie, java_home, client, directory, credentials):
        self.task = directory / "task"
        self.log = directory / "log"
        self.port = free_port()
        self.file = open(self.log, "wb")
        with zipfile.ZipFile(function.zip) as archive:
            archive.extractall(self.task)
        self.process = subprocess.Popen(
            [
                rie,
                "--runtime-interface-emulator-address", f"127.0.0.1:{self.port}",
                "--runtime-api-address", f"127.0.0.1:{free_port()}",
                "--log-level", "info",
                f"{java_home}/bin/java",
                f"-Xmx{int(function.memory * HEAP)}m",
                "--enable-native-access=ALL-UNNAMED",
                # Left alone it goes to one place in /tmp, where functions that start together trip each other.
                f"-D{NATIVE}={native_client(client, directory)}",
                "-cp", f"{self.task}:{self.task}/lib/*:{client}/*",
                CLIENT,
                function.handler,
            ],  # fmt: skip
            cwd=self.task,
            env=environment(function, credentials),
            stdin=subprocess.DEVNULL,
            stdout=self.file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self.timeout = function.timeout

    def invoke(self, event):
        """The answer, read as JSON. The first call starts the function."""
        data = event if isinstance(event, bytes) else json.dumps(event).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/2015-03-31/functions/function/invocations", data)
        for attempt in range(100):
            try:
                with urllib.request.urlopen(request, timeout=self.timeout + 60) as answer:
                    return json.loads(answer.read() or b"null")
            except urllib.error.URLError as e:
                # It does not listen yet; nothing was sent.
                if not isinstance(e.reason, ConnectionRefusedError) or attempt == 99 or self.process.poll() is not None:
                    raise
                time.sleep(0.1)
        raise AssertionError("not reached")

    def timed(self, event):
        """The answer and the milliseconds it took."""
        begun = time.perf_counter()
        answer = self.invoke(event)
        return answer, (time.perf_counter() - begun) * 1000

    def init_ms(self):
        return float(INIT.search(self.text()).group(1))

    def text(self):
        return self.log.read_text(errors="replace")

    def stop(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.file.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


def environment(function, credentials):
    size = sum(len(name) + len(value) for name, value in function.variables.items())
    if size > ENVIRONMENT_LIMIT:
        raise ValueError(f"{function.name}: {size} bytes of variables, and Lambda takes {ENVIRONMENT_LIMIT}")
    lambdas = {
        "AWS_LAMBDA_FUNCTION_NAME": function.name,
        "AWS_LAMBDA_FUNCTION_VERSION": "1",
        "AWS_LAMBDA_FUNCTION_TIMEOUT": str(function.timeout),
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory),
        "AWS_LAMBDA_LOG_FORMAT": function.log_format,
        "AWS_LAMBDA_LOG_GROUP_NAME": f"/narthex/narthex/{function.name}",
        "AWS_LAMBDA_LOG_STREAM_NAME": "emulator",
        "TZ": ":UTC",
    }
    options = f"{OPTIONS} {function.variables.get('JAVA_TOOL_OPTIONS', '')}".strip()
    return function.variables | credentials | lambdas | {"JAVA_TOOL_OPTIONS": options}


def native_client(client, directory):
    machine = {"aarch64": "aarch_64"}.get(platform.machine(), platform.machine())
    library = directory / "libaws-lambda-jni.so"
    with zipfile.ZipFile(next(Path(client).glob("*-runtime-interface-client-*.jar"))) as jar:
        library.write_bytes(jar.read(f"jni/libaws-lambda-jni.linux-{machine}.so"))
    return library
