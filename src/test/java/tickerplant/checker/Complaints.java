package tickerplant.checker;

/** Takes what the parts of a checker find wrong with the message at hand. */
interface Complaints {
    void complain(Assertion assertion, String text);
}
