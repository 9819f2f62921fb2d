package io.narthex.local.host;

import static java.util.Objects.requireNonNull;

import io.narthex.local.s3.auth.S3User;
import io.narthex.local.s3.auth.SecretKey;
import io.narthex.policy.MalformedPolicyException;
import io.narthex.policy.PolicyDocument;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * An IAM user of the laptop's account, with one access key.
 *
 * @param name 1 to 64 letters, digits and {@code _+=,.@-}
 * @param path {@code /}, or names between slashes, e.g. {@code /ci/}
 * @param userId {@code AIDA…}, what policies know as {@code aws:userid}; another user of the same
 *     name has another
 * @param key what it signs with
 * @param created when it was made
 * @param tags at most 50, keys of at most 128 and values of at most 256 characters, no key twice in
 *     any case
 * @param policy its identity policy, in JSON
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html">Limits
 *     of IAM</a>
 */
public record LocalUser(
    String name,
    String path,
    String userId,
    AccessKey key,
    Instant created,
    Map<String, String> tags,
    Optional<String> policy) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_+=,.@-]{1,64}");
  private static final Pattern PATH = Pattern.compile("/|/[!-~&&[^*?]]{1,510}/");
  private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");
  private static final Set<String> RESERVED = Set.of("cache-upload", "admin");
  private static final int MAX_TAGS = 50;
  private static final int MAX_KEY = 128;
  private static final int MAX_VALUE = 256;
  private static final String ID_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int ID_LENGTH = 17;

  /** Refuses what IAM refuses, and the names of those who are there from the beginning. */
  public LocalUser {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "not the name of a user (1 to 64 letters, digits and _+=,.@-): " + name);
    }
    if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("the host has a profile of its own named " + name);
    }
    if (!PATH.matcher(path).matches()) {
      throw new IllegalArgumentException("not a path like /ci/: " + path);
    }
    requireNonNull(userId, "userId is null");
    requireNonNull(key, "key is null");
    requireNonNull(created, "created is null");
    requireTags(tags);
    tags = Map.copyOf(tags);
    policy.ifPresent(LocalUser::document);
  }

  /** A new user, with a new key and a new id. */
  public static LocalUser generate(
      String name,
      String path,
      Map<String, String> tags,
      Optional<String> policy,
      Instant created) {
    var random = new SecureRandom();
    var id = new StringBuilder("AIDA");
    for (int i = 0; i < ID_LENGTH; i++) {
      id.append(ID_ALPHABET.charAt(random.nextInt(ID_ALPHABET.length())));
    }
    return new LocalUser(name, path, id.toString(), AccessKey.generate(), created, tags, policy);
  }

  private static void requireTags(Map<String, String> tags) {
    if (tags.size() > MAX_TAGS) {
      throw new IllegalArgumentException("more than " + MAX_TAGS + " tags");
    }
    Set<String> seen = new HashSet<>();
    new TreeMap<>(tags)
        .forEach(
            (key, value) -> {
              if (key.isEmpty()
                  || key.length() > MAX_KEY
                  || value.length() > MAX_VALUE
                  || !TAG.matcher(key + value).matches()
                  || key.toLowerCase(Locale.ROOT).startsWith("aws:")
                  || !seen.add(key.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("not a tag, or one that is there: " + key);
              }
            });
  }

  /** The ARN that policies name, e.g. {@code arn:aws:iam::123456789012:user/ci/alice}. */
  public String arn() {
    return arn(path, name);
  }

  private static String arn(String path, String name) {
    return "arn:aws:iam::" + LocalAccount.ID + ":user" + path + name;
  }

  /** As the endpoint knows it. */
  S3User user() {
    return new S3User(
        key.id(),
        new SecretKey(key.secret()),
        arn(),
        userId,
        tags,
        policy.map(LocalUser::document).stream().toList());
  }

  private static PolicyDocument document(String json) {
    try {
      return PolicyDocument.parseIdentityPolicy(json);
    } catch (MalformedPolicyException e) {
      String where = e.where().isEmpty() ? "" : e.where() + ": ";
      throw new IllegalArgumentException("not an identity policy: " + where + e.getMessage(), e);
    }
  }

  /** Several of them, as lists print them. */
  static List<LocalUser> sorted(List<LocalUser> users) {
    return users.stream().sorted((a, b) -> a.name().compareToIgnoreCase(b.name())).toList();
  }
}
