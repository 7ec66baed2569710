/** Time that stands still until a test moves it on. */
export class FakeClock {
    #now = 1_000;
    #timers = new Map();
    #next = 1;

    now() {
        return this.#now;
    }

    after(delay, action) {
        const id = this.#next++;
        this.#timers.set(id, { at: this.#now + delay, action });
        return id;
    }

    cancel(id) {
        this.#timers.delete(id);
    }

    get waiting() {
        return this.#timers.size;
    }

    /** Lets so many milliseconds pass, and each timer go off at its own moment. */
    pass(ms) {
        const end = this.#now + ms;
        for (;;) {
            const due = [...this.#timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
            if (!due) {
                break;
            }
            const [id, { at, action }] = due;
            this.#timers.delete(id);
            this.#now = Math.max(this.#now, at);
            action();
        }
        this.#now = end;
    }
}

/** The server's end of one socket: what the page sent, and what the server says or does to it. */
export class FakeSocket {
    sent = [];
    closed = false;
    onmessage = null;
    onclose = null;

    constructor(address, protocol) {
        this.address = address;
        this.protocol = protocol;
    }

    send(text) {
        this.sent.push(JSON.parse(text));
    }

    close() {
        this.closed = true;
    }

    says(message) {
        this.onmessage?.({ data: typeof message === 'string' ? message : JSON.stringify(message) });
    }

    welcomes(heartbeat_ms = 5_000) {
        this.says({ type: 'welcome', protocol: 'tickerplant.v1', session: 's-1', epoch: 'e-1', ts: 1, heartbeat_ms });
    }

    beats() {
        this.says({ type: 'heartbeat', ts: 1, feed: 'live', feed_age_ms: 40, market: 'open' });
    }

    closes(code, reason = '') {
        this.onclose?.({ code, reason });
    }
}

/** The browser's store, with what lies in it. */
export class FakeStore {
    #kept;

    constructor(kept = {}) {
        this.#kept = new Map(Object.entries(kept));
    }

    getItem(name) {
        return this.#kept.get(name) ?? null;
    }

    setItem(name, text) {
        this.#kept.set(name, text);
    }
}
