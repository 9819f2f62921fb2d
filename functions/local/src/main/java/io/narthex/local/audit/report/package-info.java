/** The page that people look at after an audit, made from {@code report.json}. */
@NullMarked
package io.narthex.local.audit.report;

import org.jspecify.annotations.NullMarked;
