package io.narthex.local.s3.auth;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From the id of an access key to whose it is; asked for every signed request. */
@FunctionalInterface
public interface AccessKeys {
  /** The user with this access key, if there is one now. */
  Optional<S3User> find(String accessKeyId);

  /** Users that stay as they are; refuses two with one access key id. */
  static AccessKeys of(List<S3User> users) {
    Map<String, S3User> byId = new HashMap<>();
    for (S3User user : users) {
      if (byId.putIfAbsent(user.accessKeyId(), user) != null) {
        throw new IllegalArgumentException("two users with access key id " + user.accessKeyId());
      }
    }
    return id -> Optional.ofNullable(byId.get(id));
  }

  /** These and, for what they do not know, others. */
  default AccessKeys or(AccessKeys others) {
    return id -> find(id).or(() -> others.find(id));
  }
}
