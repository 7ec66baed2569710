/*
 * The least that a fan-out server can do: it makes a row once, and writes ready frames.
 *
 *   server PORT EVENTS_PER_SECOND SYMBOL_FILE SYMBOLS COALESCE_MICROSECONDS
 *
 * With 0 in the last place each tick is a frame of its own, one write for each client that follows it. Otherwise it gathers
 * what clients with the same subscription hear for that long, and writes it as one frame. A client says what it follows in
 * one text message: * or names with commas between.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MAX_FD = 32768, MAX_SYMBOLS = 100000, BUFFER = 1 << 18 };

struct group {               /* clients with the same subscription */
    char *key;
    uint8_t *follows;        /* by symbol; NULL for all */
    int *fds, n, cap;
    char *rows;              /* gathered, behind room for a frame's head */
    size_t len;
    struct group *next;
};
struct client { uint8_t open; struct group *group; char *rest; size_t len; };

static struct client clients[MAX_FD];
static struct group *groups;
static char *names[MAX_SYMBOLS];
static int ep, symbols, gathered;
static long dropped;

static int64_t now_ns(clockid_t c) {
    struct timespec t;
    clock_gettime(c, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

/* ------------------------------------------------ SHA-1 of at most 119 bytes, and Base64, for the handshake */

static uint32_t rol(uint32_t v, int n) { return v << n | v >> (32 - n); }

static void sha1(const char *text, size_t len, uint8_t out[20]) {
    uint32_t h[5] = { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0 }, w[80];
    uint8_t block[128] = { 0 };
    size_t blocks = (len + 8) / 64 + 1;
    memcpy(block, text, len);
    block[len] = 0x80;
    for (int i = 0; i < 8; i++) block[blocks * 64 - 1 - i] = (uint8_t)((uint64_t)len * 8 >> (8 * i));
    for (size_t b = 0; b < blocks; b++) {
        for (int i = 0; i < 16; i++) {
            const uint8_t *p = block + b * 64 + i * 4;
            w[i] = (uint32_t)p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3];
        }
        for (int i = 16; i < 80; i++) w[i] = rol(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
        uint32_t a = h[0], q = h[1], c = h[2], d = h[3], e = h[4];
        for (int i = 0; i < 80; i++) {
            uint32_t f = i < 20 ? (q & c) | (~q & d) : i < 40 ? q ^ c ^ d : i < 60 ? (q & c) | (q & d) | (c & d) : q ^ c ^ d;
            uint32_t k = i < 20 ? 0x5a827999 : i < 40 ? 0x6ed9eba1 : i < 60 ? 0x8f1bbcdc : 0xca62c1d6;
            uint32_t t = rol(a, 5) + f + e + k + w[i];
            e = d; d = c; c = rol(q, 30); q = a; a = t;
        }
        h[0] += a; h[1] += q; h[2] += c; h[3] += d; h[4] += e;
    }
    for (int i = 0; i < 20; i++) out[i] = (uint8_t)(h[i / 4] >> (24 - 8 * (i % 4)));
}

static void accept_key(const char *key, size_t len, char out[29]) {
    static const char *abc = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char text[119];
    uint8_t d[21] = { 0 };
    int n = snprintf(text, sizeof text, "%.*s258EAFA5-E914-47DA-95CA-C5AB0DC85B11", (int)len, key);
    sha1(text, (size_t)n, d);
    for (int i = 0, o = 0; i < 21; i += 3, o += 4) {
        uint32_t v = (uint32_t)d[i] << 16 | d[i + 1] << 8 | d[i + 2];
        for (int j = 0; j < 4; j++) out[o + j] = abc[v >> (18 - 6 * j) & 63];
    }
    out[27] = '=';
    out[28] = 0;
}

/* ------------------------------------------------ clients */

static void drop(int fd) {
    struct client *c = &clients[fd];
    if (c->group)
        for (int i = 0; i < c->group->n; i++)
            if (c->group->fds[i] == fd) { c->group->fds[i] = c->group->fds[--c->group->n]; break; }
    free(c->rest);
    memset(c, 0, sizeof *c);
    close(fd);
}

static void follow(int fd, const char *list) {
    struct group *g = groups;
    while (g && strcmp(g->key, list)) g = g->next;
    if (!g) {
        g = calloc(1, sizeof *g);
        g->key = strdup(list);
        g->rows = malloc(BUFFER);
        if (strcmp(list, "*")) {
            g->follows = calloc((size_t)symbols, 1);
            char *copy = strdup(list), *save = NULL;
            for (char *s = strtok_r(copy, ",", &save); s; s = strtok_r(NULL, ",", &save))
                for (int i = 0; i < symbols; i++) if (!strcmp(s, names[i])) g->follows[i] = 1;
            free(copy);
        }
        g->next = groups;
        groups = g;
    }
    if (g->n == g->cap) g->fds = realloc(g->fds, sizeof(int) * (size_t)(g->cap = g->cap ? g->cap * 2 : 16));
    g->fds[g->n++] = fd;
    clients[fd].group = g;
}

static void on_readable(int fd) {
    static char in[65536], text[65536];
    struct client *c = &clients[fd];
    ssize_t n = recv(fd, in, sizeof in - 1, 0);
    if (n <= 0) { if (n == 0 || errno != EAGAIN) drop(fd); return; }
    in[n] = 0;
    if (!c->open) {          /* on loopback a request comes in one piece */
        char *key = strcasestr(in, "sec-websocket-key:"), accept[29], out[256];
        if (!key) { drop(fd); return; }
        key += 18 + strspn(key + 18, " ");
        accept_key(key, strcspn(key, "\r\n "), accept);
        int m = snprintf(out, sizeof out, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                         "Connection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n", accept);
        if (send(fd, out, (size_t)m, MSG_NOSIGNAL) != m) { drop(fd); return; }
        c->open = 1;
        return;
    }
    uint8_t *h = (uint8_t *)in;
    if ((h[0] & 15) == 8) { drop(fd); return; }
    if ((h[0] & 15) != 1 || c->group) return;
    size_t len = h[1] & 127, at = 2;
    if (len == 126) { len = (size_t)h[2] << 8 | h[3]; at = 4; }
    if (at + 4 + len > (size_t)n) { drop(fd); return; }
    for (size_t i = 0; i < len; i++) text[i] = (char)(h[at + 4 + i] ^ h[at + (i & 3)]);
    text[len] = 0;
    follow(fd, text);
}

static void interest(int fd, uint32_t events) {
    struct epoll_event ev = { .events = events, .data.fd = fd };
    epoll_ctl(ep, EPOLL_CTL_MOD, fd, &ev);
}

static void write_frame(int fd, const char *p, size_t len) {
    struct client *c = &clients[fd];
    ssize_t n = 0;
    if (!c->len) {
        n = send(fd, p, len, MSG_NOSIGNAL);
        if (n == (ssize_t)len) return;
        if (n < 0) { if (errno != EAGAIN) { drop(fd); return; } n = 0; }
    }
    if (c->len + len > BUFFER) { dropped++; return; }
    if (!c->rest) c->rest = malloc(BUFFER);
    memcpy(c->rest + c->len, p + n, len - (size_t)n);
    if (!c->len) interest(fd, EPOLLIN | EPOLLOUT);
    c->len += len - (size_t)n;
}

static void on_writable(int fd) {
    struct client *c = &clients[fd];
    ssize_t n = send(fd, c->rest, c->len, MSG_NOSIGNAL);
    if (n < 0) { if (errno != EAGAIN) drop(fd); return; }
    memmove(c->rest, c->rest + n, c->len -= (size_t)n);
    if (!c->len) interest(fd, EPOLLIN);
}

/* A frame's head before p; where it begins. */
static char *head(char *p, size_t len) {
    uint8_t *h = (uint8_t *)p;
    if (len < 126) { h -= 2; h[1] = (uint8_t)len; }
    else if (len < 65536) { h -= 4; h[1] = 126; h[2] = (uint8_t)(len >> 8); h[3] = (uint8_t)len; }
    else { h -= 10; h[1] = 127; for (int i = 0; i < 8; i++) h[2 + i] = (uint8_t)((uint64_t)len >> (56 - 8 * i)); }
    h[0] = 0x81;
    return (char *)h;
}

static void send_all(struct group *g, char *rows, size_t len) {
    char *from = head(rows, len);
    for (int i = g->n; i-- > 0;) write_frame(g->fds[i], from, (size_t)(rows - from) + len);
}

static void flush(struct group *g) {
    if (g->len) send_all(g, g->rows + 16, g->len);
    g->len = 0;
}

static void tick(long count, int64_t due_us, int coalesce) {
    static long bids[MAX_SYMBOLS];
    static char buffer[512];
    char *row = buffer + 16;
    int s = (int)(count % symbols);
    if (!bids[s]) bids[s] = 10000 + (s * 7919L) % 40000;
    bids[s] += (count / symbols * 7 + s) % 5 - 2;
    long ask = bids[s] + 3;
    size_t len = (size_t)sprintf(row, "{\"symbol\":\"%s\",\"seq\":%ld,\"bid\":%ld.%02ld,\"bid_size\":%d,\"ask\":%ld.%02ld,"
                                 "\"ask_size\":%d,\"ts\":%ld.%03ld}", names[s], count / symbols + 1, bids[s] / 100,
                                 bids[s] % 100, (s % 9 + 1) * 100, ask / 100, ask % 100, (s % 7 + 1) * 100,
                                 (long)(due_us / 1000), (long)(due_us % 1000));
    for (struct group *g = groups; g; g = g->next) {
        if (!g->n || (g->follows && !g->follows[s])) continue;
        if (!coalesce) { send_all(g, row, len); continue; }
        if (g->len + len + 32 > BUFFER) flush(g);
        if (g->len) g->rows[16 + g->len++] = ',';
        memcpy(g->rows + 16 + g->len, row, len);
        g->len += len;
        gathered = 1;
    }
}

int main(int argc, char **argv) {
    if (argc != 6) { fputs("server PORT EVENTS_PER_SECOND SYMBOL_FILE SYMBOLS COALESCE_MICROSECONDS\n", stderr); return 2; }
    signal(SIGPIPE, SIG_IGN);
    double rate = atof(argv[2]);
    FILE *f = fopen(argv[3], "r");
    char line[64];
    int wanted = atoi(argv[4]), coalesce = atoi(argv[5]), one = 1, large = 262144;
    while (f && symbols < wanted && symbols < MAX_SYMBOLS && fgets(line, sizeof line, f))
        names[symbols++] = strndup(line, strcspn(line, "\r\n"));
    if (!symbols || symbols < wanted) { perror(argv[3]); return 1; }
    int server = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    setsockopt(server, SOL_SOCKET, SO_SNDBUF, &large, sizeof large);
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(argv[1])),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    if (bind(server, (void *)&a, sizeof a) || listen(server, 1024)) { perror("listen"); return 1; }
    ep = epoll_create1(0);
    struct epoll_event ev = { .events = EPOLLIN, .data.fd = server }, got[512];
    epoll_ctl(ep, EPOLL_CTL_ADD, server, &ev);

    int64_t start = now_ns(CLOCK_MONOTONIC), start_us = now_ns(CLOCK_REALTIME) / 1000, flush_at = 0;
    long count = 0;
    for (;;) {
        int64_t now = now_ns(CLOCK_MONOTONIC), due = start + (int64_t)((double)count / rate * 1e9);
        /* a part of what is due at a time, so that clients are heard of even when it is late */
        for (int i = 0; rate > 0 && due <= now && i < 64; i++) {
            tick(count, start_us + (due - start) / 1000, coalesce);
            due = start + (int64_t)((double)++count / rate * 1e9);
        }
        if (gathered && now >= flush_at) {
            gathered = 0;
            for (struct group *g = groups; g; g = g->next) flush(g);
            flush_at = now_ns(CLOCK_MONOTONIC) + coalesce * 1000L;
        }
        now = now_ns(CLOCK_MONOTONIC);
        int64_t wake = rate > 0 ? due : now + 1000000000;
        if (gathered && wake > flush_at) wake = flush_at;
        int64_t left = wake > now ? wake - now : 0;
        struct timespec wait = { left / 1000000000, left % 1000000000 };
        int n = epoll_pwait2(ep, got, 512, &wait, NULL);
        for (int i = 0; i < n; i++) {
            int fd = got[i].data.fd;
            if (fd == server) {
                int client;
                while ((client = accept4(server, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
                    if (client >= MAX_FD) { close(client); continue; }
                    setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
                    ev = (struct epoll_event){ .events = EPOLLIN, .data.fd = client };
                    epoll_ctl(ep, EPOLL_CTL_ADD, client, &ev);
                }
            } else {
                if ((got[i].events & EPOLLOUT) && clients[fd].len) on_writable(fd);
                if (got[i].events & ~(uint32_t)EPOLLOUT) on_readable(fd);
            }
        }
    }
}
