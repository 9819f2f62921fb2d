package io.narthex.cache.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.nar.ArchiveFacts;
import io.narthex.cache.nar.ArchiveFacts.ContentHash;
import io.narthex.cache.nar.ArchiveFacts.DebugInfo;
import io.narthex.cache.nar.NarFacts;
import io.narthex.cache.nar.NarReading;
import io.narthex.cache.store.VersionId;
import io.narthex.nix.hash.Hash;
import io.narthex.nix.path.StoreDir;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.path.StorePathHash;
import java.util.TreeSet;

/** The part of a report that says what reading the NAR found. */
final class NarFactsJson {
  private NarFactsJson() {}

  static ObjectNode write(NarFacts facts) {
    ObjectNode json = JsonDocument.object();
    NarReading reading = facts.reading();
    json.put("nar", reading.nar().file());
    json.put("version", reading.version().value());
    json.put("compression", reading.compression());
    json.put("limit", reading.limit());
    json.put("contentAddress", reading.contentAddress());
    json.put("self", reading.self().nix32());
    json.put("refersToItself", reading.refersToItself());
    json.put("storeDir", reading.storeDir().path());
    json.put("fileHash", facts.fileHash().toString());
    json.put("fileSize", facts.fileSize());
    json.set("archive", archive(facts.archive()));
    return json;
  }

  static NarFacts read(JsonDocument json) throws MalformedJsonException {
    var reading =
        new NarReading(
            json.text("nar", NarPath::new),
            json.text("version", VersionId::new),
            json.text("compression"),
            json.number("limit"),
            json.text("contentAddress"),
            json.text("self", StorePathHash::new),
            json.flag("refersToItself"),
            json.text("storeDir", StoreDir::new));
    return new NarFacts(
        reading,
        json.text("fileHash", Hash::parse),
        json.number("fileSize"),
        json.object("archive", NarFactsJson::archive));
  }

  private static ObjectNode archive(ArchiveFacts facts) {
    ObjectNode json = JsonDocument.object();
    switch (facts) {
      case ArchiveFacts.WellFormed wellFormed -> wellFormed(json, wellFormed);
      case ArchiveFacts.Malformed(var offset, var reason) ->
          json.put("is", "malformed").put("offset", offset).put("reason", reason);
      case ArchiveFacts.Corrupt(var reason) -> json.put("is", "corrupt").put("reason", reason);
      case ArchiveFacts.TooLarge(var limit) -> json.put("is", "too-large").put("limit", limit);
      case ArchiveFacts.Unsupported(var compression) ->
          json.put("is", "unsupported").put("compression", compression);
    }
    return json;
  }

  private static void wellFormed(ObjectNode json, ArchiveFacts.WellFormed facts) {
    json.put("is", "well-formed");
    json.put("narHash", facts.narHash().toString());
    json.put("narSize", facts.narSize());
    facts.listing().ifPresent(hash -> json.put("listing", hash.toString()));
    var storePaths = json.putArray("storePaths");
    facts.storePaths().forEach(path -> storePaths.add(path.toString()));
    json.put("storePathsComplete", facts.storePathsComplete());
    var contentHashes = json.putArray("contentHashes");
    for (ContentHash hash : facts.contentHashes()) {
      contentHashes
          .addObject()
          .put("hash", hash.hash().toString())
          .put("provesPath", hash.provesPath());
    }
    var debugInfo = json.putArray("debugInfo");
    for (DebugInfo link : facts.debugInfo()) {
      debugInfo.addObject().put("buildId", link.buildId()).put("member", link.member());
    }
  }

  private static ArchiveFacts archive(JsonDocument json) throws MalformedJsonException {
    return switch (json.text("is")) {
      case "well-formed" ->
          new ArchiveFacts.WellFormed(
              json.text("narHash", Hash::parse),
              json.number("narSize"),
              json.optionalText("listing", Hash::parse),
              new TreeSet<>(json.texts("storePaths", StorePath::parse)),
              json.flag("storePathsComplete"),
              json.objects(
                  "contentHashes",
                  j -> new ContentHash(j.text("hash", Hash::parse), j.flag("provesPath"))),
              json.objects("debugInfo", j -> new DebugInfo(j.text("buildId"), j.text("member"))));
      case "malformed" -> new ArchiveFacts.Malformed(json.number("offset"), json.text("reason"));
      case "corrupt" -> new ArchiveFacts.Corrupt(json.text("reason"));
      case "too-large" -> new ArchiveFacts.TooLarge(json.number("limit"));
      case "unsupported" -> new ArchiveFacts.Unsupported(json.text("compression"));
      default -> throw new MalformedJsonException("archive: unknown kind " + json.text("is"));
    };
  }
}
