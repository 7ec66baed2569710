package tickerplant.server;

import java.net.SocketAddress;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.memory.MemoryManager;
import tickerplant.message.Frame;
import tickerplant.service.Line;
import tickerplant.session.Wire;

/**
 * Writes frames into Grizzly's connection below a Tyrus session, by the same filters that Tyrus writes to. Grizzly writes what
 * the kernel takes on the calling thread, and the rest when there is room, one write after the other.
 */
final class GrizzlyLine implements Line {
    private final Connection<SocketAddress> connection;
    private final MemoryManager<?> memory;

    GrizzlyLine(Connection<SocketAddress> connection) {
        this.connection = connection;
        this.memory = connection.getTransport().getMemoryManager();
    }

    @Override
    public void send(Frame frame, Wire.Receipt receipt) {
        Buffer bytes = Buffers.wrap(memory, frame.bytes());
        connection.write(bytes, new EmptyCompletionHandler<WriteResult<Buffer, SocketAddress>>() {
            @Override
            public void completed(WriteResult<Buffer, SocketAddress> result) {
                receipt.sent();
            }

            @Override
            public void cancelled() {
                receipt.failed();
            }

            @Override
            public void failed(Throwable failure) {
                receipt.failed();
            }
        });
    }
}
