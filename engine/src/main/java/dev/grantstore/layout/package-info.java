/**
 * Which keyspaces exist, what their keys are, and the format's version. One file says it: {@link
 * dev.grantstore.layout.Keyspace}; rfc/0002 explains it. Knows no engine.
 */
@NullMarked
package dev.grantstore.layout;

import org.jspecify.annotations.NullMarked;
