"""Under which load: the rows of the table, and the points of the curves."""


class Load:
    """Clients, symbols, events in a second, and who is measured under it."""

    def __init__(self, name, title, n, symbols, rate, peers, subs=0, slow=0, conflating=False, last=False, seconds=1.0, heap=None, warm=None):
        self.name, self.title, self.n, self.symbols, self.rate = name, title, n, symbols, rate
        self.peers, self.subs, self.slow, self.seconds = peers, subs, slow, seconds
        # what is meant to be merged, and whether it matters how late an event is at the last of all
        self.conflating, self.last = conflating, last
        # where the JVM's usual heap can't hold that many subscriptions, and the usual warm-up their snapshots
        self.heap, self.warm = heap, warm

    @property
    def offered(self):
        """Deliveries in a second, if nothing is merged or lost; a client that doesn't read is offered nothing."""
        share = self.subs / self.symbols if self.subs else 1
        return (self.n - self.slow) * self.rate * share


OURS = ["ours", "ours-tomcat"]
ALL = OURS + ["c", "c-coalesced", "node", "netty", "vertx", "tyrus", "tomcat", "tomcat-blocking", "spring"]

CORE = [
    Load("100k", "100,000 deliveries/s, 200 clients, all of 200 symbols", 200, 200, 500, ALL),
    Load("400k", "400,000/s", 200, 200, 2_000, OURS + ["c", "c-coalesced", "node", "tyrus", "tomcat-blocking"]),
    Load("800k", "800,000/s", 200, 200, 4_000, OURS + ["c", "c-coalesced", "node", "tyrus", "tomcat-blocking", "spring"]),
    Load("some", "200,000/s, 1,000 clients, 20 of 100 symbols each", 1_000, 100, 1_000,
         OURS + ["c", "c-coalesced", "tyrus"], subs=20),
    Load("2M", "2,000,000/s offered, conflating", 200, 200, 10_000, OURS, conflating=True),
    Load("latency", "1,000/s, one event at a time, until the last of 200 clients has it", 200, 200, 5, OURS + ["c", "tyrus"], last=True, seconds=4),
    Load("healthy", "100,000/s, 500 clients, 20 of 100 symbols each", 500, 100, 1_000, OURS + ["tyrus", "tomcat-blocking"], subs=20),
    Load("stalled", "the same, 50 of the 500 not reading", 500, 100, 1_000, OURS + ["tyrus", "tomcat-blocking"], subs=20, slow=50),
]

# So few events that each is a frame of its own, whatever the number of clients: only that number changes.
SESSIONS = [Load("sessions-%d" % n, n, n, 200, min(200, 200_000 // n), ["ours"]) for n in (100, 200, 500, 1_000, 2_000, 5_000, 10_000)]
# 200,000 deliveries/s; the shares that nobody follows go on too.
SYMBOLS = [Load("symbols-%d" % s, s, 200, s, 1_000, ["ours"]) for s in (10, 100, 1_000, 10_000)]
SYMBOLS += [Load("symbols-100000", 100_000, 200, 100_000, 1_000, ["ours"], heap="4g", warm=60)]
SUBSCRIPTIONS = [Load("subscriptions-%d" % k, k, 200, 2 * k, 2_000, ["ours"], subs=k) for k in (10, 20, 50, 100, 200, 500, 1_000)]
CURVES = {"sessions": SESSIONS, "symbols": SYMBOLS, "subscriptions": SUBSCRIPTIONS}

LOADS = {load.name: load for load in CORE + SESSIONS + SYMBOLS + SUBSCRIPTIONS}
