package tickerplant.containers;

/** The WAR in Payara Micro 6. */
class PayaraMicroIT extends ContainerContract {
    PayaraMicroIT() {
        super(Container.PAYARA_MICRO_6);
    }
}
