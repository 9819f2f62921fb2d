"""What Lambda does with the functions of the stack."""
import re
import time
import urllib.error
import urllib.request

from paths import chain

CHAIN = 40
RESTORE = re.compile(r"Restore Duration: ([\d.]+) ms")


def loops(bucket, key, table):
    """Each path wakes the one that waits for it: Lambda stops such chains after 16, unless it is told not to."""
    paths = chain(CHAIN, key)
    bucket.upload(reversed(paths))
    start = time.monotonic()
    table.row(f"a chain of {CHAIN} paths, uploaded from its end, is verified", True, all(bucket.becomes_readable(path.narinfo_key, 300) for path in paths))
    table.figure("seconds it took, after the last upload", f"{time.monotonic() - start:.0f}")


def restores(logs, group, url, table):
    """A first request after a deployment finds a snapshot, and no process."""
    start = time.monotonic()
    answer = fetch(url + "/nix-cache-info")
    table.row("HTTP API, without credentials", 404, answer)
    table.figure("seconds of the first request to the API", f"{time.monotonic() - start:.2f}")
    found, end = [], time.monotonic() + 120
    while not found and time.monotonic() < end:
        time.sleep(5)
        events = logs.filter_log_events(logGroupName=group, filterPattern='"Restore Duration"')["events"]
        found = [float(match[1]) for event in events for match in RESTORE.finditer(event["message"])]
    table.figure("milliseconds to restore the snapshot", ", ".join(f"{restore:.0f}" for restore in found) or "not in the log")


def fetch(url):
    try:
        return urllib.request.urlopen(url, timeout=60).status
    except urllib.error.HTTPError as e:
        return e.code
