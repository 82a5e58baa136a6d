-- Indexes of partitions are called so until complete.
CREATE OR REPLACE FUNCTION pgtandem.partition_index(relation oid, of text) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT format('%I.%I', n.nspname, '_pgtandem_' || left(md5(of), 16) || '_' || c.oid)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.oid = relation
$$;

-- The next statement that takes an index to the partitions; null when each has its part.
CREATE OR REPLACE FUNCTION pgtandem.next_partition_index(whole regclass, name text, create_index text, definition text)
RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
    part record;
    own text;
    above regclass;
    attached oid;
    parts jsonb;
BEGIN
    SELECT jsonb_build_object(whole::oid::text, i.oid::text) INTO parts
    FROM pg_class i JOIN pg_class t ON t.oid = whole AND i.relnamespace = t.relnamespace
    WHERE i.relname = name;
    FOR part IN
        SELECT s.relid, s.parentrelid::oid AS parent, s.isleaf, format('%I.%I', n.nspname, c.relname) AS relation
        FROM pg_partition_tree(whole) s
        JOIN pg_class c ON c.oid = s.relid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE s.level > 0
        ORDER BY s.level, c.oid
    LOOP
        above := (parts ->> part.parent::text)::oid::regclass;
        SELECT h.inhrelid INTO attached
        FROM pg_inherits h JOIN pg_index x ON x.indexrelid = h.inhrelid
        WHERE h.inhparent = above AND x.indrelid = part.relid;
        IF attached IS NULL THEN
            own := pgtandem.partition_index(part.relid, name);
            IF to_regclass(own) IS NULL THEN
                RETURN format(CASE WHEN part.isleaf THEN '%s CONCURRENTLY %I ON %s %s' ELSE '%s %I ON ONLY %s %s' END,
                    create_index, '_pgtandem_' || left(md5(name), 16) || '_' || part.relid::oid, part.relation,
                    definition);
            ELSIF part.isleaf AND NOT (SELECT indisvalid FROM pg_index WHERE indexrelid = own::regclass) THEN
                RETURN 'DROP INDEX CONCURRENTLY ' || own;
            END IF;
            RETURN format('ALTER INDEX %s ATTACH PARTITION %s', above, own);
        END IF;
        parts := parts || jsonb_build_object(part.relid::oid::text, attached::text);
    END LOOP;
    RETURN NULL;
END
$$;

-- The next statement that makes rows unique in all partitions; null when they are.
CREATE OR REPLACE FUNCTION pgtandem.next_partition_key(whole regclass, name text, key text, definition text, is_added boolean)
RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
    part record;
    own text;
BEGIN
    IF EXISTS (SELECT FROM pg_constraint WHERE conrelid = whole AND conname = name) THEN
        RETURN NULL;
    END IF;
    FOR part IN
        SELECT c.oid, format('%I.%I', n.nspname, c.relname) AS relation
        FROM pg_partition_tree(whole) s
        JOIN pg_class c ON c.oid = s.relid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE s.isleaf AND s.level > 0
        ORDER BY c.oid
    LOOP
        own := pgtandem.partition_index(part.oid, name);
        IF to_regclass(own) IS NULL THEN
            RETURN format('CREATE UNIQUE INDEX CONCURRENTLY %I ON %s %s',
                '_pgtandem_' || left(md5(name), 16) || '_' || part.oid, part.relation, definition);
        ELSIF NOT (SELECT indisvalid FROM pg_index WHERE indexrelid = own::regclass) THEN
            RETURN 'DROP INDEX CONCURRENTLY ' || own;
        END IF;
    END LOOP;
    RETURN CASE WHEN is_added
                THEN format('SELECT pgtandem.add_partitioned_key(%L, %L, %L)', whole::text, name, key) END;
END
$$;

-- Makes the partitions' indexes constraints, and one over them all, to which PostgreSQL attaches them as they are.
CREATE OR REPLACE FUNCTION pgtandem.add_partitioned_key(whole regclass, name text, key text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    part record;
    own text;
    definition text := key;
    added text;
BEGIN
    EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', whole);
    FOR part IN
        SELECT c.oid, format('%I.%I', n.nspname, c.relname) AS relation
        FROM pg_partition_tree(whole) s
        JOIN pg_class c ON c.oid = s.relid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE s.isleaf AND s.level > 0
        ORDER BY c.oid
    LOOP
        own := pgtandem.partition_index(part.oid, name);
        IF to_regclass(own) IS NOT NULL THEN
            added := '_pgtandem_' || left(md5(name), 16) || '_' || part.oid;
            EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I %s USING INDEX %I', part.relation, added,
                split_part(key, ' (', 1), added);
            SELECT pg_get_constraintdef(k.oid) INTO definition
            FROM pg_constraint k
            WHERE k.conrelid = part.oid AND k.conname = added;
        ELSIF key LIKE 'UNIQUE%' THEN
            -- It was created a moment ago; its index is built first.
            RETURN;
        END IF;
    END LOOP;
    EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I %s', whole, name, definition);
    -- Those between whole and partitions are named with them, when columns have their final names.
    FOR part IN
        SELECT s.relid::regclass AS index, '_pgtandem_' || left(md5(name), 16) || '_' || x.indrelid AS generated
        FROM pg_constraint k
        CROSS JOIN LATERAL pg_partition_tree(k.conindid) s
        JOIN pg_index x ON x.indexrelid = s.relid
        JOIN pg_class i ON i.oid = s.relid
        WHERE k.conrelid = whole AND k.conname = name AND s.level > 0 AND NOT starts_with(i.relname, '_pgtandem_')
    LOOP
        EXECUTE format('ALTER INDEX %s RENAME TO %I', part.index, part.generated);
    END LOOP;
END
$$;

-- Names indexes of partitions as PostgreSQL would have named them had they been created over the whole at once.
CREATE OR REPLACE FUNCTION pgtandem.name_partition_indexes(whole regclass) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    part record;
    head text;
    tail text;
    number text;
BEGIN
    FOR part IN
        SELECT i.oid::regclass AS index, n.nspname, t.relname AS head,
               CASE k.contype WHEN 'p' THEN '_pkey' WHEN 'u' THEN '_key' WHEN 'x' THEN '_excl' ELSE '_idx' END AS label,
               CASE WHEN k.contype = 'p' THEN '' ELSE
                 (SELECT '_' || string_agg(CASE WHEN x.indkey[a.attnum - 1] = 0 THEN a.attname ELSE c.attname END, '_'
                                           ORDER BY a.attnum)
                  FROM pg_attribute a
                  LEFT JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum = x.indkey[a.attnum - 1]
                  WHERE a.attrelid = i.oid) END AS tail
        FROM pg_partition_tree(whole) s
        JOIN pg_class i ON i.oid = s.relid
        JOIN pg_namespace n ON n.oid = i.relnamespace
        JOIN pg_index x ON x.indexrelid = i.oid
        JOIN pg_class t ON t.oid = x.indrelid
        LEFT JOIN pg_constraint k ON k.conindid = i.oid AND k.contype IN ('p', 'u', 'x')
        WHERE s.level > 0 AND strpos(i.relname, '_pgtandem_') > 0
        ORDER BY s.level, t.oid
    LOOP
        head := part.head;
        tail := part.tail;
        number := '';
        LOOP
            -- The longer of both is cut first.
            WHILE octet_length(head) + octet_length(tail) + octet_length(part.label) + octet_length(number) > 63 LOOP
                IF octet_length(head) > octet_length(tail) - 1 THEN
                    head := left(head, -1);
                ELSE
                    tail := left(tail, -1);
                END IF;
            END LOOP;
            EXIT WHEN to_regclass(format('%I.%I', part.nspname, head || tail || part.label || number)) IS NULL;
            number := (coalesce(nullif(number, ''), '0')::int + 1)::text;
        END LOOP;
        EXECUTE format('ALTER INDEX %s RENAME TO %I', part.index, head || tail || part.label || number);
    END LOOP;
END
$$;

-- Drops the indexes of partitions that were not attached to the one over them all.
CREATE OR REPLACE FUNCTION pgtandem.drop_partition_indexes(whole text, name text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    own text;
BEGIN
    FOR own IN SELECT pgtandem.partition_index(s.relid, name) FROM pg_partition_tree(to_regclass(whole)) s LOOP
        EXECUTE 'DROP INDEX IF EXISTS ' || own;
    END LOOP;
END
$$;

-- The next statement that takes a foreign key to the partitions and then to the whole; null when all have it.
CREATE OR REPLACE FUNCTION pgtandem.next_partition_foreign_key(whole regclass, name text, definition text) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
    part record;
BEGIN
    IF EXISTS (SELECT FROM pg_constraint WHERE conrelid = whole AND conname = name) THEN
        RETURN NULL;
    END IF;
    FOR part IN
        SELECT format('%I.%I', n.nspname, c.relname) AS relation, k.convalidated
        FROM pg_partition_tree(whole) s
        JOIN pg_class c ON c.oid = s.relid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_constraint k ON k.conrelid = c.oid AND k.conname = name
        WHERE s.isleaf AND s.level > 0 AND k.convalidated IS DISTINCT FROM true
        ORDER BY c.oid
        LIMIT 1
    LOOP
        RETURN CASE WHEN part.convalidated IS NULL
                    THEN format('ALTER TABLE %s ADD CONSTRAINT %I %s NOT VALID', part.relation, name, definition)
                    ELSE format('ALTER TABLE %s VALIDATE CONSTRAINT %I', part.relation, name) END;
    END LOOP;
    RETURN format('ALTER TABLE %s ADD CONSTRAINT %I %s', whole, name, definition);
END
$$;

-- Drops a constraint of partitions that the whole has not got yet.
CREATE OR REPLACE FUNCTION pgtandem.drop_partition_constraints(whole text, name text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    part regclass;
BEGIN
    FOR part IN
        SELECT s.relid
        FROM pg_partition_tree(to_regclass(whole)) s
        JOIN pg_constraint k ON k.conrelid = s.relid AND k.conname = name AND k.conparentid = 0
    LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', part, name);
    END LOOP;
END
$$;

-- Renames a constraint of partitions after that of the whole.
CREATE OR REPLACE FUNCTION pgtandem.rename_partition_constraints(whole regclass, old_name text, new_name text)
RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    part regclass;
BEGIN
    FOR part IN
        SELECT s.relid
        FROM pg_partition_tree(whole) s
        JOIN pg_constraint k ON k.conrelid = s.relid AND k.conname = old_name AND k.conparentid <> 0
    LOOP
        EXECUTE format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I', part, old_name, new_name);
    END LOOP;
END
$$;
