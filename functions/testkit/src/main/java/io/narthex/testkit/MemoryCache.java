package io.narthex.testkit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.admission.Admission;
import io.narthex.cache.admission.Outcome;
import io.narthex.cache.admission.Relook;
import io.narthex.cache.admission.Sweep;
import io.narthex.cache.admission.Upstreams;
import io.narthex.cache.report.Report;
import io.narthex.cache.report.Reports;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.settings.SettingsSource;
import io.narthex.cache.signing.NarInfoSigner;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.store.TaggedVersion;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.path.StorePathHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A whole cache in memory: both buckets, the queue between, and the verifying function's domain.
 * Events are delivered when a test says so, in any order, again, or late.
 */
public final class MemoryCache {
  private static final int MAX_RECEIVES = 5;

  private final MovableClock clock = new MovableClock();
  private final MemoryStore cache = new MemoryStore(clock);
  private final MemoryStore state = new MemoryStore(clock);
  private final List<Message> queue = new ArrayList<>();
  private final List<ObjectKey> deadLetters = new ArrayList<>();
  private final List<Outcome> outcomes = new ArrayList<>();
  private final Admission admission;
  private final Sweep sweep;
  private final Relook relook;
  private Settings settings;
  private Upstreams upstreams = (upstream, hash) -> Optional.empty();

  private record Message(ObjectKey key, int receives) {
    Message {
      requireNonNull(key, "key is null");
    }
  }

  /** One that does not sign. */
  public MemoryCache(Settings settings) {
    this(settings, Optional.empty());
  }

  /** One that signs what it has verified, if there is a signer. */
  public MemoryCache(Settings settings, Optional<NarInfoSigner> signer) {
    this.settings = requireNonNull(settings, "settings is null");
    this.admission =
        new Admission(
            cache,
            state,
            keys -> keys.forEach(this::send),
            (upstream, hash) -> upstreams.narInfo(upstream, hash),
            () -> this.settings,
            signer,
            clock);
    this.sweep = new Sweep(state, keys -> keys.forEach(this::send), clock);
    SettingsSource source = () -> this.settings;
    this.relook =
        new Relook(cache, state, source.signedBy(signer), keys -> keys.forEach(this::send));
    cache.announcing((event, key) -> send(key));
  }

  public MovableClock clock() {
    return clock;
  }

  public MemoryStore cache() {
    return cache;
  }

  public MemoryStore state() {
    return state;
  }

  public Admission admission() {
    return admission;
  }

  public Sweep sweep() {
    return sweep;
  }

  public Relook relook() {
    return relook;
  }

  public void settings(Settings changed) {
    settings = changed;
  }

  public void upstreams(Upstreams changed) {
    upstreams = changed;
  }

  /** All outcomes so far. */
  public List<Outcome> outcomes() {
    return List.copyOf(outcomes);
  }

  public List<ObjectKey> deadLetters() {
    return List.copyOf(deadLetters);
  }

  /** Has a key looked at. */
  public synchronized void send(ObjectKey key) {
    queue.add(new Message(key, 0));
  }

  /** Loses all events that were not delivered: the objects were there before anybody listened. */
  public synchronized void loseEvents() {
    queue.clear();
  }

  /** Delivers events in their order until there are none. */
  public void drain() {
    while (!queue.isEmpty()) {
      deliver(queue.removeFirst());
    }
  }

  /** Delivers events in random order, some of them twice, until there are none. */
  public void drain(Random random) {
    while (!queue.isEmpty()) {
      Message message = queue.remove(random.nextInt(queue.size()));
      if (random.nextInt(10) == 0) {
        queue.add(message);
      }
      deliver(message);
    }
  }

  /** Delivers one event of random choice; whether there was one. */
  public boolean deliverOne(Random random) {
    if (queue.isEmpty()) {
      return false;
    }
    deliver(queue.remove(random.nextInt(queue.size())));
    return true;
  }

  private void deliver(Message message) {
    try {
      outcomes.addAll(admission.look(message.key()));
    } catch (StoreException e) {
      if (message.receives() + 1 >= MAX_RECEIVES) {
        deadLetters.add(message.key());
      } else {
        queue.add(new Message(message.key(), message.receives() + 1));
      }
    }
  }

  /** Whether a reader may have this object now. */
  public boolean isServed(String key) {
    return verdict(key).equals(Optional.of(VerdictTag.VERIFIED));
  }

  /** The verdict on the current version; empty if there is none, or no object. */
  public Optional<VerdictTag> verdict(String key) {
    return cache.tags(new ObjectKey(key)).map(TaggedVersion::tags).flatMap(VerdictTag::of);
  }

  /** Whether anything is there under this key. */
  public boolean isThere(String key) {
    return cache.head(new ObjectKey(key)).isPresent();
  }

  /** The report on a store path, which must exist. */
  public Report report(StorePathHash hash) {
    return new Reports(state).read(hash).orElseThrow().report();
  }
}
