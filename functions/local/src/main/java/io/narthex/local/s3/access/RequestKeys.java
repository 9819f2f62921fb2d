package io.narthex.local.s3.access;

import static java.util.Objects.requireNonNull;

import io.narthex.policy.ContextValue;
import io.narthex.policy.RequestContext;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The condition keys of a request, as far as they do not depend on the state of the store. Some
 * belong to certain actions: for all others they are absent, whatever the request has for headers
 * and parameters.
 *
 * @param common of every action
 * @param listing of listings of the bucket
 * @param writing of what makes an object or a bucket
 * @see <a
 *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html">Actions
 *     and condition keys of S3</a>
 */
public record RequestKeys(
    RequestContext common, Map<String, ContextValue> listing, Map<String, ContextValue> writing) {
  /** What a listing can be asked for, which a policy can look at. */
  public static final List<String> LISTING = List.of("s3:prefix", "s3:delimiter", "s3:max-keys");

  private static final Set<String> LISTS = Set.of("s3:ListBucket", "s3:ListBucketVersions");
  private static final Set<String> WRITES = Set.of("s3:PutObject", "s3:CreateBucket");

  /** Copies the maps. */
  public RequestKeys {
    requireNonNull(common, "common");
    listing = Map.copyOf(listing);
    writing = Map.copyOf(writing);
  }

  /** Those of an action, to be added to. */
  RequestContext.Builder of(String action) {
    RequestContext.Builder keys = common.toBuilder();
    if (LISTS.contains(action)) {
      listing.forEach((key, value) -> add(keys, key, value));
    }
    if (WRITES.contains(action)) {
      writing.forEach((key, value) -> add(keys, key, value));
    }
    return keys;
  }

  /** Whether the caller may list can be asked where nobody lists: what it would ask is unknown. */
  RequestContext ofUnknownListing() {
    RequestContext.Builder keys = common.toBuilder();
    LISTING.forEach(keys::unknown);
    return keys.build();
  }

  private static void add(RequestContext.Builder keys, String key, ContextValue value) {
    switch (value) {
      case ContextValue.Known known -> known.values().forEach(v -> keys.value(key, v));
      case ContextValue.Absent _ -> keys.absent(key);
      case ContextValue.Unknown _ -> keys.unknown(key);
    }
  }
}
