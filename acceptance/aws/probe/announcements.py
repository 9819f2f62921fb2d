"""What S3 announces of a bucket, and whose the tags are."""
import json
import time


class Announcements:
    def __init__(self, s3, sqs, bucket, queue, table):
        self.s3, self.sqs, self.bucket, self.queue, self.table = s3, sqs, bucket, queue, table
        self.name = {"Bucket": bucket, "Key": "announced"}

    def ask(self):
        self.table.row("announced of a PUT", ["ObjectCreated:Put"], self.after(lambda: self.s3.put_object(**self.name, Body=b"1")))
        first = self.s3.head_object(**self.name)["VersionId"]
        tagging = {"TagSet": [{"Key": "nix-verdict", "Value": "verified"}]}
        self.table.row("announced of the tag of a version", ["ObjectTagging:Put"], self.after(
            lambda: self.s3.put_object_tagging(**self.name, VersionId=first, Tagging=tagging)))
        self.table.row("announced of an overwrite", ["ObjectCreated:Put"], self.after(lambda: self.s3.put_object(**self.name, Body=b"2")))
        self.table.row("tags of the new version", [], self.s3.get_object_tagging(**self.name)["TagSet"])
        self.table.row("tags of the old version", tagging["TagSet"], self.s3.get_object_tagging(**self.name, VersionId=first)["TagSet"])
        self.table.row("announced of a DELETE", ["ObjectRemoved:DeleteMarkerCreated"], self.after(lambda: self.s3.delete_object(**self.name)))

    def after(self, change):
        """The names of the events about the key within half a minute: also that nothing else comes is an answer."""
        change()
        names, end = [], time.monotonic() + 30
        while time.monotonic() < end:
            for message in self.sqs.receive_message(QueueUrl=self.queue, WaitTimeSeconds=5, MaxNumberOfMessages=10).get("Messages", []):
                self.sqs.delete_message(QueueUrl=self.queue, ReceiptHandle=message["ReceiptHandle"])
                names += [record["eventName"] for record in json.loads(message["Body"]).get("Records", [])
                          if record["s3"]["object"]["key"] == self.name["Key"]]
        return names
