package io.narthex.policy;

/** What a document is attached to, which decides what may stand in it. */
enum PolicyKind {
  BUCKET,
  IDENTITY;

  boolean accepts(ActionPattern action) {
    return this == IDENTITY || action.isOfS3();
  }

  boolean accepts(ResourcePattern resource) {
    return this == IDENTITY || resource.isOfS3();
  }
}
