package io.github.pgtandem.benchmark;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** Counts the connections that are taken from it and the statements that are executed on them. */
final class CountingDataSource implements DataSource {

    private final DataSource actual;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger statements = new AtomicInteger();

    CountingDataSource(DataSource actual) {
        this.actual = actual;
    }

    int connections() {
        return connections.get();
    }

    int statements() {
        return statements.get();
    }

    @Override
    public Connection getConnection() throws SQLException {
        connections.incrementAndGet();
        return watched(actual.getConnection());
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        connections.incrementAndGet();
        return watched(actual.getConnection(user, password));
    }

    /** Also what it gives: a connection's statements. */
    @SuppressWarnings("unchecked")
    private <T> T watched(T object) {
        return (T) Proxy.newProxyInstance(
                CountingDataSource.class.getClassLoader(),
                new Class<?>[] {type(object)},
                (proxy, method, arguments) -> {
                    if (object instanceof Statement && method.getName().startsWith("execute")) {
                        statements.incrementAndGet();
                    }
                    try {
                        Object result = method.invoke(object, arguments);
                        return result instanceof Statement statement ? watched(statement) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static Class<?> type(Object object) {
        return Stream.<Class<?>>of(Connection.class, CallableStatement.class, PreparedStatement.class, Statement.class)
                .filter(type -> type.isInstance(object))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return actual.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        actual.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        actual.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return actual.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return actual.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return actual.isWrapperFor(type);
    }
}
