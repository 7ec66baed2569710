package tickerplant.containers;

/** The WAR by itself. */
class EmbeddedIT extends ContainerContract {
    EmbeddedIT() {
        super(Container.EMBEDDED);
    }
}
