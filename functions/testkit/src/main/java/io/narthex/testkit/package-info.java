/** Fixtures, fakes and contracts for the tests of every module. */
@NullMarked
package io.narthex.testkit;

import org.jspecify.annotations.NullMarked;
