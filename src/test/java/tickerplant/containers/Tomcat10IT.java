package tickerplant.containers;

import org.junit.jupiter.api.Tag;

/** The WAR in Tomcat 10.1, with the project's {@code server.xml}. */
@Tag("containers")
class Tomcat10IT extends ContainerContract {
    Tomcat10IT() {
        super(Container.TOMCAT_10_1);
    }
}
