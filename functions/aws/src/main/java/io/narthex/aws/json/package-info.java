/** Reading the platform's JSON events field by field, without building a tree. */
@NullMarked
package io.narthex.aws.json;

import org.jspecify.annotations.NullMarked;
