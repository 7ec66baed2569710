package tickerplant.containers;

import org.junit.jupiter.api.Tag;

/** The WAR in Jetty 12 for Jakarta EE 10. */
@Tag("containers")
class JettyIT extends ContainerContract {
    JettyIT() {
        super(Container.JETTY_12);
    }

    /** Its connectors end before it asks the application. */
    @Override
    Farewell farewell() {
        return new Farewell(false, 1006);
    }
}
