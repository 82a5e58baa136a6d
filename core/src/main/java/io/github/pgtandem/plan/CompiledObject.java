package io.github.pgtandem.plan;

import io.github.pgtandem.schema.VersionObject;
import org.jspecify.annotations.Nullable;

/**
 * What PostgreSQL made of a version's view or function.
 *
 * @param object compiled, or as it was where it failed
 * @param field of the operation that the failure is about
 * @param failure what PostgreSQL said against it, or null
 */
public record CompiledObject(
        VersionObject object, String field, @Nullable CompileFailure failure) {}
