#!/usr/bin/env python3
"""Makes a tampered copy of a file:// cache: one path for each way of tampering, all others left as they are.

    tamper.py SOURCE TARGET [--huge] [--ways NAME,NAME...] [--seed N]

Only paths that no other path refers to are touched, so every untouched path must still verify. One line of JSON for
each tampered path goes to standard output:

    hash            the hash in its narinfo's key
    storePath       what was attacked
    tampering       the way, see below
    expectedChecks  checks of which the report must name at least one
    keys            object keys that must not be readable

A way that changes the NAR also corrects what the narinfo says about the file, so that only the check it is meant for
can find it. No way has a secret key.
"""

import argparse
import bz2
import gzip
import hashlib
import json
import lzma
import os
import random
import shutil
import sys
from pathlib import Path

NIX32 = "0123456789abcdfghijklmnpqrsvwxyz"
CODECS = {
    "none": (bytes, bytes),
    "gzip": (gzip.compress, gzip.decompress),
    "bzip2": (bz2.compress, bz2.decompress),
    "xz": (lzma.compress, lzma.decompress),
}
BOMB_BYTES = 300_000_000
HUGE_BYTES = 100_000_000


def nix32(digest):
    """The digest in Nix's base 32: least significant five bits last, in 52 characters for SHA-256."""
    number = int.from_bytes(digest, "little")
    length = (len(digest) * 8 + 4) // 5
    return "".join(NIX32[number >> 5 * i & 31] for i in reversed(range(length)))


def sha256(content):
    return "sha256:" + nix32(hashlib.sha256(content).digest())


def nar_string(text):
    return len(text).to_bytes(8, "little") + text + bytes(-len(text) % 8)


class CachedPath:
    """One path of the target cache: its narinfo's fields, in order, and its NAR file."""

    def __init__(self, cache, narinfo):
        self.cache = cache
        self.narinfo = narinfo
        self.hash = narinfo.stem
        self.fields = dict(line.split(": ", 1) for line in narinfo.read_text().splitlines())
        self.store_path = self.fields["StorePath"]
        self.nar = cache / self.fields["URL"]

    @property
    def compression(self):
        return self.fields["Compression"]

    @property
    def references(self):
        return self.fields["References"].split()

    def write(self):
        self.narinfo.write_text("".join(f"{name}: {value}\n" for name, value in self.fields.items()))

    def set(self, name, value):
        self.fields[name] = str(value)
        self.write()

    def archive(self):
        return CODECS[self.compression][1](self.nar.read_bytes())

    def set_archive(self, content):
        self.set_file(CODECS[self.compression][0](content))

    def set_file(self, content):
        """New bytes under the old key, with the FileHash and FileSize that are true of them."""
        self.nar.write_bytes(content)
        self.fields["FileHash"] = sha256(content)
        self.set("FileSize", len(content))


def other_hash(value):
    """A well-formed hash that is another one."""
    flipped = "1" if value[-2] == "0" else "0"
    return value[:-2] + flipped + value[-1]


def byte_flipped(path, _):
    content = bytearray(path.archive())
    # The first byte of a file, after the word and its length: the grammar stays whole.
    content[content.index(b"contents") + 16] ^= 1
    path.set_archive(bytes(content))


def nar_of_another(path, other):
    path.fields["Compression"] = other.compression
    path.set_file(other.nar.read_bytes())


def bytes_after_archive(path, _):
    path.set_archive(path.archive() + b"appended")


def bytes_after_file(path, _):
    path.set_file(path.nar.read_bytes() + b"appended")


def truncated(path, _):
    content = path.archive()
    path.set_archive(content[: len(content) // 2])


def file_truncated(path, _):
    content = path.nar.read_bytes()
    path.set_file(content[: len(content) // 2])


def bomb(path, _):
    header = b"".join(map(nar_string, [b"nix-archive-1", b"(", b"type", b"regular", b"contents"]))
    stream = gzip.compress(header + BOMB_BYTES.to_bytes(8, "little") + bytes(BOMB_BYTES), 1)
    path.fields["Compression"] = "gzip"
    path.set_file(stream)


def mislabelled(path, _):
    path.set("Compression", "bzip2" if path.compression != "bzip2" else "xz")


def signature_of_another(path, other):
    path.set("Sig", other.fields["Sig"])


def signature_by_stranger(path, _):
    path.set("Sig", "stranger-1:" + path.fields["Sig"].split(":", 1)[1])


def signature_missing(path, _):
    del path.fields["Sig"]
    path.write()


def reference_added(path, other):
    path.set("References", " ".join(sorted(path.references + [os.path.basename(other.store_path)])))


def other_content_address(path, _):
    path.set("CA", other_hash(path.fields["CA"]))


def other_store_dir(path, _):
    path.set("StorePath", path.store_path.replace("/nix/store", "/gnu/store"))


def narinfo_of_another(path, other):
    path.narinfo.write_text(other.narinfo.read_text())


def narinfo_garbage(path, _):
    path.narinfo.write_bytes(bytes(range(256)) * 8)


def narinfo_twice(path, _):
    path.narinfo.write_text(path.narinfo.read_text() * 2)


def narinfo_huge(path, _):
    with path.narinfo.open("ab") as file:
        for _ in range(HUGE_BYTES // 1_000_000):
            file.write(b"Comment: " + b"x" * 999_990 + b"\n")


# A signature covers these fields: a checker may stop there, before it reads the NAR.
SIGNED_HASH = ["nar-hash", "signatures"]
SIGNED_SIZE = ["nar-size", "signatures"]

# name: (what it does, checks that may find it, what the victim must have)
WAYS = {
    "nar-byte-flipped": (byte_flipped, ["nar-hash"], "archive"),
    "nar-of-another-path": (nar_of_another, ["nar-hash", "nar-size"], ""),
    "nar-truncated": (truncated, ["archive", "nar-size"], "archive"),
    "nar-file-truncated": (file_truncated, ["compression", "archive", "nar-size"], "archive"),
    "bytes-after-archive": (bytes_after_archive, ["archive", "nar-size"], "archive"),
    "bytes-after-file": (bytes_after_file, ["compression", "archive", "nar-size"], "compressed"),
    "archive-bomb": (bomb, ["nar-size", "archive"], "archive"),
    "nar-missing": (lambda path, _: path.nar.unlink(), ["nar-present"], ""),
    "nar-hash-changed": (lambda path, _: path.set("NarHash", other_hash(path.fields["NarHash"])), SIGNED_HASH, ""),
    "nar-size-changed": (lambda path, _: path.set("NarSize", int(path.fields["NarSize"]) + 8), SIGNED_SIZE, ""),
    "file-hash-changed": (lambda path, _: path.set("FileHash", other_hash(path.fields["FileHash"])), ["file-hash"], ""),
    "file-size-changed": (lambda path, _: path.set("FileSize", int(path.fields["FileSize"]) + 1), ["file-size"], ""),
    "compression-mislabelled": (mislabelled, ["compression", "archive"], "compressed"),
    "signature-of-another-path": (signature_of_another, ["signatures"], "input-addressed"),
    "signature-by-stranger": (signature_by_stranger, ["signatures"], "input-addressed"),
    "signature-missing": (signature_missing, ["signatures"], "input-addressed"),
    "reference-added": (reference_added, ["signatures"], "input-addressed"),
    "content-address-wrong": (other_content_address, ["content-address"], "content-addressed"),
    "store-dir-other": (other_store_dir, ["store-dir"], ""),
    "url-outside-nar": (lambda path, _: path.set("URL", "../" + path.fields["URL"]), ["url"], ""),
    "url-on-another-host": (lambda path, _: path.set("URL", "http://127.0.0.1:1/x.nar"), ["url"], ""),
    "narinfo-of-another-path": (narinfo_of_another, ["key-matches-store-path"], ""),
    "narinfo-garbage": (narinfo_garbage, ["narinfo-syntax"], ""),
    "narinfo-twice": (narinfo_twice, ["narinfo-syntax"], ""),
    "narinfo-huge": (narinfo_huge, ["narinfo-syntax"], ""),
}


def suits(path, need):
    return {
        "": "CA" not in path.fields,
        "archive": "CA" not in path.fields and path.compression in CODECS,
        "compressed": "CA" not in path.fields and path.compression not in ("none",),
        "input-addressed": "CA" not in path.fields,
        "content-addressed": "CA" in path.fields and "Sig" in path.fields,
    }[need]


def assign_victims(ways, leaves):
    """A victim for each way; the ways that are hard to please choose first."""
    victims = {}
    for way in sorted(ways, key=lambda name: sum(suits(path, WAYS[name][2]) for path in leaves)):
        fitting = [path for path in leaves if suits(path, WAYS[way][2])]
        if not fitting:
            sys.exit(f"tamper: no path is left for {way}")
        victims[way] = fitting[0]
        leaves.remove(fitting[0])
    return victims


def main():
    arguments = argparse.ArgumentParser(description="Makes a tampered copy of a file:// cache.")
    arguments.add_argument("source", type=Path)
    arguments.add_argument("target", type=Path)
    arguments.add_argument("--huge", action="store_true", help="also a narinfo of 100 MB")
    arguments.add_argument("--ways", help="only these, separated by commas")
    arguments.add_argument("--seed", type=int, default=1, help="chooses the victims")
    options = arguments.parse_args()
    ways = options.ways.split(",") if options.ways else [w for w in WAYS if options.huge or w != "narinfo-huge"]

    shutil.copytree(options.source, options.target)
    paths = [CachedPath(options.target, narinfo) for narinfo in sorted(options.target.glob("*.narinfo"))]
    referred = {ref[:32] for path in paths for ref in path.references if ref[:32] != path.hash}
    leaves = [path for path in paths if path.hash not in referred]
    random.Random(options.seed).shuffle(leaves)
    victims = assign_victims(ways, leaves)
    # What an attack borrows comes from a path that is itself left alone.
    other = next(path for path in leaves if "Sig" in path.fields and "CA" not in path.fields)
    for way, victim in victims.items():
        attack, checks, _ = WAYS[way]
        keys = [victim.narinfo.name, str(victim.nar.relative_to(options.target))]
        attack(victim, other)
        found = {"hash": victim.hash, "storePath": victim.store_path, "tampering": way}
        print(json.dumps(found | {"expectedChecks": checks, "keys": keys}))


if __name__ == "__main__":
    main()
