"""Kills `narthex up` at random moments of an upload, and looks whether anything acknowledged was lost.

Uploaders push small signed store paths in batches of which one path is tampered with in a known way, NARs and narinfos in
random order, so that every kill finds a tampered path among those under way. The process is killed (SIGKILL) and started again on the same data directory. A PUT without an answer is sent again after the restart, as a
client would. At the end every good path must be served with its own bytes, every tampered one must be refused at both doors and
have a report whose finding names what was done to it, and nothing may be in flight or among the dead letters. Meanwhile a
reader looks at random paths: a tampered one is never served, not for a moment.

The seed decides what is made and when the process is killed; what the threads are doing then differs from run to run.
"""

import argparse
import base64
import hashlib
import itertools
import json
import lzma
import os
import random
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

NIX32 = "0123456789abcdfghijklmnpqrsvwxyz"
STORE = "/nix/store/"
UPLOADERS = 3
BATCH = 4
PAUSE = 0.12
TIMEOUT = 60
READY = 180
SETTLE = 600

# What is done to a path, and the checks of which one must have found it.
TAMPERINGS = {
    "forged signature": {"signatures"},
    "unsigned claim": {"signatures"},
    "another NarHash": {"nar-hash"},
    "another NarSize": {"nar-size", "archive"},
    "another FileHash": {"file-hash"},
    "archive changed under its name": {"file-hash", "nar-hash"},
    "archive cut short": {"file-size", "archive", "file-hash"},
    "bytes after the archive": {"archive", "nar-size", "file-size"},
    "another StorePath": {"key-matches-store-path"},
}
# Only a warning unless the settings say otherwise.
UNDECLARED = "undeclared references"


def nix32(digest):
    bits = int.from_bytes(digest, "little")
    length = (len(digest) * 8 + 4) // 5
    return "".join(NIX32[(bits >> (5 * i)) & 31] for i in reversed(range(length)))


def sha256(data):
    return "sha256:" + nix32(hashlib.sha256(data).digest())


def nar_string(text):
    data = text if isinstance(text, bytes) else text.encode()
    return len(data).to_bytes(8, "little") + data + b"\0" * (-len(data) % 8)


def nar_of(content):
    """The archive of a store path that is one file."""
    return b"".join(map(nar_string, ["nix-archive-1", "(", "type", "regular", "contents", content, ")"]))


class Signer:
    def __init__(self, file):
        self.name, secret = file.read_text().strip().split(":", 1)
        self.key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(secret)[:32])
        self.forger = Ed25519PrivateKey.generate()

    def sign(self, fingerprint, forged):
        key = self.forger if forged else self.key
        return f"{self.name}:{base64.b64encode(key.sign(fingerprint.encode())).decode()}"


@dataclass
class Object:
    key: str
    body: bytes
    acknowledged: bool = False


@dataclass
class StorePath:
    base: str
    nar: bytes
    compression: str
    file: Object
    narinfo: Object
    tampering: str | None
    overwritten: bool = False

    @property
    def hash(self):
        return self.base[:32]

    @property
    def is_acknowledged(self):
        return self.file.acknowledged and self.narinfo.acknowledged


def make_path(rng, signer, known, tampering):
    references = sorted({p.base for p in rng.sample(known, min(len(known), rng.randint(0, 3)))})
    base = f"{''.join(rng.choices(NIX32, k=32))}-path-{rng.randrange(10**6)}"
    content = "\n".join([base, *(STORE + r for r in references), rng.randbytes(rng.randint(0, 3000)).hex()]).encode()
    nar = nar_of(content)
    if tampering == UNDECLARED:
        references = []
    compression = rng.choice(["xz", "none"])
    packed = pack(nar, compression)
    name, signed_nar, size = nix32(hashlib.sha256(packed).digest()), nar, len(nar)
    file_hash, file_size, key_hash = sha256(packed), len(packed), base[:32]
    if tampering == "another NarHash":
        signed_nar = nar + b"x"
    elif tampering == "another NarSize":
        size += 8
    elif tampering == "another FileHash":
        file_hash = sha256(packed + b"x")
    elif tampering == "archive changed under its name":
        packed = pack(nar_of(content.swapcase()), compression)
        file_size = len(packed)
    elif tampering == "archive cut short":
        packed = packed[: -rng.randint(1, 16)]
    elif tampering == "bytes after the archive":
        packed += bytes(8 * rng.randint(1, 4))
    elif tampering == "another StorePath":
        key_hash = "".join(rng.choices(NIX32, k=32))
    fingerprint = f"1;{STORE}{base};{sha256(signed_nar)};{size};{','.join(STORE + r for r in references)}"
    if tampering == "unsigned claim":
        fingerprint = fingerprint.replace(sha256(nar), sha256(nar + b"y"))
    suffix = "" if compression == "none" else ".xz"
    text = (
        f"StorePath: {STORE}{base}\nURL: nar/{name}.nar{suffix}\nCompression: {compression}\n"
        f"FileHash: {file_hash}\nFileSize: {file_size}\nNarHash: {sha256(signed_nar)}\nNarSize: {size}\n"
        f"References: {' '.join(references)}\nSig: {signer.sign(fingerprint, tampering == 'forged signature')}\n"
    )
    return StorePath(
        key_hash + base[32:],
        nar,
        compression,
        Object(f"nar/{name}.nar{suffix}", packed),
        Object(f"{key_hash}.narinfo", text.encode()),
        tampering,
    )


def pack(nar, compression):
    return nar if compression == "none" else lzma.compress(nar, preset=0)


class Cache:
    """The process under test, on a data directory and ports that stay the same."""

    def __init__(self, narthex, data, ports, log):
        self.narthex, self.data, self.ports = narthex, data, ports
        self.log = open(log, "ab")
        self.process = None

    def start(self):
        (self.data / "narthex.env").unlink(missing_ok=True)
        self.process = subprocess.Popen(
            [self.narthex, "up", "--data", self.data, "--s3-port", str(self.ports[0]), "--http-port", str(self.ports[1]), "--json"],
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )

    def await_ready(self, limit=READY):
        end = time.monotonic() + limit
        while not (self.data / "narthex.env").exists():
            if self.process.poll() is not None:
                raise SystemExit(f"narthex up ended by itself with {self.process.returncode}: see {self.log.name}")
            if time.monotonic() > end:
                raise SystemExit(f"narthex up was not ready in {limit} s: see {self.log.name}")
            time.sleep(0.01)

    def kill(self):
        if self.process.poll() is not None:
            raise SystemExit(f"narthex up ended by itself with {self.process.returncode}: see {self.log.name}")
        self.process.kill()
        self.process.wait()

    def environment(self):
        lines = (self.data / "narthex.env").read_text().splitlines()
        return dict(line.removeprefix("export ").split("=", 1) for line in lines)

    def status(self, url):
        return json.loads(get(url + "/-/status")[1])


def get(url):
    """Status and body; status 0 if there was no answer."""
    try:
        with urllib.request.urlopen(url, timeout=TIMEOUT) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as e:
        return e.code, e.read()
    except (OSError, urllib.error.URLError, ConnectionError) as e:
        return 0, str(e).encode()
    except Exception as e:  # a connection that breaks in the middle of an answer has many names in http.client
        return 0, repr(e).encode()


class Run:
    def __init__(self, cache, seed):
        self.cache, self.seed = cache, seed
        self.up = threading.Event()
        self.done = threading.Event()
        self.lock = threading.Lock()
        self.paths = []
        self.good = []
        self.puts = 0
        self.unanswered = 0
        self.wrong = []

    def connect(self):
        environment = self.cache.environment()
        self.url, self.s3_url, self.bucket = (environment[f"NARTHEX_{n}"] for n in ("URL", "S3", "BUCKET"))
        self.signer = Signer(self.cache.data / "signing-key.sec")
        self.s3 = boto3.client(
            "s3",
            endpoint_url=self.s3_url,
            region_name=environment["AWS_REGION"],
            aws_access_key_id=environment["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=environment["AWS_SECRET_ACCESS_KEY"],
            config=Config(
                retries={"total_max_attempts": 1},
                connect_timeout=2,
                read_timeout=TIMEOUT,
                max_pool_connections=UPLOADERS + 1,
                s3={"addressing_style": "path"},
            ),
        )

    def fail(self, text):
        with self.lock:
            self.wrong.append(text)
        print("wrong: " + text, flush=True)

    def put(self, key, body):
        """Sends until it is acknowledged; a refusal would be a fault of the cache."""
        while True:
            self.up.wait()
            try:
                self.s3.put_object(Bucket=self.bucket, Key=key, Body=body)
                with self.lock:
                    self.puts += 1
                return
            except ClientError as e:
                self.fail(f"PUT {key}: {e}")
                return
            except BotoCoreError:
                with self.lock:
                    self.unanswered += 1
                time.sleep(0.02)

    def upload(self, number):
        rng = random.Random(f"{self.seed}/uploader/{number}")
        tamperings = itertools.cycle(rng.sample(list(TAMPERINGS), len(TAMPERINGS)))
        while not self.done.is_set():
            self.up.wait()
            with self.lock:
                known = list(self.good[-40:])
            batch = []
            tampered = rng.randrange(BATCH)
            for i in range(BATCH):
                path = make_path(rng, self.signer, known, next(tamperings) if i == tampered else None)
                batch.append(path)
                if path.tampering is None:
                    known.append(path)
            objects = [o for path in batch for o in (path.file, path.narinfo)]
            rng.shuffle(objects)
            # Known before they are sent: the reader may look at them at any moment.
            with self.lock:
                self.paths += batch
                self.good += [p for p in batch if p.tampering is None]
            for item in objects:
                self.put(item.key, item.body)
                item.acknowledged = True
                time.sleep(rng.uniform(0, PAUSE))
            if rng.random() < 0.6:
                self.overwrite(rng)

    def overwrite(self, rng):
        """Other bytes over a verified object, likely one of the oldest: the verified version must come back."""
        with self.lock:
            settled = [p for p in self.good if p.is_acknowledged]
        path = rng.choice(settled[: 1 + len(settled) // 4]) if settled else None
        if path is None or get(f"{self.url}/{path.narinfo.key}")[0] != 200:
            return
        path.overwritten = True
        if rng.random() < 0.5:
            self.put(path.file.key, pack(nar_of(rng.randbytes(200)), path.compression))
        else:
            self.put(path.narinfo.key, path.narinfo.body.replace(b"NarSize: ", b"NarSize: 1"))

    def read(self):
        rng = random.Random(f"{self.seed}/reader")
        while not self.done.is_set():
            self.up.wait()
            time.sleep(0.02)
            with self.lock:
                path = rng.choice(self.paths) if self.paths else None
            if path is not None and rng.random() < 0.5:
                self.look(path, settled=False)
            elif path is not None:
                self.look_into_bucket(path)

    def look_into_bucket(self, path):
        """Anonymously at the S3 endpoint, where nobody waits for a verdict."""
        for item in (path.narinfo, path.file):
            status, body = get(f"{self.s3_url}/{self.bucket}/{item.key}")
            if status >= 500 or (status == 200 and (path.tampering is not None or body != item.body)):
                self.fail(f"{path.base}: {path.tampering or 'good'}, and the S3 endpoint answers {status} for {item.key}, {len(body)} bytes")

    def look(self, path, settled):
        status, body = get(f"{self.url}/{path.narinfo.key}")
        if status >= 500:
            self.fail(f"{path.base}: GET {path.narinfo.key} is {status}: {body[:200]!r}")
        elif path.tampering is not None:
            if status == 200 or (settled and status != 404):
                self.fail(f"{path.base}: {path.tampering}, and GET {path.narinfo.key} is {status}")
        elif status == 200:
            return self.look_at_nar(path, body, settled)
        elif settled:
            self.fail(f"{path.base}: good, and GET {path.narinfo.key} is {status}; {self.report(path)}")
        return False

    def look_at_nar(self, path, narinfo, settled):
        if narinfo != path.narinfo.body:
            self.fail(f"{path.base}: the narinfo served is not the one uploaded")
            return False
        status, body = get(f"{self.url}/{path.file.key}")
        if status == 200 and body == path.file.body:
            return True
        if status == 200 or settled or status >= 500:
            self.fail(f"{path.base}: GET {path.file.key} is {status}, {len(body)} bytes that are not the ones uploaded")
        return False

    def report(self, path):
        status, body = get(f"{self.url}/api/v1/paths/{path.hash}")
        return json.loads(body) if status == 200 else f"report {status}"

    def verify(self):
        verified = refused = 0
        for path in self.paths:
            if not path.is_acknowledged:
                self.fail(f"{path.base}: was never acknowledged")
            elif path.tampering is None:
                verified += self.look(path, settled=True)
            else:
                refused += self.is_refused(path)
        return verified, refused

    def is_refused(self, path):
        before = len(self.wrong)
        self.look(path, settled=True)
        direct = get(f"{self.s3_url}/{self.bucket}/{path.narinfo.key}")[0]
        if direct not in (403, 404):
            self.fail(f"{path.base}: {path.tampering}, and the S3 endpoint answers {direct} to anybody")
        report = self.report(path)
        if isinstance(report, str) or report["verdict"] != "rejected":
            self.fail(f"{path.base}: {path.tampering}, and no report that rejects it: {report}")
            return False
        found = {f["check"] for c in report["checks"] if c["result"] == "failed" for f in c["findings"]}
        if not found & TAMPERINGS[path.tampering]:
            self.fail(f"{path.base}: {path.tampering}, but the findings are about {sorted(found)}")
        return len(self.wrong) == before


def await_idle(run):
    end = time.monotonic() + SETTLE
    status = run.cache.status(run.url)
    while status["inFlight"] > 0 and time.monotonic() < end:
        time.sleep(0.2)
        status = run.cache.status(run.url)
    return status


def kill_round(run, number, rng):
    """One kill: mostly while serving, now and then while it is still starting."""
    began = time.monotonic()
    early = number % 10 == 7
    before = run.puts
    if early:
        time.sleep(rng.uniform(0.2, 1.5))
    else:
        run.cache.await_ready()
        run.up.set()
    ready = time.monotonic() - began
    if not early:
        delay = rng.uniform(0.05, 1.5)
        # Every other time counted from the first answer, so that a slow machine is killed in the middle of uploads too.
        while number % 2 == 0 and run.puts == before and time.monotonic() - began - ready < READY:
            time.sleep(0.01)
        time.sleep(delay)
    run.up.clear()
    run.cache.kill()
    what = "killed while starting" if early else f"ready in {ready:.1f} s, killed {time.monotonic() - began - ready:.1f} s later"
    print(f"kill {number:2d}  {what}  {run.puts - before} PUTs acknowledged", flush=True)
    run.cache.start()


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--narthex", required=True)
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--ports", type=int, nargs=2, required=True)
    arguments.add_argument("--log", required=True)
    arguments.add_argument("--kills", type=int, default=50)
    arguments.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(4), "big"))
    options = arguments.parse_args()
    print(f"seed {options.seed}", flush=True)
    rng = random.Random(f"{options.seed}/kills")
    began = time.monotonic()
    cache = Cache(options.narthex, options.data, options.ports, options.log)
    run = Run(cache, options.seed)
    cache.start()
    try:
        cache.await_ready()
        run.connect()
        threads = [threading.Thread(target=run.upload, args=(n,), daemon=True) for n in range(UPLOADERS)]
        threads.append(threading.Thread(target=run.read, daemon=True))
        for thread in threads:
            thread.start()
        for number in range(1, options.kills + 1):
            kill_round(run, number, rng)
        run.done.set()
        cache.await_ready()
        run.up.set()
        for thread in threads:
            thread.join(SETTLE)
        if any(thread.is_alive() for thread in threads):
            run.fail("an upload was never answered after the last start")
        settling = time.monotonic()
        status = await_idle(run)
        print(f"idle {time.monotonic() - settling:.1f} s after the last PUT: {json.dumps(status)}", flush=True)
        if run.puts < options.kills:
            run.fail(f"only {run.puts} PUTs were acknowledged in {options.kills} rounds: this shows nothing")
        if run.unanswered == 0:
            run.fail("no kill came in the middle of a PUT: this shows nothing")
        verified, refused = run.verify()
        # A path whose narinfo says another StorePath has its report, and its place in the count, under the key's hash.
        expected = {"verified": verified, "waiting": 0, "rejected": refused, "inFlight": 0, "deadLetters": 0}
        if (status := cache.status(run.url)) != expected:
            run.fail(f"status is {status}, expected {expected}")
    finally:
        if cache.process.poll() is None:
            cache.process.kill()
            cache.process.wait()
    lost = len(run.wrong)
    overwritten = sum(p.overwritten for p in run.paths)
    print(f"{run.unanswered} PUTs without an answer were sent again, {overwritten} verified paths overwritten; {time.monotonic() - began:.0f} s")
    print(f"{options.kills} kills, {run.puts} acknowledged PUTs, {verified} verified, {refused} refused, {lost} lost")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
