package io.narthex.bench.price;

/**
 * Calls to S3 by what they are charged as. Deletions are free.
 *
 * @param writes PUT, LIST and the writing of tags
 * @param reads all others
 */
public record Calls(double writes, double reads) {
  /** Of the functions for one path whose references are there: archive, narinfo, listing. */
  public static final Calls OF_AN_UPLOAD = new Calls(11, 20);

  /** Events of S3 that one path makes, our own tags and listing among them. */
  public static final int EVENTS_OF_AN_UPLOAD = 5;

  /** Of the index for a batch of one path that has changed. */
  public static final Calls OF_AN_INDEX_BATCH = new Calls(2, 9);

  /** Of a rebuild of the index for each path, beside what it lists and writes. */
  public static final Calls OF_A_REBUILT_PATH = new Calls(0, 2);

  /** Of a narinfo that is there. */
  public static final Calls OF_A_NARINFO = new Calls(0, 1);

  /** Of a NAR that is there, as far as the redirect. */
  public static final Calls OF_A_NAR = new Calls(0, 1);

  /** Of a path that is not there. */
  public static final Calls OF_A_MISS = new Calls(0, 2);

  /** Of a sweep when nothing waits and no token is over. */
  public static final Calls OF_A_SWEEP = new Calls(2, 1);

  /** Of who looks after more than a minute what the settings are, and which keys are revoked. */
  static final Calls OF_THE_SETTINGS = new Calls(0, 2);

  /** Of stock Nix that uploads a path: NAR and narinfo, and a look whether they are there. */
  static final Calls OF_THE_UPLOADER = new Calls(2, 2);

  Calls plus(Calls other) {
    return new Calls(writes + other.writes, reads + other.reads);
  }

  Calls times(double factor) {
    return new Calls(writes * factor, reads * factor);
  }

  double all() {
    return writes + reads;
  }

  Usage usage() {
    return Usage.of(Item.S3_WRITES, writes).plus(Usage.of(Item.S3_READS, reads));
  }
}
