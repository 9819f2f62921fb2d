package io.narthex.bench;

/**
 * What something took.
 *
 * @param wall elapsed seconds
 * @param cpu seconds of processor time, user and system, of all processes involved
 */
record Cost(double wall, double cpu) {}
