"""What S3 answers an uploader, a reader and a stranger under the bucket policy of the stack."""
import time

from botocore.exceptions import ClientError

from paths import Path

VERDICT = "nix-verdict=verified"
FORGED = {"TagSet": [{"Key": "nix-verdict", "Value": "verified"}]}
PART = bytes(5 << 20)
JUNK = b"junk of aws-probe"
# No narinfo names it.
UNVERIFIED = "nar/0000000000000000000000000000000000000000000000000000.nar"


def status(call, **arguments):
    try:
        return call(**arguments)["ResponseMetadata"]["HTTPStatusCode"]
    except ClientError as e:
        return e.response["ResponseMetadata"]["HTTPStatusCode"]


def body(call, **arguments):
    """What is read, or the status of the refusal."""
    try:
        return call(**arguments)["Body"].read()
    except ClientError as e:
        return e.response["ResponseMetadata"]["HTTPStatusCode"]


class Bucket:
    """
    uploader, reader: clients of S3; the reader may read what is verified, and list
    stranger:         a client whom the bucket policy names nowhere, or None where there is nobody like that
    """

    def __init__(self, name, uploader, reader, stranger, table, key):
        self.name, self.uploader, self.reader, self.stranger, self.table = name, uploader, reader, stranger, table
        self.path = Path("verified", [], key)

    def ask(self):
        self.upload([self.path])
        self.table.row("an uploaded path is readable within five minutes", True, self.becomes_readable(self.path.narinfo_key, 300))
        self.reads()
        self.forgeries()
        self.multipart()
        self.overwriting()

    def upload(self, paths):
        """The narinfo last, as Nix does."""
        for path in paths:
            self.uploader.put_object(Bucket=self.name, Key=path.nar_key, Body=path.nar)
            self.uploader.put_object(Bucket=self.name, Key=path.narinfo_key, Body=path.narinfo)

    def becomes_readable(self, key, seconds):
        end = time.monotonic() + seconds
        while (there := status(self.reader.head_object, Bucket=self.name, Key=key) == 200) is False and time.monotonic() < end:
            time.sleep(0.5)
        return there

    def reads(self):
        unverified = self.uploader.put_object(Bucket=self.name, Key=UNVERIFIED, Body=JUNK)["VersionId"]
        for who, client, missing in [("reader", self.reader, 404), ("stranger", self.stranger, 403)]:
            def asked(call, key):
                return client and status(getattr(client, call), Bucket=self.name, Key=key)
            self.table.row(f"{who}: GET of a verified object", 200 if client is self.reader else 403, asked("get_object", self.path.nar_key))
            self.table.row(f"{who}: GET of an object without verdict", 403, asked("get_object", UNVERIFIED))
            self.table.row(f"{who}: HEAD of an object without verdict", 403, asked("head_object", UNVERIFIED))
            self.table.row(f"{who}: GET of a key that is not there", missing, asked("get_object", "nar/missing.nar"))
        self.table.row("reader: GET of a version without verdict by its id", 403, status(
            self.reader.get_object, Bucket=self.name, Key=UNVERIFIED, VersionId=unverified))

    def forgeries(self):
        """Ways to a verdict that is not the function's."""
        ours = {"Bucket": self.name, "Key": "nar/forged.nar"}
        source = {"Bucket": self.name, "Key": self.path.nar_key}
        put, copy = self.uploader.put_object, self.uploader.copy_object
        self.table.row("uploader: PUT with the tag", 403, status(put, **ours, Body=JUNK, Tagging=VERDICT))
        self.table.row("uploader: multipart upload with the tag", 403, status(self.uploader.create_multipart_upload, **ours, Tagging=VERDICT))
        self.table.row("uploader: copy of a verified object with its tags", 403, status(copy, **ours, CopySource=source))
        self.table.row("uploader: copy with the tag", 403, status(copy, **ours, CopySource=source, Tagging=VERDICT, TaggingDirective="REPLACE"))
        self.table.row("uploader: copy without tags", 403, status(copy, **ours, CopySource=source, TaggingDirective="REPLACE"))
        unverified = {"Bucket": self.name, "Key": UNVERIFIED}
        self.table.row("uploader: tag of an object", 403, status(self.uploader.put_object_tagging, **unverified, Tagging=FORGED))
        self.table.row("uploader: tags taken away", 403, status(self.uploader.delete_object_tagging, **source))
        self.table.row("uploader: DELETE", 403, status(self.uploader.delete_object, **source))
        self.table.row("reader: what was forged", "hidden", "seen" if status(self.reader.get_object, **ours) == 200 else "hidden")
        self.table.row("reader: what was tagged", "hidden", "seen" if status(self.reader.get_object, **unverified) == 200 else "hidden")

    def multipart(self):
        """By the seven actions of the upload policy alone."""
        ours = {"Bucket": self.name, "Key": "nar/multipart.nar"}
        upload = self.uploader.create_multipart_upload(**ours)["UploadId"]
        parts = []
        for number, content in enumerate([PART, JUNK], start=1):
            done = self.uploader.upload_part(**ours, UploadId=upload, PartNumber=number, Body=content)
            parts.append({"ETag": done["ETag"], "PartNumber": number})
        self.table.row("uploader: list of the parts", 200, status(self.uploader.list_parts, **ours, UploadId=upload))
        self.table.row("uploader: multipart upload completed", 200, status(
            self.uploader.complete_multipart_upload, **ours, UploadId=upload, MultipartUpload={"Parts": parts}))
        upload = self.uploader.create_multipart_upload(**ours)["UploadId"]
        self.table.row("uploader: multipart upload aborted", 204, status(self.uploader.abort_multipart_upload, **ours, UploadId=upload))

    def overwriting(self):
        """The verdict is the version's: from the first moment nobody reads the new bytes."""
        key = self.path.nar_key
        self.uploader.put_object(Bucket=self.name, Key=key, Body=JUNK)
        seen, end = set(), time.monotonic() + 20
        while time.monotonic() < end:
            seen.add(body(self.reader.get_object, Bucket=self.name, Key=key))
            time.sleep(0.2)
        self.table.row("reader: the new bytes after a verified object was overwritten", "never", "seen" if JUNK in seen else "never")
