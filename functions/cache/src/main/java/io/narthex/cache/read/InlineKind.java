package io.narthex.cache.read;

/** The kinds of small objects that are answered with their bytes, decoded. */
enum InlineKind {
  NARINFO("text/x-nix-narinfo", "private, max-age=60", 1 << 20),
  JSON("application/json", "private, max-age=60", InlineKind.MAX_BODY),
  LOG("text/plain; charset=utf-8", "private, max-age=60", InlineKind.MAX_BODY);

  /** The most that fits into a function's answer of 6 MB when it is base64, in bytes. */
  static final int MAX_BODY = 4 << 20;

  private final String contentType;
  private final String cacheControl;
  private final int limit;

  InlineKind(String contentType, String cacheControl, int limit) {
    this.contentType = contentType;
    this.cacheControl = cacheControl;
    this.limit = limit;
  }

  String contentType() {
    return contentType;
  }

  /** The largest that is answered with its bytes; larger ones are redirected to. */
  int limit() {
    return limit;
  }

  /** Ours and never the uploader's; nothing in the bytes is ever run. */
  ResponseHeaders headers() {
    return ResponseHeaders.NONE
        .with("Content-Type", contentType)
        .with("Cache-Control", cacheControl)
        .with("Content-Security-Policy", "default-src 'none'; sandbox")
        .with("X-Content-Type-Options", "nosniff");
  }
}
