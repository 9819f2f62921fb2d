package io.narthex.cache.read;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.index.IndexReader;
import io.narthex.cache.json.MalformedJsonException;
import java.util.Optional;

/**
 * Answers questions about many paths from the index. Each answer tells a caller of a path what a
 * read of its narinfo would.
 */
public final class Queries {
  /** Where it is asked which paths are missing. */
  public static final String MISSING = "/api/v1/missing";

  private static final int MAX_LENGTH = 1024;

  private final AccessRules rules;
  private final MissingPaths missing;
  private final ClosurePaths closures;

  /** Queries by the same rules as reads. */
  public Queries(ReadPorts ports, CacheBucket bucket) {
    requireNonNull(ports, "ports is null");
    this.rules = new AccessRules(ports, bucket);
    var index = new IndexReader(ports.state(), ports.clock());
    this.missing = new MissingPaths(index);
    this.closures = new ClosurePaths(index, ports.settings());
  }

  /**
   * Which of the posted paths the caller cannot have.
   *
   * @throws io.narthex.cache.store.StoreException if S3 could not be asked
   */
  public Answer missing(byte[] json, Caller caller) {
    try {
      return missing.answer(MissingRequest.parse(json), rules.access(caller));
    } catch (MalformedJsonException e) {
      return new Answer.BadRequest(String.valueOf(e.getMessage()));
    }
  }

  /**
   * What is asked at an address; empty if nothing is.
   *
   * @param query what stands behind the question mark, as it was sent
   * @throws io.narthex.cache.store.StoreException if S3 could not be asked
   */
  public Optional<Answer> answer(ReadRequest request, String query) {
    Optional<String> path =
        request.rawPath().length() > MAX_LENGTH
            ? Optional.empty()
            : RequestPath.decode(request.rawPath());
    try {
      Optional<Question> question =
          path.isPresent() ? Question.of(path.get(), query) : Optional.empty();
      return question.map(asked -> answer(asked, request));
    } catch (MalformedQuestionException e) {
      return Optional.of(new Answer.BadRequest(String.valueOf(e.getMessage())));
    }
  }

  private Answer answer(Question question, ReadRequest request) {
    if (!request.isRead()) {
      return new Answer.MethodNotAllowed("this address only answers");
    }
    Answer answer = answer(question, rules.access(request.caller()));
    return request.isHead() && answer instanceof Answer.Inline whole ? whole.withoutBody() : answer;
  }

  private Answer answer(Question question, CallerAccess access) {
    return switch (question) {
      case Question.Closure closure -> closures.answer(closure, access);
    };
  }
}
