package io.narthex.aws.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.cache.announce.Announcement;
import io.narthex.cache.verdict.CheckName;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * The detail of an event. An entry may have 1 MB (256 KB in older regions): a store path as a
 * narinfo spells it is cut where no store path goes on, and names of checks are few and ours.
 */
final class EventDetail {
  private static final JsonFactory JSON = new JsonFactory();

  /** A store path has at most 211 characters of name, after its directory. */
  private static final int MAX_STORE_PATH = 1024;

  private EventDetail() {}

  static String of(Announcement news, String cacheBucket) {
    var text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("hash", news.hash().toString());
      if (news.storePath().isPresent()) {
        json.writeStringField("storePath", cut(news.storePath().get()));
      }
      json.writeStringField("bucket", cacheBucket);
      json.writeStringField("key", news.key().value());
      json.writeStringField("versionId", news.versionId());
      json.writeArrayFieldStart("checks");
      for (CheckName check : news.checks()) {
        json.writeString(check.toString());
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static String cut(String storePath) {
    return storePath.length() <= MAX_STORE_PATH
        ? storePath
        : storePath.substring(0, MAX_STORE_PATH);
  }
}
