package io.github.pgtandem.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pgtandem.PgTandem;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.core.Ordered;

@ExtendWith(DatabaseExtension.class)
class ExitAfterExpandTest {

    @Test
    void aJobIsNotRegisteredAndEndsBeforeTheApplicationsRunners(Database database) {
        Build.of("one", database)
                .withPropertyValues("pgtandem.exit-after-expand=true")
                .run(context -> {
                    assertThat(context.getBean(PgTandem.class).status().instances())
                            .isEmpty();
                    assertThat(context.getBean(ExitAfterExpand.class).getOrder())
                            .isEqualTo(Ordered.HIGHEST_PRECEDENCE);
                    List<Integer> codes = new ArrayList<>();
                    new ExitAfterExpand(
                                    context.getBean(PgTandemProperties.class),
                                    context.getSourceApplicationContext(),
                                    codes::add)
                            .run(new DefaultApplicationArguments());
                    assertThat(codes).containsExactly(0);
                    assertThat(context.getSourceApplicationContext().isActive()).isFalse();
                });
    }

    @Test
    void anApplicationThatServesDoesNotEnd(Database database) {
        Build.of("one", database).run(context -> {
            new ExitAfterExpand(context.getBean(PgTandemProperties.class), context, code -> {
                        throw new AssertionError("ended");
                    })
                    .run(new DefaultApplicationArguments());
            assertThat(context.getSourceApplicationContext().isActive()).isTrue();
        });
    }
}
