import { browserClock } from './clock.js';
import { ProtocolError, SUBPROTOCOL, parse, ping, subscribe } from './protocol.js';

const BACK_OFF_MIN_MS = 500;
const BACK_OFF_MAX_MS = 30_000;
/** A longer wait than this is no wait but a mistake. */
const GOAWAY_MAX_MS = 300_000;
/** Handshake and welcome together. */
const WELCOME_WITHIN_MS = 10_000;
const HEARTBEATS_MISSED = 3;
/** A ping beside the first snapshot would measure how busy the page is. */
const FIRST_PING_MS = 500;
const PING_EVERY_MS = 5_000;
const PROBE_MS = 4_000;
/** Asking again for a snapshot of everything is dear to the server: at most this often. */
const REFRESH_EVERY_MS = 5_000;

/** The socket's address beside the page, wherever the page is deployed. */
export function socketAddress(base) {
    const address = new URL('ws/ticker', base);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    address.search = '';
    address.hash = '';
    return address.href;
}

/** Whether a server that closed with this code wants the same client back. */
export function mayReconnect(code) {
    return code < 4500 || code > 4999;
}

/** The wait before attempt 0, 1, 2 …: spread at random up to a bound that doubles, so that clients don't return as one. */
export function backOff(attempt, random) {
    const bound = Math.min(BACK_OFF_MAX_MS, BACK_OFF_MIN_MS * 2 ** (attempt + 1));
    return BACK_OFF_MIN_MS + random() * (bound - BACK_OFF_MIN_MS);
}

/**
 * One client's connection to the server, kept up across losses: it returns with a jittered back-off and subscribes again.
 *
 *     closed ──start──▶ connecting ──welcome──▶ live
 *       ▲ ▲                │    ▲                │
 *       │ └─4500–4999──────┤    └──retry──┐      │ lost, silent
 *       └────stop──────────┴──────────▶ waiting ◀┘
 *
 * Events: `state`, `latency`, `message` (detail: a checked message), `fault` (detail: text about a message that broke the
 * protocol).
 */
export class Connection extends EventTarget {
    #address;
    #open;
    #clock;
    #random;
    #subscriptions = new Map();
    #requests = new Map();
    #refreshes = new Map();
    #timers = new Map();
    #socket;
    #state = 'closed';
    #attempt = 0;
    #nextId = 1;
    #silenceMs = WELCOME_WITHIN_MS;
    #heardAt = 0;
    #pinged;
    #goawayMs;
    #latency;
    #retryAt;
    #closure;

    /**
     * @param {string} address of the socket, `ws:` or `wss:`
     * @param {object} [world] what a test replaces: open(address, protocol), clock, random()
     */
    constructor(address, { open = (url, protocol) => new WebSocket(url, protocol), clock = browserClock, random = Math.random } = {}) {
        super();
        this.#address = address;
        this.#open = open;
        this.#clock = clock;
        this.#random = random;
    }

    /** `connecting`, `live`, `waiting` or `closed`. */
    get state() {
        return this.#state;
    }

    /** Milliseconds of the last ping's round trip; undefined until there was one on this connection. */
    get latency() {
        return this.#latency;
    }

    /** Milliseconds until the next attempt, 0 when not waiting. */
    get retryInMs() {
        return this.#state === 'waiting' ? Math.max(0, this.#retryAt - this.#clock.now()) : 0;
    }

    /** Code and reason of the last close; code 0 when the page itself gave the connection up. */
    get closure() {
        return this.#closure;
    }

    start() {
        if (this.#state === 'closed') {
            this.#attempt = 0;
            this.#connect();
        }
    }

    stop() {
        this.#abandon();
        this.#closure = { code: 1000, reason: '' };
        this.#enter('closed');
    }

    /** Follows symbols now, and again after each reconnect, until the page ends. */
    subscribe(channel, symbols) {
        this.#subscriptions.set(channel, symbols);
        if (this.#state === 'live') {
            this.#requestSubscription(channel);
        }
    }

    /** Asks for a fresh snapshot of a channel that is followed. */
    refresh(channel) {
        if (this.#state !== 'live' || this.#timers.has(`refresh ${channel}`)) {
            return;
        }
        const wait = (this.#refreshes.get(channel) ?? -Infinity) + REFRESH_EVERY_MS - this.#clock.now();
        this.#later(`refresh ${channel}`, Math.max(0, wait), () => this.#requestSubscription(channel));
    }

    /** Something may have changed under us (network, sleep): retries at once, or has a live connection prove itself. */
    probe() {
        if (this.#state === 'waiting') {
            this.#attempt = 0;
            this.#connect();
        } else if (this.#state === 'live') {
            const asked = this.#clock.now();
            this.#sendPing();
            this.#later('probe', PROBE_MS, () => {
                if (this.#heardAt <= asked) {
                    this.#giveUp('no answer');
                }
            });
        }
    }

    #connect() {
        this.#abandon();
        this.#goawayMs = undefined;
        this.#latency = undefined;
        this.#enter('connecting');
        let socket;
        try {
            socket = this.#open(this.#address, SUBPROTOCOL);
        } catch (cause) {
            // Thrown for an address that the page's policy forbids, or while the page is being left.
            this.#lost(0, cause.message);
            return;
        }
        this.#socket = socket;
        socket.onmessage = (event) => this.#receive(event.data);
        socket.onclose = (event) => this.#lost(event.code, event.reason);
        this.#heardAt = this.#clock.now();
        this.#silenceMs = WELCOME_WITHIN_MS;
        this.#watch(WELCOME_WITHIN_MS);
    }

    #receive(data) {
        this.#heardAt = this.#clock.now();
        let message;
        try {
            message = parse(data);
        } catch (error) {
            if (!(error instanceof ProtocolError)) {
                throw error;
            }
            this.dispatchEvent(new CustomEvent('fault', { detail: error.message }));
            return;
        }
        const begins = message.type === 'welcome' && this.#state === 'connecting';
        this.#heed(message, begins);
        this.dispatchEvent(new CustomEvent('message', { detail: message }));
        if (begins) {
            // After the listeners: they make room before the first snapshot is asked for.
            for (const channel of this.#subscriptions.keys()) {
                this.#requestSubscription(channel);
            }
            this.#later('ping', FIRST_PING_MS, () => this.#pingRegularly());
        }
    }

    #heed(message, begins) {
        switch (message.type) {
            case 'welcome':
                if (begins) {
                    this.#silenceMs = HEARTBEATS_MISSED * message.heartbeat_ms;
                    this.#watch(this.#silenceMs);
                    this.#enter('live');
                }
                break;
            case 'heartbeat':
                // Only a connection that lasts forgives the attempts before it: some servers welcome and close at once.
                this.#attempt = 0;
                break;
            case 'goaway':
                this.#goawayMs = Math.min(message.reconnect_ms, GOAWAY_MAX_MS);
                break;
            case 'pong':
                if (this.#pinged && message.id === this.#pinged.id) {
                    this.#latency = this.#clock.now() - this.#pinged.at;
                    this.#pinged = undefined;
                    this.dispatchEvent(new Event('latency'));
                }
                break;
            case 'subscribed':
                this.#requests.delete(message.id);
                break;
            case 'error':
                this.#retryRequest(message);
                break;
            default:
        }
    }

    #retryRequest({ id, retry }) {
        const channel = this.#requests.get(id);
        this.#requests.delete(id);
        if (channel && retry) {
            this.refresh(channel);
        }
    }

    #requestSubscription(channel) {
        const id = this.#nextId++;
        this.#requests.set(id, channel);
        this.#refreshes.set(channel, this.#clock.now());
        this.#send(subscribe(id, channel, this.#subscriptions.get(channel)));
    }

    #pingRegularly() {
        this.#sendPing();
        this.#later('ping', PING_EVERY_MS, () => this.#pingRegularly());
    }

    #sendPing() {
        this.#pinged = { id: this.#nextId++, at: this.#clock.now() };
        this.#send(ping(this.#pinged.id, Math.round(this.#pinged.at)));
    }

    #send(text) {
        // A socket that is closing swallows what it is given, and its close event follows.
        this.#socket?.send(text);
    }

    #watch(delay) {
        this.#later('silence', delay, () => {
            const left = this.#heardAt + this.#silenceMs - this.#clock.now();
            if (this.#state === 'live' && left >= 0) {
                this.#watch(left + 1);
            } else {
                this.#giveUp(this.#state === 'live' ? 'no heartbeat' : 'no welcome');
            }
        });
    }

    #giveUp(reason) {
        // The socket's own close event may take a minute to come when the network is gone.
        this.#abandon();
        this.#lost(0, reason);
    }

    #lost(code, reason) {
        this.#abandon();
        this.#closure = { code, reason };
        if (!mayReconnect(code)) {
            this.#enter('closed');
            return;
        }
        const delay = this.#nextDelay();
        this.#retryAt = this.#clock.now() + delay;
        this.#later('retry', delay, () => this.#connect());
        this.#enter('waiting');
    }

    #nextDelay() {
        const own = backOff(this.#attempt, this.#random);
        const asked = this.#goawayMs;
        const settled = this.#attempt === 0;
        this.#attempt++;
        this.#goawayMs = undefined;
        if (asked === undefined) {
            return own;
        }
        // A server that sends everybody away again and again must not make the page hammer it.
        return settled ? asked : Math.max(asked, own);
    }

    #abandon() {
        for (const name of [...this.#timers.keys()]) {
            this.#cancel(name);
        }
        this.#requests.clear();
        this.#refreshes.clear();
        this.#pinged = undefined;
        const socket = this.#socket;
        this.#socket = undefined;
        if (socket) {
            socket.onmessage = null;
            socket.onclose = null;
            socket.close();
        }
    }

    #later(name, delay, action) {
        this.#cancel(name);
        const timer = this.#clock.after(delay, () => {
            this.#timers.delete(name);
            action();
        });
        this.#timers.set(name, timer);
    }

    #cancel(name) {
        if (this.#timers.has(name)) {
            this.#clock.cancel(this.#timers.get(name));
            this.#timers.delete(name);
        }
    }

    #enter(state) {
        this.#state = state;
        this.dispatchEvent(new Event('state'));
    }
}
