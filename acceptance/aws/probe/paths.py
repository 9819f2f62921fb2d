"""Store paths with nothing in them but a sentence, signed by a key of this run."""
import base64
import hashlib

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

NIX32 = "0123456789abcdfghijklmnpqrsvwxyz"


def nix32(digest):
    number = int.from_bytes(digest, "little")
    return "".join(NIX32[number >> 5 * i & 31] for i in reversed(range((len(digest) * 8 + 4) // 5)))


def nar(content):
    """An archive of one regular file."""
    words = [b"nix-archive-1", b"(", b"type", b"regular", b"contents", content, b")"]
    return b"".join(len(word).to_bytes(8, "little") + word + bytes(-len(word) % 8) for word in words)


class Key:
    def __init__(self, name, secret):
        self.name, self.secret = name, secret
        self.public = f"{name}:{base64.b64encode(self.secret.public_key().public_bytes_raw()).decode()}"

    @staticmethod
    def of_dry_run():
        """A key that everybody has: for a Narthex on loopback that lives for a minute."""
        return Key("aws-probe-dry-run-1", Ed25519PrivateKey.from_private_bytes(bytes(32)))

    def sign(self, fingerprint):
        return f"{self.name}:{base64.b64encode(self.secret.sign(fingerprint.encode())).decode()}"


class Path:
    """A path that refers to others, as the objects that `nix copy` would make of it."""

    def __init__(self, name, references, key):
        archive = nar(f"{name} of aws-probe\n".encode())
        digest = nix32(hashlib.sha256(archive).digest())
        self.base = f"{nix32(hashlib.sha256(key.public.encode() + name.encode()).digest()[:20])}-{name}"
        self.nar_key = f"nar/{digest}.nar"
        self.nar = archive
        self.narinfo_key = self.base[:32] + ".narinfo"
        store_path = "/nix/store/" + self.base
        bases = sorted(reference.base for reference in references)
        fingerprint = ";".join(
            ["1", store_path, f"sha256:{digest}", str(len(archive)), ",".join("/nix/store/" + base for base in bases)])
        self.narinfo = "".join(f"{name}: {value}\n" for name, value in [
            ("StorePath", store_path), ("URL", self.nar_key), ("Compression", "none"),
            ("FileHash", f"sha256:{digest}"), ("FileSize", len(archive)),
            ("NarHash", f"sha256:{digest}"), ("NarSize", len(archive)),
            ("References", " ".join(bases)), ("Sig", key.sign(fingerprint)),
        ]).encode()


def chain(length, key):
    """Each refers to the one before it."""
    paths = []
    for number in range(length):
        paths.append(Path(f"chain-{number}", paths[-1:], key))
    return paths
