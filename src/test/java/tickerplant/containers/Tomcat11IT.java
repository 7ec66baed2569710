package tickerplant.containers;

/** The WAR in Tomcat 11, with the project's {@code server.xml}. */
class Tomcat11IT extends ContainerContract {
    Tomcat11IT() {
        super(Container.TOMCAT_11);
    }
}
