package io.github.pgtandem;

/** The registration of one running instance; beats by itself until it is closed. */
public interface InstanceRegistration extends AutoCloseable {

    /** The instance's id, unique over all instances. */
    String id();

    /** Removes the instance, so that the gate no longer waits for it. Never throws. */
    @Override
    void close();
}
