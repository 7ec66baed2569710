package tickerplant.containers;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What a JVM beside this one has in use. Any thread. */
final class Insides implements AutoCloseable {
    private final JMXConnector connector;
    private final MBeanServerConnection beans;
    private final MemoryMXBean memory;
    private final ThreadMXBean threads;

    @SuppressWarnings("BanJNDI") // it speaks to a child of its own
    Insides(Process process) throws IOException, AttachNotSupportedException {
        VirtualMachine machine = VirtualMachine.attach(String.valueOf(process.pid()));
        try {
            // The connection would be tried once a minute, over a second one where a question is under way.
            connector = JMXConnectorFactory.connect(
                    new JMXServiceURL(machine.startLocalManagementAgent()),
                    Map.of("jmx.remote.x.client.connection.check.period", 0L));
        } finally {
            machine.detach();
        }
        beans = connector.getMBeanServerConnection();
        memory = ManagementFactory.newPlatformMXBeanProxy(
                beans, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
        threads = ManagementFactory.newPlatformMXBeanProxy(
                beans, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
    }

    /** Of the heap after a collection. */
    long liveBytes() {
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    /** How many run, but for those that answer what is asked here. */
    int threads() {
        return threadNames().size();
    }

    /** What they are called. */
    List<String> threadNames() {
        return Stream.of(threads.dumpAllThreads(false, false))
                .map(ThreadInfo::getThreadName)
                .filter(name -> !name.startsWith("RMI TCP Connection"))
                .sorted()
                .toList();
    }

    /** Open file descriptors, sockets among them. */
    @SuppressWarnings("BanJNDI")
    long files() throws Exception {
        Object files = beans.getAttribute(
                new ObjectName(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME), "OpenFileDescriptorCount");
        return (Long) files;
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
