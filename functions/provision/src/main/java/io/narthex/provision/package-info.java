/**
 * The function behind the stack's custom resource.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-custom-resources-lambda.html">Lambda-backed
 *     custom resources</a>
 */
@NullMarked
package io.narthex.provision;

import org.jspecify.annotations.NullMarked;
