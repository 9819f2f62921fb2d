package io.narthex.nix.codec;

import java.io.IOException;
import java.io.InputStream;

/**
 * Opens one library's decoder. It may throw whatever the library throws; {@link StrictDecoder}
 * makes it one kind of exception. Closing what it opened must not close the source.
 */
@FunctionalInterface
interface DecoderFactory {
  InputStream open(InputStream source) throws IOException;
}
