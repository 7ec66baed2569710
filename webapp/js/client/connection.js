import { withToken } from './address.js';
import { backOff, mayReconnect } from './backoff.js';
import { browserClock } from './clock.js';
import { Outgoing } from './outgoing.js';
import { ProtocolError, SUBPROTOCOL, parse } from './protocol.js';

/** A longer wait than this is no wait but a mistake. */
const GOAWAY_MAX_MS = 300_000;
/** Token, handshake and welcome together. */
const WELCOME_WITHIN_MS = 10_000;
const HEARTBEATS_MISSED = 3;
/** A ping beside the first snapshot would measure how busy the page is. */
const FIRST_PING_MS = 500;
const PING_EVERY_MS = 5_000;
const PROBE_MS = 4_000;
const REQUESTS_PER_S = 20;
/** A token is renewed this long before it ends, or a tenth of its time where that is shorter. */
const RENEW_BEFORE_MS = 30_000;
const RENEW_AGAIN_MS = 5_000;
const RENEW_AT_LATEST_MS = 86_400_000;
const AUTH_FAILED = 4500;

/**
 * One client's connection to the server, kept up across losses: it returns with a jittered back-off, shows its token, and
 * notices a server that has gone silent.
 *
 *     closed ──start──▶ connecting ──welcome──▶ live
 *       ▲ ▲                │    ▲                │
 *       │ └─4500–4999──────┤    └──retry──┐      │ lost, silent
 *       └────stop──────────┴──────────▶ waiting ◀┘
 *
 * Events: `state`, `latency`, `message` (detail: a checked message), `open` (requests may be sent; after the welcome's own
 * `message`), `fault` (detail: text about a message that broke the protocol).
 */
export class Connection extends EventTarget {
    #address;
    #open;
    #clock;
    #random;
    #token;
    #tokenIn;
    #outgoing;
    #timers = new Map();
    #socket;
    #asking;
    #state = 'closed';
    #attempt = 0;
    #tokenRefused = false;
    #welcome;
    #welcomedAt;
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
     * @param {object} [options] token (a function), tokenIn (`message` or `query`), and what a test replaces:
     *     open(address, protocol), clock, random()
     */
    constructor(
        address,
        {
            token,
            tokenIn = 'message',
            open = (url, protocol) => new WebSocket(url, protocol),
            clock = browserClock,
            random = Math.random,
        } = {},
    ) {
        super();
        this.#address = address;
        this.#token = token;
        this.#tokenIn = tokenIn;
        this.#open = open;
        this.#clock = clock;
        this.#random = random;
        this.#outgoing = new Outgoing(clock);
    }

    /** `connecting`, `live`, `waiting` or `closed`. */
    get state() {
        return this.#state;
    }

    /** The server's `welcome` of this connection, or of the last one. */
    get welcome() {
        return this.#welcome;
    }

    /** Milliseconds of the last ping's round trip; undefined until there was one on this connection. */
    get latency() {
        return this.#latency;
    }

    /** Milliseconds until the next attempt, 0 when not waiting. */
    get retryInMs() {
        return this.#state === 'waiting' ? Math.max(0, this.#retryAt - this.#clock.now()) : 0;
    }

    /** Code and reason of the last close; code 0 when this side gave the connection up. */
    get closure() {
        return this.#closure;
    }

    start() {
        if (this.#state === 'closed') {
            this.#attempt = 0;
            this.#tokenRefused = false;
            this.#connect();
        }
    }

    stop() {
        this.#abandon();
        this.#closure = { code: 1000, reason: '' };
        this.#enter('closed');
    }

    /** Sends a request and answers with the `id` that it was given; undefined while the connection is not live. */
    send(request) {
        if (this.#state !== 'live') {
            return undefined;
        }
        const id = this.#nextId++;
        this.#outgoing.send(JSON.stringify({ type: request.type, id, ...request }));
        return id;
    }

    /** Something may have changed under us (network, sleep): retries at once, or has a live connection prove itself. */
    probe() {
        if (this.#state === 'waiting') {
            this.#attempt = 0;
            this.#connect();
        } else if (this.#state === 'live') {
            const asked = this.#clock.now();
            this.#ping();
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
        this.#heardAt = this.#clock.now();
        this.#silenceMs = WELCOME_WITHIN_MS;
        this.#watch(WELCOME_WITHIN_MS);
        if (this.#token && this.#tokenIn === 'query') {
            this.#withToken((token) => this.#openSocket(withToken(this.#address, token)));
        } else {
            this.#openSocket(this.#address);
        }
    }

    #openSocket(address) {
        let socket;
        try {
            socket = this.#open(address, SUBPROTOCOL);
        } catch (cause) {
            // Thrown for an address that the page's policy forbids, or while the page is being left.
            this.#lost(0, cause.message);
            return;
        }
        this.#socket = socket;
        socket.onmessage = (event) => this.#receive(event.data);
        socket.onclose = (event) => this.#lost(event.code, event.reason);
    }

    /** Asks for a token and goes on with it, unless this connection has been given up meanwhile. */
    #withToken(use, failed = (cause) => this.#giveUp(`no token: ${cause.message}`)) {
        const asking = {};
        this.#asking = asking;
        const unlessOver = (action) => (value) => {
            if (this.#asking === asking) {
                this.#asking = undefined;
                action(value);
            }
        };
        Promise.resolve()
            .then(() => this.#token())
            .then(unlessOver(use), unlessOver(failed));
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
        const begins = message.type === 'welcome' && this.#state === 'connecting' && !this.#asking;
        this.#heed(message, begins);
        this.dispatchEvent(new CustomEvent('message', { detail: message }));
        if (begins) {
            this.#begin(message);
        }
    }

    #heed(message, begins) {
        switch (message.type) {
            case 'welcome':
                if (begins) {
                    this.#welcome = message;
                    this.#welcomedAt = this.#clock.now();
                }
                break;
            case 'heartbeat':
                // Only a connection that lasts forgives the attempts before it: some servers welcome and close at once.
                this.#attempt = 0;
                this.#tokenRefused = false;
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
            case 'authenticated':
                this.#renewInTime(message.expires);
                break;
            default:
        }
    }

    #begin({ heartbeat_ms: heartbeatMs, auth, limits = {} }) {
        this.#outgoing.open(this.#socket, limits.requests_per_s ?? REQUESTS_PER_S);
        this.#silenceMs = HEARTBEATS_MISSED * heartbeatMs;
        this.#watch(this.#silenceMs);
        if (auth === 'required' && this.#token) {
            this.#withToken((token) => {
                this.#show(token);
                this.#live();
            });
        } else {
            this.#live();
        }
    }

    #live() {
        this.#enter('live');
        this.dispatchEvent(new Event('open'));
        this.#later('ping', FIRST_PING_MS, () => this.#pingRegularly());
    }

    #show(token) {
        this.#outgoing.send(JSON.stringify({ type: 'auth', id: this.#nextId++, token }));
    }

    /** The clock here may be wrong: the server's own time at the welcome counts. */
    #renewInTime(expires) {
        if (expires === undefined || !this.#token) {
            return;
        }
        const left = expires - this.#welcome.ts - (this.#clock.now() - this.#welcomedAt);
        const delay = Math.min(RENEW_AT_LATEST_MS, Math.max(left - RENEW_BEFORE_MS, left * 0.9));
        this.#later('renewal', Math.max(0, delay), () => this.#renew());
    }

    #renew() {
        this.#withToken(
            (token) => this.#show(token),
            () => this.#later('renewal', RENEW_AGAIN_MS, () => this.#renew()),
        );
    }

    #pingRegularly() {
        if (!this.#outgoing.behind) {
            this.#ping();
        }
        this.#later('ping', PING_EVERY_MS, () => this.#pingRegularly());
    }

    #ping() {
        const at = this.#clock.now();
        this.#pinged = { id: this.send({ type: 'ping', ts: Math.round(at) }), at };
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
        if (!mayReconnect(code) && !this.#mayTryAnotherToken(code)) {
            this.#enter('closed');
            return;
        }
        const delay = this.#nextDelay();
        this.#retryAt = this.#clock.now() + delay;
        this.#later('retry', delay, () => this.#connect());
        this.#enter('waiting');
    }

    /** A token that has expired can be replaced; one that is new and refused cannot. */
    #mayTryAnotherToken(code) {
        if (code !== AUTH_FAILED || !this.#token || this.#tokenRefused) {
            return false;
        }
        this.#tokenRefused = true;
        return true;
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
        this.#outgoing.close();
        this.#asking = undefined;
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
