package io.narthex.policy;

import static java.util.Comparator.comparingInt;
import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
  private static final ContextValues UNKNOWN = new ContextValues(new ContextValue.Unknown());

  private final Map<String, ContextValue> keys;
  private final Map<String, ContextValue> families;
  private final Map<String, ContextValues> values;

  /** What is said of prefixes, the longest first. */
  private final List<Family> byPrefix;

  /** What is said of all keys with a prefix. */
  private record Family(String prefix, ContextValues values) {}

  private RequestContext(Map<String, ContextValue> keys, Map<String, ContextValue> families) {
    this.keys = Map.copyOf(keys);
    this.families = Map.copyOf(families);
    this.values = new HashMap<>();
    this.keys.forEach((key, said) -> values.put(key, new ContextValues(said)));
    this.byPrefix =
        this.families.entrySet().stream()
            .map(said -> new Family(said.getKey(), new ContextValues(said.getValue())))
            .sorted(comparingInt(family -> -family.prefix().length()))
            .toList();
  }

  /** A context of which nothing is known yet. */
  public static Builder builder() {
    return new Builder(Map.of(), Map.of());
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
    ContextValues said = values.get(canonicalKey);
    if (said != null) {
      return said;
    }
    for (int i = 0; i < byPrefix.size(); i++) {
      if (canonicalKey.startsWith(byPrefix.get(i).prefix())) {
        return byPrefix.get(i).values();
      }
    }
    return UNKNOWN;
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
    private final Map<String, ContextValue> keys;
    private final Map<String, ContextValue> families;

    private Builder(Map<String, ContextValue> keys, Map<String, ContextValue> families) {
      this.keys = new HashMap<>(keys);
      this.families = new HashMap<>(families);
    }

    /**
     * The key has this value. A second, different value makes it multi-valued: so do two tags whose
     * names differ in case only, and then no plain positive condition on them holds.
     */
    public Builder value(String key, String value) {
      requireNonNull(value, "value is null");
      Set<String> values = new LinkedHashSet<>();
      if (keys.get(canonical(key)) instanceof ContextValue.Known known) {
        values.addAll(known.values());
      }
      values.add(value);
      keys.put(canonical(key), new ContextValue.Known(List.copyOf(values)));
      return this;
    }

    /** The key has exactly these values; none of them means absent. */
    public Builder values(String key, List<String> values) {
      keys.put(
          canonical(key),
          values.isEmpty() ? new ContextValue.Absent() : new ContextValue.Known(values));
      return this;
    }

    /** The key is known not to be in the request. */
    public Builder absent(String key) {
      keys.put(canonical(key), new ContextValue.Absent());
      return this;
    }

    /** The key's value could not be found out. */
    public Builder unknown(String key) {
      keys.put(canonical(key), new ContextValue.Unknown());
      return this;
    }

    /**
     * All keys with this prefix that are not spoken of otherwise are known not to be in the
     * request: {@code s3:RequestObjectTag/} when all tags of the request were given, {@code s3:}
     * when all keys of S3 were.
     */
    public Builder absentUnder(String prefix) {
      families.put(canonical(prefix), new ContextValue.Absent());
      return this;
    }

    /** Keys with this prefix are unknown, though a shorter prefix may be known to be absent. */
    public Builder unknownUnder(String prefix) {
      families.put(canonical(prefix), new ContextValue.Unknown());
      return this;
    }

    /** The context as collected so far. */
    public RequestContext build() {
      return new RequestContext(keys, families);
    }
  }
}
