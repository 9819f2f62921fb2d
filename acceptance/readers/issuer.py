#!/usr/bin/env python3
"""An OpenID Connect issuer of our own, on loopback, whose tokens look like those of GitHub Actions.

  issuer.py DIRECTORY            serves; writes DIRECTORY/url when it is ready
  issuer.py DIRECTORY CLAIM=VALUE...   prints a token with these claims, signed with the issuer's key
"""
import base64
import http.server
import json
import pathlib
import sys
import time

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def number(value):
    return encoded(value.to_bytes((value.bit_length() + 7) // 8, "big"))


def key(directory):
    file = directory / "issuer.pem"
    if not file.exists():
        made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        file.write_bytes(
            made.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
    return serialization.load_pem_private_key(file.read_bytes(), None)


def serve(directory):
    public = key(directory).public_key().public_numbers()
    keys = {"keys": [{"kty": "RSA", "alg": "RS256", "use": "sig", "kid": "one", "n": number(public.n), "e": number(public.e)}]}

    class Documents(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            url = "http://127.0.0.1:%d" % self.server.server_port
            documents = {
                "/.well-known/openid-configuration": {"issuer": url, "jwks_uri": url + "/keys"},
                "/keys": keys,
            }
            found = self.path in documents
            body = json.dumps(documents.get(self.path, {})).encode()
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Documents)
    (directory / "url").write_text("http://127.0.0.1:%d" % server.server_port)
    server.serve_forever()


def token(directory, claims):
    now = int(time.time())
    standard = {"iss": (directory / "url").read_text(), "iat": now, "nbf": now, "exp": now + 300}
    parts = [{"alg": "RS256", "kid": "one", "typ": "JWT"}, standard | claims]
    signed = ".".join(encoded(json.dumps(part).encode()) for part in parts)
    signature = key(directory).sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
    return signed + "." + encoded(signature)


def claim(text):
    name, value = text.split("=", 1)
    return name, int(value) if name in ("iat", "nbf", "exp") else value


directory = pathlib.Path(sys.argv[1])
if len(sys.argv) == 2:
    serve(directory)
else:
    print(token(directory, dict(map(claim, sys.argv[2:]))))
