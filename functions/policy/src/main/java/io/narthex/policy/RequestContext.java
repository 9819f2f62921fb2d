package io.narthex.policy;

import static java.util.Comparator.comparingInt;
import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The condition keys of a request. Names are compared without regard to case, the tag key in {@code
 * s3:ExistingObjectTag/nix-verdict} included. A key of which nothing is said is <em>unknown</em>,
 * not absent: conditions on it never allow and always deny.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html">Global
 *     condition keys</a>
 */
public final class RequestContext {
  private final Map<String, ContextValues> keys;

  /** What is said of prefixes, the longest first. */
  private final List<Family> families;

  /** What is said of all keys with a prefix. */
  private record Family(String prefix, ContextValues values) {
    static final Comparator<Family> LONGEST_FIRST =
        comparingInt((Family family) -> -family.prefix().length()).thenComparing(Family::prefix);
  }

  /** Whose keys it has; empty for one whose keys do not say so. */
  private final Optional<Principal> caller;

  /** Neither map nor list is changed any more. */
  private RequestContext(
      Map<String, ContextValues> keys, List<Family> families, Optional<Principal> caller) {
    this.keys = keys;
    this.families = families;
    this.caller = caller;
  }

  /** The same, which has been given the keys of a caller. */
  RequestContext ofCaller(Principal principal) {
    return new RequestContext(keys, families, Optional.of(principal));
  }

  /** Whether it has been. */
  boolean isOfCaller(Principal principal) {
    return caller.isPresent() && caller.get().equals(principal);
  }

  /** A context of which nothing is known yet. */
  public static Builder builder() {
    return new Builder(Map.of(), List.of());
  }

  /** A builder that begins with what this context says. */
  public Builder toBuilder() {
    return new Builder(keys, families);
  }

  /** What is known of the key: as said of it, else as said of its longest prefix, else unknown. */
  public ContextValue value(String key) {
    return values(canonical(key)).said();
  }

  /** The same of a key in its canonical spelling, ready to be compared. */
  ContextValues values(String canonicalKey) {
    ContextValues said = keys.get(canonicalKey);
    if (said != null) {
      return said;
    }
    for (int i = 0; i < families.size(); i++) {
      if (canonicalKey.startsWith(families.get(i).prefix())) {
        return families.get(i).values();
      }
    }
    return ContextValues.UNKNOWN;
  }

  /** The spelling under which a key is compared: lower case. */
  static String canonical(String key) {
    return key.toLowerCase(Locale.ROOT);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RequestContext that
        && keys.equals(that.keys)
        && families.equals(that.families);
  }

  @Override
  public int hashCode() {
    return Objects.hash(keys, families);
  }

  /** The names only: values may be personal. */
  @Override
  public String toString() {
    return "RequestContext" + keys.keySet();
  }

  /** Collects what is known. What is said last of a key holds, but values of one key add up. */
  public static final class Builder {
    /** So many keys a request of a cache has, or a few more. */
    private static final int USUAL = 40;

    private Map<String, ContextValues> keys;
    private List<Family> families;

    /** Whether these are of a context too, so that a change must be made to copies. */
    private boolean isShared = true;

    private Builder(Map<String, ContextValues> keys, List<Family> families) {
      this.keys = keys;
      this.families = families;
    }

    /**
     * The key has this value. A second, different value makes it multi-valued: so do two tags whose
     * names differ in case only, and then no plain positive condition on them holds.
     */
    public Builder value(String key, String value) {
      requireNonNull(value, "value is null");
      String canonical = canonical(key);
      ContextValues before = keys.get(canonical);
      return before != null && before.said() instanceof ContextValue.Known known
          ? put(canonical, ContextValues.of(added(known.values(), value)))
          : put(canonical, ContextValues.of(List.of(value)));
    }

    private static List<String> added(List<String> values, String value) {
      Set<String> all = new LinkedHashSet<>(values);
      all.add(value);
      return List.copyOf(all);
    }

    /** The key has exactly these values; none of them means absent. */
    public Builder values(String key, List<String> values) {
      return put(canonical(key), ContextValues.of(values));
    }

    /** The key is known not to be in the request. */
    public Builder absent(String key) {
      return put(canonical(key), ContextValues.ABSENT);
    }

    /** The key's value could not be found out. */
    public Builder unknown(String key) {
      return put(canonical(key), ContextValues.UNKNOWN);
    }

    /**
     * All keys with this prefix that are not spoken of otherwise are known not to be in the
     * request: {@code s3:RequestObjectTag/} when all tags of the request were given, {@code s3:}
     * when all keys of S3 were.
     */
    public Builder absentUnder(String prefix) {
      return put(new Family(canonical(prefix), ContextValues.ABSENT));
    }

    /** Keys with this prefix are unknown, though a shorter prefix may be known to be absent. */
    public Builder unknownUnder(String prefix) {
      return put(new Family(canonical(prefix), ContextValues.UNKNOWN));
    }

    private Builder put(String canonicalKey, ContextValues values) {
      unshare();
      keys.put(canonicalKey, values);
      return this;
    }

    private Builder put(Family family) {
      unshare();
      families.removeIf(before -> before.prefix().equals(family.prefix()));
      families.add(family);
      families.sort(Family.LONGEST_FIRST);
      return this;
    }

    private void unshare() {
      if (isShared) {
        keys = copy(keys);
        families = new ArrayList<>(families);
        isShared = false;
      }
    }

    private static Map<String, ContextValues> copy(Map<String, ContextValues> keys) {
      Map<String, ContextValues> copy = HashMap.newHashMap(Math.max(USUAL, keys.size() + 4));
      copy.putAll(keys);
      return copy;
    }

    /** The context as collected so far. */
    public RequestContext build() {
      isShared = true;
      return new RequestContext(keys, families, Optional.empty());
    }
  }
}
