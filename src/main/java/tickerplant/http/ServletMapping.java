package tickerplant.http;

import jakarta.servlet.Servlet;
import java.util.List;

/**
 * A servlet and where it answers.
 *
 * @param name unique within the application
 * @param servlet the instance; the container calls it from many threads at once
 * @param patterns where, such as {@code /api/v1/*}; {@code /} for what nobody else answers
 */
public record ServletMapping(String name, Servlet servlet, List<String> patterns) {
    public ServletMapping {
        patterns = List.copyOf(patterns);
    }
}
