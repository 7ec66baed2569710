import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The naive loop as an application of Tomcat: -Dbench.symbol_file, -Dbench.symbols, -Dbench.rate. */
@WebListener
public final class Start implements ServletContextListener {
    @Override
    public void contextInitialized(ServletContextEvent event) {
        try {
            Naive.start(Ticks.of(
                    System.getProperty("bench.symbol_file"),
                    System.getProperty("bench.symbols"),
                    System.getProperty("bench.rate")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
