package tickerplant.containers;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TracesTest {
    @Test
    void anExceptionOutOfAHandlerIsOurs() {
        assertTrue(
                Traces.tellOfUs(
                        """
            java.lang.IllegalStateException: no
            \tat java.base/java.util.Optional.get(Optional.java:1)
            \tat tickerplant.socket.TickerEndpoint.message(TickerEndpoint.java:1)
            \tat java.base/java.lang.reflect.Method.invoke(Method.java:569)
            \tat org.glassfish.tyrus.core.TyrusEndpointWrapper.onMessage(TyrusEndpointWrapper.java:1)
            """));
    }

    @Test
    void anExceptionThatEndsAThreadOfOursIsOurs() {
        assertTrue(
                Traces.tellOfUs(
                        """
            Exception in thread "sender-1" java.lang.IllegalStateException: no
            \tat app//tickerplant.session.Sender.run(Sender.java:1)
            \tat java.base/java.lang.Thread.run(Thread.java:840)
            """));
    }

    @Test
    void whatAContainerLogsInsideItsOwnCloseIsNot() {
        assertFalse(
                Traces.tellOfUs(
                        """
            java.lang.NullPointerException: Cannot invoke "OutputBuffer.close()"
            \tat org.apache.catalina.connector.OutputBuffer.close(OutputBuffer.java:247)
            \tat org.glassfish.tyrus.core.TyrusSession.close(TyrusSession.java:1)
            \tat tickerplant.socket.SocketWire.lambda$close$1(SocketWire.java:1)
            \tat java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1136)
            \tat java.base/java.lang.Thread.run(Thread.java:840)
            """));
    }
}
