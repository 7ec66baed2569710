"""What is measured: how each server is built from public packages, and how it is started."""

import hashlib
import os
import shutil
import signal
import socket
import subprocess
import tarfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BENCH = os.path.join(ROOT, "bench")
WORK = os.path.join(ROOT, "target", "bench")
BUILT = os.path.join(WORK, "peers")
SYMBOLS = os.path.join(WORK, "symbols.txt")
TOMCAT = "11.0.24"

# The same for every server in Java, ours and theirs.
JAVA = os.environ.get("BENCH_JAVA", "-XX:+UseSerialGC -Xms512m -Xmx1g").split()

SUBSCRIBE = '{"type":"subscribe","id":1,"channel":"ticker","symbols":[%s]}'
STOMP = ["--send", "CONNECT\\naccept-version:1.2\\nhost:bench\\n\\n\\0", "--wait-first",
         "--send", "SUBSCRIBE\\nid:0\\ndestination:/topic/all\\n\\n\\0"]


class Peer:
    """A server: how it is built and started, where it serves, and how long it is warmed up.

    What is compiled while it runs takes seconds until it is as fast as it gets; the others don't."""

    def __init__(self, name, title, start, build, path="/ws", ours=False, warm=15, sends=None):
        self.name, self.title, self.start, self.build = name, title, start, build
        self.path, self.ours, self.warm, self.sends = path, ours, warm, sends

    def subscription(self, some):
        """The client's options that make it follow everything, or some symbols of its own."""
        if self.sends:
            return self.sends
        if self.ours:
            return ["--send", SUBSCRIBE % ("{list}" if some else '"*"')]
        return ["--send", "{csv}" if some else "*"]


def run(command, **options):
    subprocess.run(command, check=True, **options)


def newer(made, *sources):
    """Whether what was made is there and no source is younger."""
    if not os.path.exists(made):
        return False
    at = os.path.getmtime(made)
    for source in sources:
        for folder, _, files in os.walk(source) if os.path.isdir(source) else [(os.path.dirname(source), 0, [os.path.basename(source)])]:
            if any(os.path.getmtime(os.path.join(folder, f)) > at for f in files):
                return False
    return True


# ------------------------------------------------------------------ building

def names(count=100_000):
    """A file with the names of the simulated feed's shares, in its order."""
    if os.path.exists(SYMBOLS):
        return
    os.makedirs(WORK, exist_ok=True)
    known = os.path.join(ROOT, "src/main/resources/tickerplant/feed/simulated/instruments.csv")
    with open(known, encoding="utf-8") as f:
        symbols = [line.split(",")[0] for line in f.read().splitlines()[1:]]
    symbols += ["SIM%05d" % n for n in range(1, count - len(symbols) + 1)]
    with open(SYMBOLS, "w", encoding="utf-8") as f:
        f.write("\n".join(symbols) + "\n")


def client():
    source = os.path.join(BENCH, "wsload", "wsload.c")
    made = os.path.join(WORK, "wsload")
    if not newer(made, source):
        run(["cc", "-O2", "-std=gnu11", "-o", made, source, "-lz"])
    return made


def build_war():
    war = os.path.join(ROOT, "target", "tickerplant.war")
    if not newer(war, os.path.join(ROOT, "src", "main"), os.path.join(ROOT, "webapp"), os.path.join(ROOT, "pom.xml")):
        run([*MAVEN, "-q", "-B", "-DskipTests", "package"], cwd=ROOT)
        os.utime(war)  # Maven gives it the time of the source, so that builds are alike
    return war


# Another command where a machine has its own way of calling Maven.
MAVEN = os.environ.get("BENCH_MAVEN", "mvn").split()
WAR = os.environ.get("BENCH_WAR")


def war():
    return WAR or os.path.join(ROOT, "target", "tickerplant.war")


def war_hash():
    """Tells builds of this service apart; the same source gives the same WAR."""
    if not os.path.exists(war()):
        return "none"
    with open(war(), "rb") as f:
        return hashlib.sha256(f.read()).hexdigest()[:12]


def build_ours():
    if not WAR:
        build_war()


def build_c():
    source = os.path.join(BENCH, "peers", "c", "server.c")
    made = os.path.join(BUILT, "c", "server")
    if not newer(made, source):
        os.makedirs(os.path.dirname(made), exist_ok=True)
        run(["cc", "-O2", "-std=gnu11", "-o", made, source])


def build_java(name, *shared):
    """Fetches the jars of the profile with that name, and compiles."""
    folder = os.path.join(BUILT, name)
    pom = os.path.join(BENCH, "peers", "pom.xml")
    sources = [os.path.join(BENCH, "peers", "common", s) for s in shared]
    sources += [os.path.join(BENCH, "peers", name, f) for f in os.listdir(os.path.join(BENCH, "peers", name))]
    done = os.path.join(folder, "done")
    if newer(done, pom, *sources):
        return
    shutil.rmtree(folder, ignore_errors=True)
    run([*MAVEN, "-q", "-B", "-f", pom, "-P", name, "dependency:copy-dependencies",
         "-DoutputDirectory=" + os.path.join(folder, "lib")])
    run(["javac", "-proc:none", "-d", os.path.join(folder, "classes"), "-cp", os.path.join(folder, "lib", "*"), *sources])
    open(done, "w").close()


def build_node():
    folder = os.path.join(BUILT, "node")
    source = os.path.join(BENCH, "peers", "node")
    os.makedirs(folder, exist_ok=True)
    for name in ("package.json", "server.mjs"):
        shutil.copy(os.path.join(source, name), folder)
    if not os.path.isdir(os.path.join(folder, "node_modules", "ws")):
        run(["npm", "install", "--silent", "--no-audit", "--no-fund"], cwd=folder)


def tomcat_home():
    home = os.path.join(BUILT, "apache-tomcat-" + TOMCAT)
    if not os.path.isdir(home):
        os.makedirs(BUILT, exist_ok=True)
        run([*MAVEN, "-q", "-B", "-f", os.path.join(BENCH, "peers", "pom.xml"), "dependency:copy",
             "-Dartifact=org.apache.tomcat:tomcat:%s:tar.gz" % TOMCAT, "-DoutputDirectory=" + BUILT])
        with tarfile.open(os.path.join(BUILT, "tomcat-%s.tar.gz" % TOMCAT)) as packed:
            packed.extractall(BUILT)
    return home


def build_tomcat():
    build_java("tomcat", "Ticks.java", "Naive.java")
    tomcat_home()


def build_ours_tomcat():
    build_ours()
    tomcat_home()


# ------------------------------------------------------------------ starting

class Settings:
    """What a load asks of a server."""

    def __init__(self, port, symbols, rate, java=(), coalesce=1000):
        self.port, self.symbols, self.rate, self.java, self.coalesce = port, symbols, rate, java, coalesce


def java_main(name, main):
    folder = os.path.join(BUILT, name)

    def start(s, log):
        path = os.path.join(folder, "classes") + ":" + os.path.join(folder, "lib", "*")
        return launch(["java", *JAVA, "-cp", path, main, str(s.port), SYMBOLS, str(s.symbols), str(s.rate)], log)

    return start


def launch(command, log, **options):
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, **options)


def start_c(coalesce):
    def start(s, log):
        return launch([os.path.join(BUILT, "c", "server"), str(s.port), str(s.rate), SYMBOLS, str(s.symbols),
                       str(s.coalesce if coalesce else 0)], log)

    return start


def start_node(s, log):
    return launch(["node", "server.mjs", str(s.port), SYMBOLS, str(s.symbols), str(s.rate)], log,
                  cwd=os.path.join(BUILT, "node"))


def feed(s):
    return "simulated?symbols=%d&rate=%d&even=true" % (s.symbols, max(1, s.rate))


LIMITS = {"limits.symbols": "1000000", "limits.sessions_per_address": "20000", "limits.requests_per_s": "1000000"}


def start_ours(s, log):
    options = [part for key, value in LIMITS.items()
               for part in ("--" + key.replace(".", "-").replace("_", "-"), value)]
    return launch(["java", *JAVA, *s.java, "-jar", war(), "--port", str(s.port), "--feed", feed(s), *options], log)


def catalina(base, options, extra, log, **more):
    env = dict(os.environ, CATALINA_HOME=tomcat_home(), CATALINA_BASE=base, CATALINA_OPTS=" ".join([*JAVA, *options]), **more)
    env.pop("JAVA_OPTS", None)
    return launch([os.path.join(tomcat_home(), "bin", "catalina.sh"), "run", *extra], log, env=env)


def tomcat_base(name):
    base = os.path.join(WORK, "base", name)
    shutil.rmtree(base, ignore_errors=True)
    for part in ("conf", "logs", "temp", "work", "webapps"):
        os.makedirs(os.path.join(base, part))
    return base


def start_ours_tomcat(s, log):
    base = tomcat_base("ours")
    settings = {"TICKERPLANT_" + key.upper().replace(".", "_"): value for key, value in LIMITS.items()}
    return catalina(base, ["-Dhttp.port=%d" % s.port, "-Dwar=" + war()], ["-config", os.path.join(ROOT, "server.xml")], log,
                    TICKERPLANT_FEED=feed(s), **settings)


def start_tomcat(blocking):
    return lambda s, log: start_naive_tomcat(s, log, blocking)


def start_naive_tomcat(s, log, blocking):
    """Tomcat as it comes, but for the port."""
    base = tomcat_base("naive")
    conf = os.path.join(tomcat_home(), "conf")
    for name in os.listdir(conf):
        if os.path.isfile(os.path.join(conf, name)):
            shutil.copy(os.path.join(conf, name), os.path.join(base, "conf"))
    path = os.path.join(base, "conf", "server.xml")
    with open(path, encoding="utf-8") as f:
        xml = f.read()
    xml = xml.replace('port="8005"', 'port="-1"').replace('port="8080"', 'address="127.0.0.1" port="%d"' % s.port)
    with open(path, "w", encoding="utf-8") as f:
        f.write(xml)
    classes = os.path.join(base, "webapps", "ROOT", "WEB-INF", "classes")
    shutil.copytree(os.path.join(BUILT, "tomcat", "classes"), classes)
    return catalina(base, ["-Dbench.symbol_file=" + SYMBOLS, "-Dbench.symbols=%d" % s.symbols, "-Dbench.rate=%d" % s.rate,
                           "-Dbench.blocking=%s" % str(blocking).lower()], [], log)


PEERS = {p.name: p for p in [
    Peer("ours", "Tickerplant, embedded", start_ours, build_ours, path="/ws/ticker", ours=True),
    Peer("ours-tomcat", "Tickerplant in Tomcat", start_ours_tomcat, build_ours_tomcat, path="/ws/ticker", ours=True),
    Peer("c", "C, one write per tick", start_c(False), build_c, warm=1),
    Peer("c-coalesced", "C, frames shared, 1 ms", start_c(True), build_c, warm=1),
    Peer("node", "Node `ws`", start_node, build_node, warm=5),
    Peer("netty", "Netty, frames shared", java_main("netty", "NettyServer"), lambda: build_java("netty", "Ticks.java")),
    Peer("vertx", "Vert.x", java_main("vertx", "VertxServer"), lambda: build_java("vertx", "Ticks.java")),
    Peer("tyrus", "naive loop, Tyrus", java_main("tyrus", "Tyrus"), lambda: build_java("tyrus", "Ticks.java", "Naive.java")),
    Peer("tomcat", "naive loop, Tomcat", start_tomcat(False), build_tomcat),
    Peer("tomcat-blocking", "naive loop, Tomcat, blocking", start_tomcat(True), build_tomcat),
    Peer("spring", "Spring STOMP, simple broker", java_main("spring", "Stomp"), lambda: build_java("spring", "Ticks.java"),
         sends=STOMP),
]}


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    """A started peer, serving; it ends with the block."""

    def __init__(self, peer, symbols, rate, java=()):
        self.peer = peer
        self.settings = Settings(free_port(), symbols, rate, java)
        self.path = os.path.join(WORK, "logs", peer.name + ".log")

    @property
    def port(self):
        return self.settings.port

    @property
    def pid(self):
        return self.process.pid

    def __enter__(self):
        os.makedirs(os.path.dirname(self.path), exist_ok=True)
        self.log = open(self.path, "w")
        self.process = self.peer.start(self.settings, self.log)
        try:
            self.wait()
        except BaseException:
            self.__exit__()
            raise
        return self

    def wait(self):
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise RuntimeError("%s ended; see %s" % (self.peer.name, self.path))
            try:
                if self.upgrades():
                    return
            except OSError:
                pass
            time.sleep(0.1)
        raise RuntimeError("%s doesn't serve after 60 s; see %s" % (self.peer.name, self.path))

    def upgrades(self):
        with socket.create_connection(("127.0.0.1", self.port), timeout=2) as s:
            s.sendall(("GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                       "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
                       % (self.peer.path, self.port)).encode())
            return b" 101" in s.recv(64)

    def __exit__(self, *_):
        # the group is this process and its children, which nobody else started
        for sign, patience in ((signal.SIGTERM, 6), (signal.SIGKILL, 5)):
            try:
                os.killpg(self.process.pid, sign)
                self.process.wait(patience)
                break
            except ProcessLookupError:
                break
            except subprocess.TimeoutExpired:
                continue
        self.log.close()
