package io.narthex.local.http;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * The host's own routes by prefix. They are for this machine's user only: a page from elsewhere
 * whose name was made to resolve to 127.0.0.1 sends its own name as Host and finds nothing, and a
 * page that names the right host from another origin says so in Origin.
 */
final class LocalRoutes {
  private final List<Map.Entry<String, LocalRoute>> byPrefix;

  LocalRoutes(Map<String, LocalRoute> routes) {
    for (String prefix : routes.keySet()) {
      if (!prefix.startsWith("/") || !prefix.endsWith("/")) {
        throw new IllegalArgumentException("no prefix between slashes: " + prefix);
      }
    }
    Comparator<String> longestFirst = Comparator.comparingInt(String::length).reversed();
    this.byPrefix =
        Map.copyOf(routes).entrySet().stream()
            .sorted(Map.Entry.comparingByKey(longestFirst))
            .toList();
  }

  /** The route with the longest prefix of this path. */
  Optional<LocalRoute> at(String path) {
    for (Map.Entry<String, LocalRoute> route : byPrefix) {
      if (path.startsWith(route.getKey())) {
        return Optional.of(route.getValue());
      }
    }
    return Optional.empty();
  }

  /** Whether a request comes by a name of this machine, and from no other site's page. */
  static boolean isFromHere(HttpFields headers, int port) {
    List<String> here = List.of("127.0.0.1:" + port, "localhost:" + port);
    List<String> hosts = headers.getValuesList(HttpHeader.HOST);
    List<String> origins = headers.getValuesList(HttpHeader.ORIGIN);
    return hosts.size() == 1
        && here.containsAll(hosts)
        && origins.stream()
            .allMatch(origin -> here.stream().anyMatch(h -> origin.equals("http://" + h)));
  }
}
