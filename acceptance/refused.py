#!/usr/bin/env python3
"""Looks whether Narthex refuses what tamper.py made.

    refused.py TAMPERINGS --cache-url URL --s3-url URL --why "COMMAND"     once: doors and reports
    refused.py TAMPERINGS --cache-url URL --s3-url URL --watch             doors only, again and again until SIGTERM

A door is the cache URL or the bucket's URL, asked by nobody in particular; it must answer 404 (the bucket: or 403).
COMMAND HASH… prints the reports as JSON, one after the other; each must name one of the checks expected for the tampering.
"""

import argparse
import http.client
import json
import shlex
import signal
import subprocess
import sys
import threading
from urllib.parse import quote, urlsplit

DOORS = {"cache": (404,), "bucket": (403, 404)}


def answer(url, key):
    """The status of an anonymous GET; a redirect is not followed, it is an answer."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
    try:
        connection.request("GET", f"{parts.path.rstrip('/')}/{quote(key)}")
        return connection.getresponse().status
    finally:
        connection.close()


def named_checks(report):
    """The checks that did not pass, of the present report and of the withdrawals it remembers."""
    checks = {check["check"] for check in report.get("checks", []) if check.get("findings")}
    for withdrawal in report.get("withdrawals", []):
        checks |= {finding["check"] for finding in withdrawal.get("findings", [])}
    return checks


def open_doors(tampering, urls):
    """Every door that answers otherwise than it must, as text."""
    for key in tampering["keys"]:
        for door, refusals in DOORS.items():
            status = answer(urls[door], key)
            if status not in refusals:
                yield f"{door} answers {status} for {key}"


def objects(text):
    """The JSON objects of a text, one after the other."""
    decoder, at = json.JSONDecoder(), 0
    while at < len(text):
        value, end = decoder.raw_decode(text, at)
        yield value
        at = end + len(text[end:]) - len(text[end:].lstrip())


def look_once(tamperings, urls, why):
    problems = 0
    hashes = [tampering["hash"] for tampering in tamperings]
    command = subprocess.run(shlex.split(why) + hashes, stdout=subprocess.PIPE, text=True)
    reports = {report["hash"]: report for report in objects(command.stdout)}
    for tampering in tamperings:
        complaints = list(open_doors(tampering, urls))
        report = reports.get(tampering["hash"], {})
        checks = named_checks(report)
        if not checks & set(tampering["expectedChecks"]):
            complaints.append(f"the report names none of {tampering['expectedChecks']}: {json.dumps(report)}")
        verdict = report.get("verdict", "none")
        print(f"{tampering['tampering']:26} {json.dumps(verdict)} {' '.join(sorted(checks))}")
        for complaint in complaints:
            print(f"    WRONG ({tampering['storePath']}): {complaint}")
        problems += len(complaints)
    return problems


def watch(tamperings, urls):
    """Reads in a thread for each door until SIGTERM; what was served, even once, is a problem, and so is no answer."""
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    reads, served = [], []

    def read(door):
        while not stop.is_set():
            for tampering in tamperings:
                for key in tampering["keys"]:
                    try:
                        status = answer(urls[door], key)
                    except (OSError, http.client.HTTPException) as e:
                        status = repr(e)
                    reads.append(status)
                    if status not in DOORS[door]:
                        served.append(f"{door} answered {status} for {key} ({tampering['tampering']})")
                    if stop.is_set():
                        return

    threads = [threading.Thread(target=read, args=[door]) for door in DOORS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"{len(reads)} reads, {len(served)} wrong")
    print("\n".join(sorted(set(served))))
    return len(served)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("tamperings", type=argparse.FileType())
    arguments.add_argument("--cache-url", required=True)
    arguments.add_argument("--s3-url", required=True, help="with the bucket")
    arguments.add_argument("--why")
    arguments.add_argument("--watch", action="store_true")
    options = arguments.parse_args()
    tamperings = [json.loads(line) for line in options.tamperings]
    urls = {"cache": options.cache_url, "bucket": options.s3_url}
    problems = watch(tamperings, urls) if options.watch else look_once(tamperings, urls, options.why)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
