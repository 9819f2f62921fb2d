package io.narthex.local.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.aws.json.EventReader;
import io.narthex.aws.json.MalformedEventException;
import io.narthex.cache.store.ObjectKey;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The body of a notification as a store pushes it by HTTP: {@code Records} in S3's shape. MinIO
 * puts {@code EventName} and {@code Key} beside them and encodes keys as S3 does; Ceph RGW writes
 * keys as they are, says {@code ceph:s3}, and repeats in {@code opaqueData} what the topic was
 * given.
 *
 * @param keys of the cache bucket, in the order of the records; those of other buckets are left out
 * @param opaqueData what all records say alike; empty if one of them says nothing or otherwise
 * @see <a href="https://docs.ceph.com/en/latest/radosgw/notifications/">Ceph, Bucket
 *     Notifications</a>
 * @see <a
 *     href="https://docs.min.io/community/minio-object-store/administration/monitoring/publish-events-to-webhook.html">MinIO,
 *     Publish Events to Webhook</a>
 */
record PushedEvents(List<ObjectKey> keys, Optional<String> opaqueData) {
  PushedEvents {
    keys = List.copyOf(keys);
  }

  /**
   * Reads a body.
   *
   * @throws MalformedEventException if it has no records, or one without a bucket or a key
   */
  static PushedEvents parse(String body, String bucket) throws MalformedEventException {
    var records = new ArrayList<PushedRecord>();
    EventReader.read(
        body,
        (name, value) -> {
          if (name.equals("Records")) {
            value.array(() -> records.add(PushedRecord.read(value)));
          }
        });
    if (records.isEmpty()) {
      throw new MalformedEventException("no Records");
    }
    var keys = new ArrayList<ObjectKey>();
    for (PushedRecord record : records) {
      if (record.bucket.equals(bucket)) {
        keys.add(record.key());
      }
    }
    return new PushedEvents(keys, opaqueData(records));
  }

  private static Optional<String> opaqueData(List<PushedRecord> records) {
    List<String> said = records.stream().map(record -> record.opaqueData).distinct().toList();
    return said.size() == 1 ? Optional.of(said.getFirst()) : Optional.empty();
  }

  /** One record while it is read. */
  private static final class PushedRecord {
    private static final String CEPH = "ceph:s3";

    private String source = "";
    private String bucket = "";
    private String key = "";
    private String opaqueData = "";

    static PushedRecord read(EventReader value) throws MalformedEventException {
      var record = new PushedRecord();
      value.object(record::field);
      if (record.bucket.isEmpty() || record.key.isEmpty()) {
        throw new MalformedEventException("a record without s3.bucket.name or s3.object.key");
      }
      return record;
    }

    private void field(String name, EventReader value) throws MalformedEventException {
      switch (name) {
        case "eventSource" -> source = value.text();
        case "opaqueData" -> opaqueData = value.text();
        case "s3" -> value.object(this::s3Field);
        default -> {}
      }
    }

    private void s3Field(String name, EventReader value) throws MalformedEventException {
      switch (name) {
        case "bucket" ->
            value.object((field, inner) -> bucket = field.equals("name") ? inner.text() : bucket);
        case "object" ->
            value.object((field, inner) -> key = field.equals("key") ? inner.text() : key);
        default -> {}
      }
    }

    private ObjectKey key() throws MalformedEventException {
      try {
        return new ObjectKey(source.equals(CEPH) ? key : URLDecoder.decode(key, UTF_8));
      } catch (IllegalArgumentException e) {
        throw new MalformedEventException("s3.object.key: " + e.getMessage(), e);
      }
    }
  }
}
