package io.narthex.local.http;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * By what names a door on loopback is asked. A web page whose own name was made to resolve to
 * 127.0.0.1 shares its origin with the door and could read from it, but sends that name as Host.
 *
 * @param names in lower case, without a port, an IPv6 address in brackets
 */
public record HostNames(Set<String> names) {
  /** What loopback is called everywhere. */
  public static final HostNames LOOPBACK = new HostNames(Set.of("127.0.0.1", "localhost", "[::1]"));

  private static final String NAME = "[a-z0-9_.-]+|\\[[0-9a-f:.]+]";

  /** Refuses what is no name or address, or has a port. */
  public HostNames {
    names = Set.copyOf(names);
    for (String name : names) {
      if (!name.matches(NAME)) {
        throw new IllegalArgumentException("not a host name without a port: " + name);
      }
    }
  }

  /** These and others, in any case. */
  public HostNames and(Collection<String> others) {
    Set<String> all = new HashSet<>(names);
    others.forEach(other -> all.add(other.toLowerCase(Locale.ROOT)));
    return new HostNames(all);
  }

  /**
   * Whether a request with these Host fields is meant for here; the port may be a forwarded one.
   */
  public boolean has(List<String> hosts) {
    return hosts.size() == 1 && names.contains(name(hosts.getFirst()));
  }

  /** The name in a Host field, in lower case. */
  public static String name(String host) {
    return host.replaceFirst(":[0-9]*$", "").toLowerCase(Locale.ROOT);
  }
}
