package io.narthex.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.store.ETag;
import io.narthex.cache.store.ListPage;
import io.narthex.cache.store.NewObject;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.PutResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What {@link ObjectStore} promises, as tests. A store that passes may carry the domain; each test
 * gets an empty bucket.
 */
public abstract class ObjectStoreContract {
  /** As many callers as race in these tests. */
  protected static final int CALLERS = 16;

  /** The one key of most of these tests. */
  protected static final ObjectKey KEY = new ObjectKey("a/b");

  private static final int INCREMENTS = 5;

  /** More objects than one page of a listing holds. */
  protected static final int MANY = 1005;

  /** The store under test, over an empty bucket; the same one throughout a test. */
  protected abstract ObjectStore store();

  @Test
  void hasNothingUnderAnAbsentKey() {
    assertThat(store().head(KEY)).isEmpty();
    assertThat(store().open(KEY)).isEmpty();
    store().delete(KEY);
    assertThat(store().listAll("")).isEmpty();
  }

  @Test
  void readsWhatWasWritten() {
    PutResult.Stored stored = create(KEY, "hello");
    ObjectContent content = store().open(KEY).orElseThrow();
    assertThat(content.readAll()).asString().isEqualTo("hello");
    assertThat(content.object().etag()).isEqualTo(stored.etag());
    assertThat(content.object().size()).isEqualTo(5);
    assertThat(content.object().contentType()).contains("text/plain");
    assertThat(store().head(KEY)).contains(content.object());
  }

  @Test
  void readsPartsAsFarAsTheObjectGoes() {
    create(KEY, "0123456789");
    assertThat(part(0, 4)).contains("0123");
    assertThat(part(3, 1)).contains("3");
    assertThat(part(7, 3)).contains("789");
    assertThat(part(7, 100)).contains("789");
    assertThat(part(10, 1)).contains("");
    assertThat(part(1000, 5)).contains("");
    assertThat(store().read(new ObjectKey("absent"), 0, 1)).isEmpty();
  }

  private Optional<String> part(long from, int length) {
    return store().read(KEY, from, length).map(bytes -> new String(bytes, UTF_8));
  }

  @Test
  protected void doesNotCreateWhatIsThere() {
    create(KEY, "first");
    assertThat(store().putIfAbsent(KEY, object("second")))
        .isEqualTo(new PutResult.PreconditionFailed());
    assertThat(text(KEY)).isEqualTo("first");
  }

  @Test
  protected void createsForExactlyOneOfManyCallers() {
    List<PutResult> results =
        race(caller -> () -> store().putIfAbsent(KEY, object("caller " + caller)));
    assertThat(results).filteredOn(PutResult.Stored.class::isInstance).hasSize(1);
    int winner =
        IntStream.range(0, CALLERS)
            .filter(i -> results.get(i) instanceof PutResult.Stored)
            .findFirst()
            .orElseThrow();
    assertThat(text(KEY)).isEqualTo("caller " + winner);
  }

  @Test
  protected void replacesOnlyWhatStillHasItsEntityTag() {
    ETag first = create(KEY, "first").etag();
    assertThat(store().putIfMatch(KEY, first, object("second")))
        .isInstanceOf(PutResult.Stored.class);
    assertThat(store().putIfMatch(KEY, first, object("third")))
        .isEqualTo(new PutResult.PreconditionFailed());
    assertThat(text(KEY)).isEqualTo("second");
  }

  @Test
  void doesNotReplaceWhatIsAbsent() {
    ETag gone = create(KEY, "first").etag();
    store().delete(KEY);
    assertThat(store().putIfMatch(KEY, gone, object("second")))
        .isEqualTo(new PutResult.PreconditionFailed());
    assertThat(store().head(KEY)).isEmpty();
  }

  @Test
  protected void losesNoIncrementOfACounter() {
    create(KEY, "0");
    race(
        caller ->
            () -> {
              IntStream.range(0, INCREMENTS).forEach(i -> increment());
              return caller;
            });
    assertThat(text(KEY)).isEqualTo(Integer.toString(CALLERS * INCREMENTS));
  }

  private void increment() {
    PutResult result;
    do {
      ObjectContent content = store().open(KEY).orElseThrow();
      int next = Integer.parseInt(utf8(content)) + 1;
      result = store().putIfMatch(KEY, content.object().etag(), object(Integer.toString(next)));
    } while (!(result instanceof PutResult.Stored));
  }

  @Test
  void forgetsWhatIsDeleted() {
    create(KEY, "first");
    store().delete(KEY);
    assertThat(store().open(KEY)).isEmpty();
    assertThat(store().listAll("")).isEmpty();
    create(KEY, "again");
    assertThat(text(KEY)).isEqualTo("again");
  }

  @Test
  void listsByPrefixInOrder() {
    List.of("b/2", "a", "b/1", "b-", "c").forEach(key -> create(new ObjectKey(key), key));
    assertThat(keys(store().list("b/", Optional.empty(), 10))).containsExactly("b/1", "b/2");
    assertThat(keys(store().list("", Optional.of(new ObjectKey("b-")), 2)))
        .containsExactly("b/1", "b/2");
    assertThat(store().list("b", Optional.empty(), 2).more()).isTrue();
    assertThat(store().list("zzz", Optional.empty(), 2)).isEqualTo(new ListPage(List.of(), false));
  }

  /** Slashes are letters like others. */
  @Test
  protected void holdsAKeyAndAnotherThatContinuesItAfterASlash() {
    create(KEY, "short");
    create(new ObjectKey(KEY + "/c"), "long");
    assertThat(text(KEY)).isEqualTo("short");
    assertThat(store().listAll("")).hasSize(2);
  }

  @Test
  protected void listsMoreThanOnePage() {
    List<String> expected = IntStream.range(0, MANY).mapToObj("many/%05d"::formatted).toList();
    expected.forEach(key -> create(new ObjectKey(key), "x"));
    ListPage page = store().list("many/", Optional.empty(), Integer.MAX_VALUE);
    assertThat(page.entries()).hasSize(ObjectStore.MAX_PAGE);
    assertThat(page.more()).isTrue();
    assertThat(store().listAll("many/"))
        .extracting(entry -> entry.key().value())
        .isEqualTo(expected);
  }

  /** Creates an object, which must be absent. */
  protected final PutResult.Stored create(ObjectKey key, String text) {
    return (PutResult.Stored) store().putIfAbsent(key, object(text));
  }

  /** A small object of this text. */
  protected static NewObject object(String text) {
    return NewObject.of(text, "text/plain");
  }

  /** The text of the current object. */
  protected final String text(ObjectKey key) {
    return utf8(store().open(key).orElseThrow());
  }

  /** The text of an object that was opened. */
  protected static String utf8(ObjectContent content) {
    return new String(content.readAll(), UTF_8);
  }

  private static List<String> keys(ListPage page) {
    return page.entries().stream().map(entry -> entry.key().value()).toList();
  }

  /** One caller of a race. */
  @FunctionalInterface
  protected interface Racer<T> {
    /** What the caller of this number does. */
    Callable<T> caller(int number);
  }

  /** The answers to all callers, in the order of their numbers. */
  protected static <T> List<T> race(Racer<T> racer) {
    try (ExecutorService threads = Executors.newFixedThreadPool(CALLERS)) {
      List<Callable<T>> callers = IntStream.range(0, CALLERS).mapToObj(racer::caller).toList();
      var answers = new ArrayList<T>();
      for (Future<T> answer : threads.invokeAll(callers)) {
        answers.add(answer.get());
      }
      return answers;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
