package tickerplant.http;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Puts the servlets into a container's context, and the filters before them. */
public final class Servlets {
    private Servlets() {}

    /**
     * Registers all of them. To be called while the context is being initialised, by the thread that does so.
     *
     * @throws IllegalStateException where a name or a pattern is taken
     */
    public static void register(ServletContext context, List<ServletMapping> servlets) {
        FilterRegistration.Dynamic headers = context.addFilter("security-headers", new SecurityHeaders());
        headers.setAsyncSupported(true);
        headers.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
        FilterRegistration.Dynamic upgrades = context.addFilter("upgrades", new UpgradeFilter());
        upgrades.setAsyncSupported(true);
        // before the container's own filters, of which one may be what upgrades
        upgrades.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/ws/*");
        for (ServletMapping mapping : servlets) {
            ServletRegistration.Dynamic servlet = context.addServlet(mapping.name(), mapping.servlet());
            if (servlet == null) {
                throw new IllegalStateException("a servlet named " + mapping.name() + " is there already");
            }
            servlet.setAsyncSupported(true);
            servlet.setLoadOnStartup(1);
            Set<String> taken = servlet.addMapping(mapping.patterns().toArray(new String[0]));
            if (!taken.isEmpty()) {
                throw new IllegalStateException(
                        mapping.name() + " can't answer at " + taken + ", another servlet does");
            }
        }
    }
}
