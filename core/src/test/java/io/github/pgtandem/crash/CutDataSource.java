package io.github.pgtandem.crash;

import static org.awaitility.Awaitility.await;

import io.github.pgtandem.fixture.Database;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Gives connections whose server process ends right before a chosen statement: the statement meets a connection that is
 * dead, like that of a process or network that died there. Keeps what was sent until then.
 */
final class CutDataSource extends AbstractDataSource {

    private final Database database;
    private final Predicate<List<Sent>> when;
    private final List<Sent> sent = new ArrayList<>();
    private boolean cut;

    /**
     * @param when asked with all statements so far, before the last of them is sent
     */
    CutDataSource(Database database, Predicate<List<Sent>> when) {
        this.database = database;
        this.when = when;
    }

    static CutDataSource never(Database database) {
        return new CutDataSource(database, sent -> false);
    }

    /** All statements until the cut, with the one that did not arrive. */
    List<Sent> sent() {
        return sent;
    }

    boolean isCut() {
        return cut;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection real = database.dataSource().getConnection();
        return proxy(Connection.class, (method, arguments) -> {
            if (method.getName().equals("commit")) {
                before(real, Sent.COMMIT);
            }
            Object result = method.invoke(real, arguments);
            if (result instanceof PreparedStatement statement && arguments != null) {
                return watched(PreparedStatement.class, real, statement, (String) arguments[0]);
            }
            return result instanceof Statement statement ? watched(Statement.class, real, statement, "") : result;
        });
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new UnsupportedOperationException();
    }

    private <T extends Statement> T watched(Class<T> type, Connection real, T statement, String prepared) {
        return proxy(type, (method, arguments) -> {
            if (method.getName().startsWith("execute")) {
                String sql = arguments == null ? prepared : String.valueOf(arguments[0]);
                before(real, new Sent(sql, real.getAutoCommit()));
            }
            return method.invoke(statement, arguments);
        });
    }

    private void before(Connection real, Sent statement) throws SQLException {
        sent.add(statement);
        if (!cut && when.test(sent)) {
            cut = true;
            end(real.unwrap(PGConnection.class).getBackendPID());
        }
    }

    private void end(int pid) throws SQLException {
        try (Connection other = database.dataSource().getConnection()) {
            JdbcTemplate jdbc = new JdbcTemplate(new SingleConnectionDataSource(other, true));
            jdbc.queryForObject("SELECT pg_terminate_backend(?)", Boolean.class, pid);
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> jdbc.queryForList("SELECT 1 FROM pg_stat_activity WHERE pid = ?", pid)
                            .isEmpty());
        }
    }

    private interface Call {
        Object on(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    try {
                        return call.on(method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
