package io.narthex.local.cli;

/**
 * How a command ended.
 *
 * @param output what it printed, to both streams
 */
record Ended(int code, String output) {}
