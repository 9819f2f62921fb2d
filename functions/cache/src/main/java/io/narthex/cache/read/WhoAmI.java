package io.narthex.cache.read;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.layout.CachePath.CacheInfo;
import io.narthex.cache.read.Access.Allowed;
import io.narthex.cache.read.Access.Denied;
import io.narthex.cache.read.Answer.Inline;
import io.narthex.cache.store.ObjectKey;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the function sees of its caller, for people who wonder why they may not read: who they are
 * to it, and what the bucket policy makes of that. No object is looked at for it.
 */
final class WhoAmI {
  private static final ObjectKey CACHE_INFO = new CacheInfo().key();
  private static final String NO_HASH = "0".repeat(32);

  /** Keys like those that clients read; there is nothing under the last two. */
  private static final List<ObjectKey> SAMPLES =
      List.of(
          CACHE_INFO,
          new ObjectKey(NO_HASH + ".narinfo"),
          new ObjectKey("nar/" + "0".repeat(52) + ".nar.xz"));

  private WhoAmI() {}

  static Answer answer(CallerAccess access) {
    Caller caller = access.caller();
    ObjectNode json = JsonDocument.object();
    json.put("principal", caller.name());
    caller.principal().accountId().ifPresent(id -> json.put("account", id));
    json.put("credential", caller.authenticated().credential());
    ObjectNode tags = json.putObject("tags");
    new TreeMap<>(caller.identity().tags()).forEach(tags::put);
    caller.identity().userId().ifPresent(id -> json.put("userId", id));
    caller.identity().tokenIssueTime().ifPresent(at -> json.put("issued", at.toString()));
    caller.sourceIp().flatMap(SourceIp::normal).ifPresent(ip -> json.put("sourceIp", ip));
    json.put("secureTransport", caller.secureTransport());
    json.put("policyLooksAtTags", access.looksAtTags());
    ArrayNode decisions = json.putArray("decisions");
    for (ObjectKey key : SAMPLES) {
      ObjectNode decision = decisions.addObject();
      decision.put("action", "s3:GetObject").put("key", key.value());
      write(access.mayRead(key, Optional.empty()), decision);
    }
    write(access.mayList(CACHE_INFO), decisions.addObject().put("action", "s3:ListBucket"));
    return new Inline(InlineKind.JSON.headersOfThisMoment(), new Payload(JsonDocument.write(json)));
  }

  // Which statement it was is the administrator's business, and in the log.
  private static void write(Access access, ObjectNode decision) {
    switch (access) {
      case Allowed _ -> decision.put("allowed", true);
      case Denied(var denial) ->
          decision
              .put("allowed", false)
              .put("reason", denial.kind().name().toLowerCase(Locale.ROOT));
    }
  }
}
