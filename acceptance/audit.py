#!/usr/bin/env python3
"""Compares what `narthex audit` has said with what is known of a cache.

    audit.py sound PATHS.jsonl COUNT              every path is verified, and there are so many
    audit.py tampered PATHS.jsonl TAMPERINGS      each tampered path is found, by a check that should, and no other
    audit.py same REPORT.json REPORT.json...      the reports say the same of the same cache, wherever it lies

PATHS.jsonl is what --json printed, TAMPERINGS what tamper.py did. Ends with 1 and says what is wrong.
"""
import json
import sys


def lines(file):
    with open(file, encoding="utf-8") as text:
        return [json.loads(line) for line in text]


def sound(paths, count):
    bad = [path for path in paths if path["verdict"] != "verified"]
    if bad or len(paths) != int(count):
        sys.exit(f"{len(paths)} paths, of which not verified: {bad}")


def tampered(paths, tamperings):
    found = {path["hash"]: path for path in paths}
    wrong = []
    for tampering in tamperings:
        path = found.pop(tampering["hash"], None)
        checks = {finding["check"] for finding in path["findings"]} if path else set()
        if not path or path["verdict"] not in ("rejected", "waiting") or not checks & set(tampering["expectedChecks"]):
            wrong.append((tampering["tampering"], path))
    wrong += [path for path in found.values() if path["verdict"] != "verified"]
    if wrong:
        sys.exit("\n".join(map(str, wrong)))
    print(f"{len(tamperings)} tampered paths found, {len(found)} others verified")


def comparable(file):
    """Without where and when it was made, and how its paths were named; in one order."""
    with open(file, encoding="utf-8") as text:
        report = json.load(text)
    for field in "cache", "selection", "startedAt", "endedAt":
        del report[field]
    report["paths"].sort(key=lambda path: path["hash"])
    # What an audit that was killed has read, the next one knows.
    summary = report["summary"]
    summary["narsRead"] += summary.pop("narsKnown")
    # Of several of one size, those that came first are among the largest.
    report["largest"] = [path["narSize"] for path in report["largest"]]
    return report


def same(first, *others):
    expected = comparable(first)
    for other in others:
        actual = comparable(other)
        differing = [field for field in expected | actual if expected.get(field) != actual.get(field)]
        if differing:
            field = differing[0]
            sys.exit(f"{other} differs from {first} in {differing}:\n{expected.get(field)}\n{actual.get(field)}")


if __name__ == "__main__":
    what, arguments = sys.argv[1], sys.argv[2:]
    if what == "same":
        same(*arguments)
    elif what == "sound":
        sound(lines(arguments[0]), arguments[1])
    else:
        tampered(lines(arguments[0]), lines(arguments[1]))
