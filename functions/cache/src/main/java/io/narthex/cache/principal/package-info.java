/** Who a caller of our door is: credentials, and what they prove. */
@NullMarked
package io.narthex.cache.principal;

import org.jspecify.annotations.NullMarked;
