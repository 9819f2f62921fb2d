/** The XML of AWS's answers and requests. */
@NullMarked
package io.narthex.aws.xml;

import org.jspecify.annotations.NullMarked;
