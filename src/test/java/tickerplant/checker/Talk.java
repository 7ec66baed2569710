package tickerplant.checker;

import java.util.List;

/** What a client and a server say to each other while a checker listens. What tests of checkers share. */
abstract class Talk {
    static final String WELCOME =
            """
            {"type":"welcome","protocol":"tickerplant.v1","server":"s/1","session":"s-1","epoch":"e","ts":1,"heartbeat_ms":5000,\
            "auth":"none","channels":["ticker"],"intervals":["1m"],"limits":{"frame_bytes":1000}}""";
    static final String SUBSCRIBE =
            """
            {"type":"subscribe","id":1,"channel":"ticker","symbols":["AAPL"]}""";
    static final String SUBSCRIBED =
            """
            {"type":"subscribed","id":1,"channel":"ticker","symbols":["AAPL"],"total":1}""";
    static final String SNAPSHOT =
            """
            {"type":"snapshot","channel":"ticker","ts":1,"end":true,"data":[{"symbol":"AAPL","seq":5,"last":10,"volume":7,"ts":1}]}""";

    final Observatory observatory = new Observatory();
    final Checker checker = observatory.observer("client");
    long now;

    final void says(String text) {
        checker.said(now, text);
    }

    final void hears(String text) {
        checker.heard(now, text);
    }

    /** The assertions broken so far, in their order. */
    final List<Assertion> broken() {
        return observatory.verdict(now).stream().map(Violation::assertion).toList();
    }
}
