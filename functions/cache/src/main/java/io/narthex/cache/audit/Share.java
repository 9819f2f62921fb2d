package io.narthex.cache.audit;

/** Some of the paths, in numbers: how many, and the bytes of their NARs as stored and decoded. */
public record Share(long paths, long fileBytes, long narBytes) {
  static final Share NONE = new Share(0, 0, 0);

  Share with(PathSizes sizes) {
    return new Share(paths + 1, fileBytes + sizes.fileSize(), narBytes + sizes.narSize());
  }
}
