/*
 * wsload - single-threaded epoll WebSocket load client for push (fan-out) servers.
 *
 * Opens N connections, optionally subscribes each one, then only listens: counts frames, messages
 * and bytes, builds an end-to-end latency histogram from a send time carried in the payload, and
 * charges the server's CPU time to the messages delivered. Prints one JSON line.
 *
 *   wsload --port 22000 --path '/ws?i={i}' -n 200 -w 3 -d 10 --pid 1234
 *
 * Run wsload -h for all options. bench/run builds it: cc -O2 -std=gnu11 wsload.c -lz
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

/* ------------------------------------------------------------------ options */

enum { MAX_SENDS = 16, RBUF = 1 << 23, MAX_CONNECTING = 128 };

static struct {
    const char *host, *path, *marker, *ts_key, *seq_key, *n_key, *label;
    bool ts_ms;                /* the time stamp is in milliseconds, with up to three decimals */
    int port, n, sources, slow, lat_every, symbols, subs, slow_rcvbuf;
    double warmup, duration, settle, connect_timeout;
    const char *sends[MAX_SENDS];
    bool send_each[MAX_SENDS]; /* once per subscribed symbol, {s} filled in */
    int nsends;
    bool wait_first;           /* hold sends 2..n until something has been received */
    const char *deflate;       /* extension offer, or NULL */
    int pid;
    const char *sym_prefix;
    bool last;                 /* how late an event is at the last of all */
    char **names;              /* of the symbols, where a file gives them */
} opt = { .host = "127.0.0.1", .path = "/", .marker = NULL, .ts_key = "\"ts\":", .label = "",
          .port = 22000, .n = 1, .sources = 1, .lat_every = 1, .symbols = 0, .subs = 0,
          .warmup = 2, .duration = 5, .connect_timeout = 60, .sym_prefix = "SYM" };

static void usage(FILE *f) {
    fputs("usage: wsload [options]\n"
          "  --host H --port P --path PATH   target; PATH may hold {i} (connection number)\n"
          "  -n N                 connections\n"
          "  --sources M          spread over M source addresses 127.0.0.2, .3, ...\n"
          "  -w S / -d S          warm-up and measured seconds\n"
          "  --settle S           wait S seconds after the last handshake, before the warm-up\n"
          "  --symbols S          number of symbols, named PREFIX0..PREFIX(S-1)\n"
          "  --sym-prefix PREFIX  default SYM\n"
          "  --sym-names FILE     the symbols' names instead, one a line\n"
          "  --subs K             symbols per connection: (i*7+j) %% S for j<K (default all)\n"
          "  --send MSG           text message sent after the handshake; \\n \\0 \\\\ and {i},\n"
          "                       {list} (quoted symbols), {csv} are filled in; repeatable\n"
          "  --send-each MSG      the same, once per subscribed symbol, with {s}\n"
          "  --wait-first         send the first --send, the rest after the first reply\n"
          "  --marker STR         string counted once per message (default: the ts key)\n"
          "  --ts-key STR         precedes the send time in epoch micros (default \"ts\":)\n"
          "  --ts-unit us|ms      unit of that time; ms may carry decimals (default us)\n"
          "  --n-key STR          precedes the number of events that a message stands for (1 where absent)\n"
          "  --seq-key STR        precedes a sequence number: count gaps and order violations\n"
          "  --lat-every M        take latency from every Mth message only\n"
          "  --last               also how late each event reaches the last connection, where all follow it\n"
          "  --deflate OFFER      offer this extension, e.g. permessage-deflate\n"
          "  --slow K             the last K connections stop reading after the handshake\n"
          "  --slow-rcvbuf B      SO_RCVBUF of those connections\n"
          "  --pid PID            server process: report its CPU (with descendants) and RSS\n"
          "  --label TEXT         copied into the result\n", f);
}

/* -------------------------------------------------------------- small helpers */

static void die(const char *fmt, ...) {
    va_list ap; va_start(ap, fmt);
    fputs("wsload: ", stderr); vfprintf(stderr, fmt, ap); fputc('\n', stderr);
    exit(2);
}

static uint64_t now_us(clockid_t c) {
    struct timespec t; clock_gettime(c, &t);
    return (uint64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

struct sbuf { char *p; size_t len, cap; };

static void sb_need(struct sbuf *b, size_t more) {
    if (b->len + more <= b->cap) return;
    size_t cap = b->cap ? b->cap : 256;
    while (cap < b->len + more) cap *= 2;
    if (!(b->p = realloc(b->p, cap))) die("out of memory");
    b->cap = cap;
}
static void sb_add(struct sbuf *b, const void *p, size_t n) {
    sb_need(b, n); memcpy(b->p + b->len, p, n); b->len += n;
}
static void sb_free(struct sbuf *b) { free(b->p); *b = (struct sbuf){0}; }

/* ------------------------------------------------------- latency histogram (us) */
/* Log-linear: 64 steps per power of two, so a reported value is at most 1.6 % off. */

enum { SUB = 64, NBUCKET = 64 * SUB };
struct hist { uint64_t bucket[NBUCKET], n, max; double sum; };
static struct hist rows, lasts; /* of every row; of every event at the last of its receivers */

static int bucket_of(uint64_t v) {
    if (v < SUB) return (int)v;
    int e = 63 - __builtin_clzll(v);           /* v >= 2^6 */
    return (e - 5) * SUB + (int)((v >> (e - 6)) - SUB);
}
static uint64_t bucket_value(int b) {
    if (b < SUB) return b;
    int e = b / SUB + 5;
    return ((uint64_t)(b % SUB) + SUB) << (e - 6);
}
static void hist_add(struct hist *h, uint64_t v) {
    h->bucket[bucket_of(v)]++; h->n++; h->sum += v;
    if (v > h->max) h->max = v;
}
static uint64_t hist_q(const struct hist *h, double q) {
    uint64_t want = (uint64_t)(q * h->n), seen = 0;
    for (int b = 0; b < NBUCKET; b++) if ((seen += h->bucket[b]) > want) return bucket_value(b);
    return h->max;
}

/* Events under way, by the time at which they were due: how many have received one, and how late the last did. */
enum { UNDER_WAY = 4096 };
static struct { uint64_t due, latest; int received; } events[UNDER_WAY];

static void event_received(uint64_t due, uint64_t latency, int receivers) {
    int i = (int)(due * 0x9e3779b97f4a7c15u >> 52);
    if (events[i].due != due) { events[i].due = due; events[i].latest = 0; events[i].received = 0; }
    if (latency > events[i].latest) events[i].latest = latency;
    if (++events[i].received == receivers) hist_add(&lasts, events[i].latest);
}

/* ------------------------------------------------------------------ connections */

enum state { IDLE, CONNECTING, HANDSHAKE, OPEN, CLOSED };

struct conn {
    int fd;
    uint8_t state, slow, sent_rest, deflated, no_takeover;
    struct sbuf in;       /* bytes of an incomplete frame (or handshake) */
    struct sbuf msg;      /* fragments of an incomplete message */
    uint8_t msg_rsv1;
    z_stream *z;
    int64_t last_seq;
};

static struct conn *conns;
static int ep, n_open, n_failed, n_lost, n_connecting, next_conn, n_done_handshake;
static bool measuring;

static struct { uint64_t frames, msgs, events, bytes, payload, gaps, disorder, early; } cnt, cnt0;
static uint64_t total_msgs; /* since start, for lat_every */

static void conn_close(struct conn *c) {
    if (c->state == CLOSED) return;
    if (c->state == OPEN) { n_open--; n_lost++; }
    else { n_failed++; n_connecting--; }
    c->state = CLOSED;
    close(c->fd);
    sb_free(&c->in); sb_free(&c->msg);
    if (c->z) { inflateEnd(c->z); free(c->z); c->z = NULL; }
}

static void send_frame(struct conn *c, int opcode, const char *p, size_t len) {
    unsigned char h[14]; size_t n = 2;
    h[0] = 0x80 | opcode;
    if (len < 126) h[1] = 0x80 | len;
    else if (len < 65536) { h[1] = 0x80 | 126; h[2] = len >> 8; h[3] = len; n = 4; }
    else die("message to send is too long");
    unsigned char mask[4] = { 0x12, 0x34, 0x56, 0x78 };
    memcpy(h + n, mask, 4); n += 4;
    char out[70000];
    memcpy(out, h, n);
    for (size_t i = 0; i < len; i++) out[n + i] = p[i] ^ mask[i & 3];
    /* Control frames and subscriptions are tiny: the socket buffer takes them whole. */
    if (send(c->fd, out, n + len, MSG_NOSIGNAL) != (ssize_t)(n + len)) conn_close(c);
}

static int symbol_name(char *s, size_t n, int sym) {
    return opt.names ? snprintf(s, n, "%s", opt.names[sym]) : snprintf(s, n, "%s%d", opt.sym_prefix, sym);
}

/* The first opt.symbols lines of a file, which has to have as many. */
static void read_names(const char *path) {
    FILE *f = fopen(path, "r");
    if (!f) die("%s: %s", path, strerror(errno));
    if (opt.symbols < 1) die("--sym-names needs --symbols");
    opt.names = calloc(opt.symbols, sizeof *opt.names);
    char line[64];
    for (int i = 0; i < opt.symbols; i++) {
        if (!fgets(line, sizeof line, f)) die("%s has fewer than %d names", path, opt.symbols);
        opt.names[i] = strndup(line, strcspn(line, "\r\n"));
    }
    fclose(f);
}

static void symbol_list(struct sbuf *b, int i, const char *quote) {
    int k = opt.subs ? opt.subs : opt.symbols;
    char s[128], name[64];
    for (int j = 0; j < k; j++) {
        symbol_name(name, sizeof name, (int)(((long)i * 7 + j) % opt.symbols));
        int m = snprintf(s, sizeof s, "%s%s%s%s", j ? "," : "", quote, name, quote);
        sb_add(b, s, m);
    }
}

static void expand(struct sbuf *b, const char *t, int i, int sym) {
    char s[64];
    b->len = 0;
    for (; *t; t++) {
        if (*t == '\\' && t[1]) {
            char e = *++t;
            sb_add(b, e == 'n' ? "\n" : e == '0' ? "\0" : e == 'r' ? "\r" : t, 1);
        } else if (!strncmp(t, "{i}", 3)) {
            sb_add(b, s, snprintf(s, sizeof s, "%d", i)); t += 2;
        } else if (!strncmp(t, "{s}", 3)) {
            sb_add(b, s, symbol_name(s, sizeof s, sym)); t += 2;
        } else if (!strncmp(t, "{list}", 6)) { symbol_list(b, i, "\""); t += 5; }
        else if (!strncmp(t, "{csv}", 5)) { symbol_list(b, i, ""); t += 4; }
        else sb_add(b, t, 1);
    }
}

static void send_subscriptions(struct conn *c, int from, int to) {
    static struct sbuf b;
    int i = c - conns;
    for (int m = from; m < to && c->state == OPEN; m++) {
        int k = opt.send_each[m] ? (opt.subs ? opt.subs : opt.symbols) : 1;
        for (int j = 0; j < k && c->state == OPEN; j++) {
            int sym = opt.symbols ? (int)(((long)i * 7 + j) % opt.symbols) : 0;
            expand(&b, opt.sends[m], i, sym);
            send_frame(c, 1, b.p, b.len);
        }
    }
}

static void start_connect(struct conn *c) {
    int i = c - conns, one = 1;
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (c->fd < 0) die("socket: %s (ulimit -n?)", strerror(errno));
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (c->slow && opt.slow_rcvbuf)
        setsockopt(c->fd, SOL_SOCKET, SO_RCVBUF, &opt.slow_rcvbuf, sizeof opt.slow_rcvbuf);
    if (opt.sources > 1) {
        struct sockaddr_in src = { .sin_family = AF_INET };
        src.sin_addr.s_addr = htonl(0x7f000002u + i % opt.sources);
        setsockopt(c->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
        if (bind(c->fd, (void *)&src, sizeof src)) die("bind: %s", strerror(errno));
    }
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(opt.port) };
    if (inet_pton(AF_INET, opt.host, &a.sin_addr) != 1) die("--host takes an IPv4 address");
    c->state = CONNECTING; n_connecting++;
    if (connect(c->fd, (void *)&a, sizeof a) && errno != EINPROGRESS) { conn_close(c); return; }
    struct epoll_event ev = { .events = EPOLLOUT, .data.ptr = c };
    epoll_ctl(ep, EPOLL_CTL_ADD, c->fd, &ev);
}

static void send_handshake(struct conn *c) {
    static struct sbuf path;
    int err = 0; socklen_t l = sizeof err;
    getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &err, &l);
    if (err) { conn_close(c); return; }
    expand(&path, opt.path, c - conns, 0);
    char req[4096];
    int n = snprintf(req, sizeof req,
        "GET %.*s HTTP/1.1\r\nHost: %s:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        "%s%s%s\r\n", (int)path.len, path.p, opt.host, opt.port,
        opt.deflate ? "Sec-WebSocket-Extensions: " : "", opt.deflate ? opt.deflate : "",
        opt.deflate ? "\r\n" : "");
    if (send(c->fd, req, n, MSG_NOSIGNAL) != n) { conn_close(c); return; }
    c->state = HANDSHAKE;
    struct epoll_event ev = { .events = EPOLLIN, .data.ptr = c };
    epoll_ctl(ep, EPOLL_CTL_MOD, c->fd, &ev);
}

/* ------------------------------------------------------------------ payloads */

static uint64_t parse_uint(const char *p, const char *end) {
    uint64_t v = 0;
    while (p < end && *p == ' ') p++;
    for (; p < end && (unsigned)(*p - '0') < 10; p++) v = v * 10 + (*p - '0');
    return v;
}

/* A time in the option's unit -> microseconds. */
static uint64_t parse_time(const char *p, const char *end) {
    uint64_t v = parse_uint(p, end);
    if (!opt.ts_ms) return v;
    while (p < end && (*p == ' ' || (unsigned)(*p - '0') < 10)) p++;
    int digits = 0;
    if (p < end && *p == '.')
        for (p++; p < end && digits < 3 && (unsigned)(*p - '0') < 10; p++, digits++) v = v * 10 + (*p - '0');
    for (; digits < 3; digits++) v *= 10;
    return v;
}

static void on_message(struct conn *c, const char *p, size_t len) {
    static size_t marker_len, ts_len, seq_len, n_len;
    if (!marker_len) {
        marker_len = strlen(opt.marker); ts_len = strlen(opt.ts_key);
        seq_len = opt.seq_key ? strlen(opt.seq_key) : 0; n_len = opt.n_key ? strlen(opt.n_key) : 0;
    }
    const char *end = p + len;
    bool same = opt.marker == opt.ts_key;
    uint64_t now = 0;
    cnt.payload += len;
    for (const char *q = p; (q = memmem(q, end - q, opt.marker, marker_len)); ) {
        q += marker_len;
        cnt.msgs++;
        if (n_len) {
            const char *next = memmem(q, end - q, opt.marker, marker_len);
            const char *n = memmem(q, (next ? next : end) - q, opt.n_key, n_len);
            cnt.events += n ? parse_uint(n + n_len, end) : 1;
        }
        if (total_msgs++ % opt.lat_every == 0 && measuring) {
            const char *t = same ? q : memmem(q, end - q, opt.ts_key, ts_len);
            if (t) {
                uint64_t ts = parse_time(same ? t : t + ts_len, end);
                if (!now) now = now_us(CLOCK_REALTIME);
                if (now < ts) cnt.early++;
                uint64_t latency = now > ts ? now - ts : 0;
                hist_add(&rows, latency);
                if (opt.last) event_received(ts, latency, n_open);
            }
        }
    }
    if (seq_len) for (const char *q = p; (q = memmem(q, end - q, opt.seq_key, seq_len)); ) {
        q += seq_len;
        int64_t s = (int64_t)parse_uint(q, end);
        if (c->last_seq && s <= c->last_seq) cnt.disorder++;
        else if (c->last_seq && s > c->last_seq + 1) cnt.gaps += s - c->last_seq - 1;
        c->last_seq = s;
    }
    if (!c->sent_rest) { c->sent_rest = 1; send_subscriptions(c, 1, opt.nsends); }
}

static void inflate_message(struct conn *c, const char *p, size_t len) {
    static unsigned char out[1 << 20];
    static struct sbuf in;
    if (!c->z) {
        c->z = calloc(1, sizeof *c->z);
        if (inflateInit2(c->z, -15) != Z_OK) die("inflateInit2");
    }
    in.len = 0;
    sb_add(&in, p, len); sb_add(&in, "\0\0\xff\xff", 4);
    c->z->next_in = (void *)in.p; c->z->avail_in = in.len;
    c->z->next_out = out; c->z->avail_out = sizeof out;
    int r = inflate(c->z, Z_SYNC_FLUSH);
    if (r != Z_OK && r != Z_BUF_ERROR && r != Z_STREAM_END) { conn_close(c); return; }
    size_t n = sizeof out - c->z->avail_out;
    if (c->no_takeover || r == Z_STREAM_END) inflateReset(c->z);
    on_message(c, (char *)out, n);
}

static void on_frame(struct conn *c, int b0, const char *p, size_t len) {
    int op = b0 & 15;
    if (op == 9) { send_frame(c, 10, p, len > 125 ? 125 : len); return; }
    if (op == 8) { conn_close(c); return; }
    if (op == 10) return;
    cnt.frames++;
    if (op != 0) c->msg_rsv1 = b0 & 0x40;
    if (!(b0 & 0x80)) { sb_add(&c->msg, p, len); return; }
    if (op == 0) {
        sb_add(&c->msg, p, len); p = c->msg.p; len = c->msg.len;
    }
    if (c->msg_rsv1) inflate_message(c, p, len); else on_message(c, p, len);
    c->msg.len = 0;
}

/* Consumes whole frames from p; returns the number of bytes used. */
static size_t parse_frames(struct conn *c, const unsigned char *p, size_t n) {
    size_t at = 0;
    while (n - at >= 2 && c->state == OPEN) {
        const unsigned char *h = p + at;
        size_t hl = 2; uint64_t len = h[1] & 127;
        if (h[1] & 0x80) die("server sent a masked frame");
        if (len == 126) { if (n - at < 4) break; len = h[2] << 8 | h[3]; hl = 4; }
        else if (len == 127) {
            if (n - at < 10) break;
            len = 0; for (int i = 2; i < 10; i++) len = len << 8 | h[i];
            hl = 10;
        }
        if (n - at - hl < len) break;
        on_frame(c, h[0], (const char *)h + hl, len);
        at += hl + len;
    }
    return at;
}

static size_t parse_handshake(struct conn *c, const char *p, size_t n) {
    const char *end = memmem(p, n, "\r\n\r\n", 4);
    if (!end) return 0;
    if (n < 12 || memcmp(p + 8, " 101", 4)) {
        static int shown;
        if (!shown++) fprintf(stderr, "wsload: handshake refused: %.*s\n", (int)(n < 200 ? n : 200), p);
        conn_close(c);
        return n;
    }
    size_t used = end + 4 - p;
    char *hs = strndup(p, used);
    const char *e = strcasestr(hs, "sec-websocket-extensions:");
    if (e) {
        c->deflated = strstr(e, "permessage-deflate") != NULL;
        c->no_takeover = strstr(e, "server_no_context_takeover") != NULL;
    }
    free(hs);
    c->state = OPEN; n_connecting--; n_open++; n_done_handshake++;
    c->sent_rest = !opt.wait_first;
    send_subscriptions(c, 0, opt.wait_first && opt.nsends ? 1 : opt.nsends);
    if (c->slow && c->state == OPEN) epoll_ctl(ep, EPOLL_CTL_DEL, c->fd, NULL);
    return used;
}

static void on_readable(struct conn *c) {
    static unsigned char rbuf[RBUF];
    size_t have = c->in.len;
    if (have > RBUF / 2) die("frame larger than the read buffer");
    memcpy(rbuf, c->in.p, have);
    ssize_t r = recv(c->fd, rbuf + have, RBUF - have, 0);
    if (r <= 0) {
        if (r < 0 && (errno == EAGAIN || errno == EINTR)) return;
        conn_close(c);
        return;
    }
    cnt.bytes += r;
    size_t n = have + r, at = 0;
    if (c->state == HANDSHAKE) at = parse_handshake(c, (char *)rbuf, n);
    if (c->state == OPEN) at += parse_frames(c, rbuf + at, n - at);
    if (c->state == CLOSED) return;
    c->in.len = 0;
    if (at < n) sb_add(&c->in, rbuf + at, n - at);
}

/* -------------------------------------------------------- the server process */

struct proc { double cpu_s, user_s, sys_s; double rss_mb; int threads; };

/* utime+stime (and reaped children's) of the process and of its live descendants. */
static struct proc read_proc(int pid) {
    struct proc s = {0};
    if (!pid) return s;
    double hz = sysconf(_SC_CLK_TCK), page_mb = sysconf(_SC_PAGESIZE) / 1048576.0;
    static struct { int pid, ppid; unsigned long u, k, cu, ck; long rss, thr; bool in; } t[4096];
    int n = 0;
    DIR *d = opendir("/proc");
    for (struct dirent *e; d && (e = readdir(d)) && n < 4096; ) {
        if (!isdigit((unsigned char)e->d_name[0])) continue;
        char path[300], buf[2048];
        snprintf(path, sizeof path, "/proc/%s/stat", e->d_name);
        int fd = open(path, O_RDONLY);
        if (fd < 0) continue;
        ssize_t r = read(fd, buf, sizeof buf - 1);
        close(fd);
        if (r <= 0) continue;
        buf[r] = 0;
        char *p = strrchr(buf, ')');
        if (p && sscanf(p + 2, "%*c %d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu %ld %ld %*d %*d "
                        "%ld %*d %*u %*u %ld", &t[n].ppid, &t[n].u, &t[n].k, (long *)&t[n].cu,
                        (long *)&t[n].ck, &t[n].thr, &t[n].rss) == 7) {
            t[n].pid = atoi(e->d_name); t[n].in = t[n].pid == pid; n++;
        }
    }
    if (d) closedir(d);
    for (bool again = true; again; ) {
        again = false;
        for (int i = 0; i < n; i++) if (!t[i].in)
            for (int j = 0; j < n; j++) if (t[j].in && t[j].pid == t[i].ppid) { t[i].in = again = true; break; }
    }
    for (int i = 0; i < n; i++) if (t[i].in) {
        s.user_s += (t[i].u + t[i].cu) / hz; s.sys_s += (t[i].k + t[i].ck) / hz;
        s.rss_mb += t[i].rss * page_mb; s.threads += t[i].thr;
    }
    s.cpu_s = s.user_s + s.sys_s;
    return s;
}

/* CPU seconds the whole machine has spent busy (with steal): shows what else was running. */
static double machine_busy(void) {
    unsigned long v[8] = {0};
    FILE *f = fopen("/proc/stat", "r");
    if (!f) return 0;
    int k = fscanf(f, "cpu %lu %lu %lu %lu %lu %lu %lu %lu", v, v + 1, v + 2, v + 3, v + 4, v + 5, v + 6, v + 7);
    fclose(f);
    return k == 8 ? (v[0] + v[1] + v[2] + v[5] + v[6] + v[7]) / (double)sysconf(_SC_CLK_TCK) : 0;
}

static double self_cpu(void) {
    struct rusage u; getrusage(RUSAGE_SELF, &u);
    return u.ru_utime.tv_sec + u.ru_stime.tv_sec + (u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

static int slow_closed(void) {
    int k = 0;
    for (int i = 0; i < opt.n; i++) if (conns[i].slow && conns[i].state == OPEN) {
        struct tcp_info ti; socklen_t l = sizeof ti;
        if (getsockopt(conns[i].fd, IPPROTO_TCP, TCP_INFO, &ti, &l) || ti.tcpi_state != TCP_ESTABLISHED) k++;
    }
    return k;
}

/* ------------------------------------------------------------------------ main */

static void poll_once(int ms) {
    struct epoll_event ev[512];
    int k = epoll_wait(ep, ev, 512, ms);
    for (int i = 0; i < k; i++) {
        struct conn *c = ev[i].data.ptr;
        if (c->state == CONNECTING) send_handshake(c);
        else if (c->state != CLOSED) on_readable(c);
    }
}

static void run_for(double s) {
    uint64_t end = now_us(CLOCK_MONOTONIC) + (uint64_t)(s * 1e6), t;
    while ((t = now_us(CLOCK_MONOTONIC)) < end) poll_once((int)((end - t) / 1000 + 1));
}

static void parse_options(int argc, char **argv) {
    enum { HOST = 256, PORT, PATH, SOURCES, SETTLE, SYMBOLS, PREFIX, SUBS, SEND, EACH, WAIT, MARKER,
           TS, UNIT, NKEY, SEQ, LAT, DEFLATE, SLOW, RCVBUF, PID, LABEL, CTO, NAMES, LAST };
    const char *names = NULL;
    static const struct option o[] = {
        {"host",1,0,HOST},{"port",1,0,PORT},{"path",1,0,PATH},{"sources",1,0,SOURCES},
        {"settle",1,0,SETTLE},{"symbols",1,0,SYMBOLS},{"sym-prefix",1,0,PREFIX},{"subs",1,0,SUBS},
        {"send",1,0,SEND},{"send-each",1,0,EACH},{"wait-first",0,0,WAIT},{"marker",1,0,MARKER},
        {"ts-key",1,0,TS},{"ts-unit",1,0,UNIT},{"n-key",1,0,NKEY},{"seq-key",1,0,SEQ},{"lat-every",1,0,LAT},{"deflate",1,0,DEFLATE},
        {"slow",1,0,SLOW},{"slow-rcvbuf",1,0,RCVBUF},{"pid",1,0,PID},{"label",1,0,LABEL},
        {"connect-timeout",1,0,CTO},{"sym-names",1,0,NAMES},{"last",0,0,LAST},{"help",0,0,'h'},{0} };
    for (int c; (c = getopt_long(argc, argv, "n:w:d:h", o, NULL)) != -1; ) switch (c) {
        case HOST: opt.host = optarg; break;         case PORT: opt.port = atoi(optarg); break;
        case PATH: opt.path = optarg; break;         case SOURCES: opt.sources = atoi(optarg); break;
        case SETTLE: opt.settle = atof(optarg); break; case SYMBOLS: opt.symbols = atoi(optarg); break;
        case PREFIX: opt.sym_prefix = optarg; break; case SUBS: opt.subs = atoi(optarg); break;
        case SEND: case EACH:
            if (opt.nsends == MAX_SENDS) die("too many --send");
            opt.send_each[opt.nsends] = c == EACH; opt.sends[opt.nsends++] = optarg; break;
        case WAIT: opt.wait_first = true; break;     case MARKER: opt.marker = optarg; break;
        case UNIT: opt.ts_ms = !strcmp(optarg, "ms"); break; case NKEY: opt.n_key = optarg; break;
        case TS: opt.ts_key = optarg; break;         case SEQ: opt.seq_key = optarg; break;
        case LAT: opt.lat_every = atoi(optarg); break; case DEFLATE: opt.deflate = optarg; break;
        case SLOW: opt.slow = atoi(optarg); break;   case RCVBUF: opt.slow_rcvbuf = atoi(optarg); break;
        case PID: opt.pid = atoi(optarg); break;     case LABEL: opt.label = optarg; break;
        case CTO: opt.connect_timeout = atof(optarg); break; case NAMES: names = optarg; break;
        case LAST: opt.last = true; break;
        case 'n': opt.n = atoi(optarg); break;       case 'w': opt.warmup = atof(optarg); break;
        case 'd': opt.duration = atof(optarg); break;
        case 'h': usage(stdout); exit(0);
        default: usage(stderr); exit(2);
    }
    if (names) read_names(names);
    if (opt.n < 1 || opt.lat_every < 1 || opt.slow > opt.n) die("bad number");
    if (!opt.marker || !strcmp(opt.marker, opt.ts_key)) opt.marker = opt.ts_key;
}

int main(int argc, char **argv) {
    parse_options(argc, argv);
    signal(SIGPIPE, SIG_IGN);
    conns = calloc(opt.n, sizeof *conns);
    ep = epoll_create1(EPOLL_CLOEXEC);
    for (int i = 0; i < opt.n; i++) { conns[i].fd = -1; conns[i].slow = i >= opt.n - opt.slow; }

    struct proc before = read_proc(opt.pid);
    uint64_t t0 = now_us(CLOCK_MONOTONIC), limit = t0 + (uint64_t)(opt.connect_timeout * 1e6);
    while (n_open + n_failed + n_lost < opt.n && now_us(CLOCK_MONOTONIC) < limit) {
        while (next_conn < opt.n && n_connecting < MAX_CONNECTING) start_connect(&conns[next_conn++]);
        poll_once(100);
    }
    double connect_s = (now_us(CLOCK_MONOTONIC) - t0) / 1e6;
    run_for(opt.settle + opt.warmup);

    struct proc p0 = read_proc(opt.pid);
    double c0 = self_cpu(), b0 = machine_busy();
    cnt0 = cnt; measuring = true;
    uint64_t m0 = now_us(CLOCK_MONOTONIC);
    run_for(opt.duration);
    double s = (now_us(CLOCK_MONOTONIC) - m0) / 1e6;
    measuring = false;
    struct proc p1 = read_proc(opt.pid);
    double client_cpu = self_cpu() - c0, busy = machine_busy() - b0;

    uint64_t msgs = cnt.msgs - cnt0.msgs, frames = cnt.frames - cnt0.frames,
             bytes = cnt.bytes - cnt0.bytes, payload = cnt.payload - cnt0.payload;
    double cpu = p1.cpu_s - p0.cpu_s;
    int deflated = 0;
    for (int i = 0; i < opt.n; i++) deflated += conns[i].deflated;

    printf("{\"label\":\"%s\",\"n\":%d,\"open\":%d,\"failed\":%d,\"lost\":%d,\"connect_s\":%.3f,"
           "\"seconds\":%.3f,\"msgs\":%lu,\"msgs_per_s\":%.0f,\"frames_per_s\":%.0f,"
           "\"msgs_per_frame\":%.2f,\"mb_per_s\":%.2f,\"wire_bytes_per_msg\":%.1f,"
           "\"payload_bytes_per_msg\":%.1f",
           opt.label, opt.n, n_open, n_failed, n_lost, connect_s, s, msgs, msgs / s, frames / s,
           frames ? (double)msgs / frames : 0, bytes / s / 1e6, msgs ? (double)bytes / msgs : 0,
           msgs ? (double)payload / msgs : 0);
    printf(",\"lat_n\":%lu,\"lat_mean_us\":%.0f,\"p50_us\":%lu,\"p99_us\":%lu,\"p999_us\":%lu,\"max_us\":%lu",
           rows.n, rows.n ? rows.sum / rows.n : 0, hist_q(&rows, .5), hist_q(&rows, .99), hist_q(&rows, .999), rows.max);
    if (opt.last)
        printf(",\"last_n\":%lu,\"last_p50_us\":%lu,\"last_p99_us\":%lu,\"last_max_us\":%lu",
               lasts.n, hist_q(&lasts, .5), hist_q(&lasts, .99), lasts.max);
    printf(",\"clock_early\":%lu", cnt.early);
    if (opt.n_key) printf(",\"events\":%lu", cnt.events - cnt0.events);
    if (opt.seq_key) printf(",\"gaps\":%lu,\"disorder\":%lu", cnt.gaps - cnt0.gaps, cnt.disorder);
    if (opt.deflate) printf(",\"deflated\":%d", deflated);
    if (opt.slow) printf(",\"slow\":%d,\"slow_closed\":%d", opt.slow, slow_closed());
    if (opt.pid)
        printf(",\"srv_cpu_s\":%.2f,\"srv_user_s\":%.2f,\"srv_sys_s\":%.2f,\"srv_cores\":%.2f,"
               "\"cpu_us_per_msg\":%.3f,\"rss_mb_before\":%.1f,\"rss_mb\":%.1f,\"threads\":%d",
               cpu, p1.user_s - p0.user_s, p1.sys_s - p0.sys_s, cpu / s,
               msgs ? cpu * 1e6 / msgs : 0, before.rss_mb, p1.rss_mb, p1.threads);
    printf(",\"client_cores\":%.2f", client_cpu / s);
    if (opt.pid) printf(",\"other_cores\":%.2f", (busy - client_cpu - cpu) / s);
    puts("}");
    return n_open + n_lost == 0 ? 1 : 0;
}
