package io.github.pgtandem.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class RecurringTest {

    private interface Task {
        void once() throws InterruptedException;
    }

    private static Recurring recurring(Task task, AtomicBoolean interrupted) {
        return new Recurring("tried", Duration.ZERO, Duration.ofMillis(10)) {
            @Override
            protected void once() {
                try {
                    task.once();
                } catch (InterruptedException e) {
                    interrupted.set(true);
                }
            }
        };
    }

    @Test
    void whatWaitsOnIsInterruptedWhenTheContextCloses() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        Recurring recurring = recurring(
                () -> {
                    begun.countDown();
                    never.await();
                },
                interrupted);
        recurring.start();
        begun.await();
        recurring.stop();
        assertThat(interrupted).isTrue();
        assertThat(recurring.isRunning()).isFalse();
    }

    @Test
    void aTimeThatFailsIsToldAndIsNotTheLast(CapturedOutput output) {
        AtomicInteger times = new AtomicInteger();
        Recurring recurring = recurring(
                () -> {
                    if (times.getAndIncrement() == 0) {
                        throw new StackOverflowError("too deep");
                    }
                },
                new AtomicBoolean());
        recurring.start();
        await().until(() -> times.get() > 1);
        recurring.stop();
        assertThat(output).contains("tried").contains("too deep");
    }
}
