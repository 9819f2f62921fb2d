package io.narthex.local.cli.login;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The text of a netrc file, in which one machine's entry can be set; everything else stays as it
 * is, byte for byte. curl takes the first entry of a host, and none behind {@code default}.
 *
 * @see <a href="https://everything.curl.dev/usingcurl/netrc.html">The netrc file, as curl reads
 *     it</a>
 */
public final class Netrc {
  private final String text;
  private final List<Entry> entries;
  private final OptionalInt fallback;
  private final boolean endsInMacro;

  /** From {@code machine} to behind the last word that belongs to it. */
  private record Entry(String machine, int start, int end) {
    Entry until(int last) {
      return new Entry(machine, start, last);
    }
  }

  private Netrc(String text, List<Entry> entries, OptionalInt fallback, boolean endsInMacro) {
    this.text = text;
    this.entries = List.copyOf(entries);
    this.fallback = fallback;
    this.endsInMacro = endsInMacro;
  }

  /**
   * Reads a file.
   *
   * @param text its bytes, one a character (ISO 8859-1), whatever they encode
   * @throws MalformedNetrcException if curl would not read it to its end
   */
  public static Netrc parse(String text) {
    return new Reading(text).read();
  }

  /** Whether it has a {@code default} entry, whose credentials are sent to every other host. */
  public boolean hasDefault() {
    return fallback.isPresent();
  }

  /**
   * The text with this entry as the first, and if it was the only one, as the only one of its host.
   */
  public String with(NetrcEntry entry) {
    Optional<Entry> old =
        entries.stream().filter(e -> e.machine().equalsIgnoreCase(entry.machine())).findFirst();
    if (old.isPresent() && isReached(old.get())) {
      return spliced(old.get().start(), old.get().end(), entry.line());
    }
    String rest = old.map(this::without).orElse(text);
    return fallback.isPresent()
        // It is in front of what is taken out.
        ? spliced(rest, fallback.getAsInt(), fallback.getAsInt(), entry.line() + "\n")
        : appended(entry);
  }

  private boolean isReached(Entry entry) {
    return fallback.isEmpty() || entry.start() < fallback.getAsInt();
  }

  private String appended(NetrcEntry entry) {
    String end = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
    // Else the entry would be a line of the macro.
    return text + end + (endsInMacro ? "\n" : "") + entry.line() + "\n";
  }

  /** With the line, if nothing else is on it. */
  private String without(Entry entry) {
    boolean isLine =
        text.startsWith("\n", entry.end())
            && (entry.start() == 0 || text.charAt(entry.start() - 1) == '\n');
    return spliced(entry.start(), entry.end() + (isLine ? 1 : 0), "");
  }

  private String spliced(int start, int end, String replacement) {
    return spliced(text, start, end, replacement);
  }

  private static String spliced(String text, int start, int end, String replacement) {
    return text.substring(0, start) + replacement + text.substring(end);
  }

  /** One pass over a file. */
  private static final class Reading {
    private final String text;
    private final NetrcScanner scanner;
    private final List<Entry> entries = new ArrayList<>();
    private OptionalInt fallback = OptionalInt.empty();
    private boolean isInEntry;
    private boolean endsInMacro;

    Reading(String text) {
      this.text = requireNonNull(text, "text is null");
      this.scanner = new NetrcScanner(text);
    }

    Netrc read() {
      Optional<NetrcToken> token = scanner.keyword();
      while (token.isPresent()) {
        read(token.get());
        token = scanner.keyword();
      }
      return new Netrc(text, entries, fallback, endsInMacro);
    }

    private void read(NetrcToken token) {
      if (token.is("machine")) {
        NetrcToken host = value(token);
        entries.add(new Entry(host.value(), token.start(), host.end()));
        isInEntry = true;
      } else if (token.is("default")) {
        fallback = fallback.isPresent() ? fallback : OptionalInt.of(token.start());
        isInEntry = false;
      } else if (token.is("macdef")) {
        endsInMacro = !scanner.skipMacro();
        isInEntry = false;
      } else {
        extend(isValued(token) ? value(token) : token);
      }
    }

    // Else it would take what is written behind it as its own.
    private NetrcToken value(NetrcToken keyword) {
      return scanner
          .value()
          .orElseThrow(
              () ->
                  new MalformedNetrcException(
                      "line %d: %s is the last word"
                          .formatted(text.lines().count(), keyword.value())));
    }

    private static boolean isValued(NetrcToken token) {
      return token.is("login") || token.is("password") || token.is("account");
    }

    private void extend(NetrcToken last) {
      if (isInEntry && !entries.isEmpty()) {
        entries.add(entries.removeLast().until(last.end()));
      }
    }
  }
}
