package io.github.pgtandem.plan;

import static io.github.pgtandem.schema.Identifiers.literal;

import io.github.pgtandem.schema.VersionedFunction;

/**
 * A function of a closed version, which only raises an error.
 *
 * @param create statement that makes it
 * @param drop statement that removes it
 */
public record RetiredFunction(String create, String drop) {

    static RetiredFunction of(VersionedFunction function, String baseSchema, String versionSchema, String message) {
        String body = "BEGIN RAISE EXCEPTION USING MESSAGE = " + literal(message) + ", ERRCODE = 'PGT01'; END";
        return new RetiredFunction(
                "CREATE FUNCTION " + function.head().in(baseSchema, versionSchema) + "\nLANGUAGE plpgsql AS "
                        + literal(body),
                "DROP FUNCTION IF EXISTS " + function.identity().in(baseSchema, versionSchema));
    }
}
