package io.github.pgtandem.benchmark;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's driver, counting its connections and the statements that are executed on them. Whatever DataSources an
 * application and its tools make, they all come here.
 */
public final class CountingDriver implements Driver {

    private static final AtomicInteger CONNECTIONS = new AtomicInteger();
    private static final AtomicInteger STATEMENTS = new AtomicInteger();

    static {
        try {
            // Pools look for their driver among those that are registered.
            DriverManager.registerDriver(new CountingDriver());
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Driver actual = new org.postgresql.Driver();

    static int connections() {
        return CONNECTIONS.get();
    }

    static int statements() {
        return STATEMENTS.get();
    }

    @Override
    public @Nullable Connection connect(String url, Properties properties) throws SQLException {
        Connection connection = actual.connect(url, properties);
        if (connection == null) {
            return null;
        }
        CONNECTIONS.incrementAndGet();
        return watched(connection, Connection.class);
    }

    /** A connection, and the statements that it gives. */
    private static <T> T watched(T object, Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                CountingDriver.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (object instanceof Statement && method.getName().startsWith("execute")) {
                        STATEMENTS.incrementAndGet();
                    }
                    try {
                        return watchedStatement(method.invoke(object, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private static @Nullable Object watchedStatement(@Nullable Object result) {
        return Stream.of(CallableStatement.class, PreparedStatement.class, Statement.class)
                .filter(type -> type.isInstance(result))
                .findFirst()
                .<Object>map(type -> watchedAs(type, result))
                .orElse(result);
    }

    private static <T> T watchedAs(Class<T> type, @Nullable Object object) {
        return watched(type.cast(object), type);
    }

    @Override
    public boolean acceptsURL(String url) throws SQLException {
        return actual.acceptsURL(url);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) throws SQLException {
        return actual.getPropertyInfo(url, properties);
    }

    @Override
    public int getMajorVersion() {
        return actual.getMajorVersion();
    }

    @Override
    public int getMinorVersion() {
        return actual.getMinorVersion();
    }

    @Override
    public boolean jdbcCompliant() {
        return actual.jdbcCompliant();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("");
    }
}
