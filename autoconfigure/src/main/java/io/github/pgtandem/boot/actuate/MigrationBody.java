package io.github.pgtandem.boot.actuate;

import io.github.pgtandem.MigrationDetail;
import io.github.pgtandem.MigrationState;
import java.util.List;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/** A {@link MigrationDetail} as the endpoint answers it. */
record MigrationBody(
        String name,
        MigrationState state,
        String checksum,
        List<Map<String, Object>> operations,
        List<MigrationDetail.Step> plan,
        List<MigrationDetail.JournalEntry> journal)
        implements OperationResponseBody {

    static MigrationBody of(MigrationDetail detail) {
        return new MigrationBody(
                detail.name(), detail.state(), detail.checksum(), detail.operations(), detail.plan(), detail.journal());
    }
}
