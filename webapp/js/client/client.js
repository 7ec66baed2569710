import { Alerts } from './alerts.js';
import { Book } from './book.js';
import { browserClock } from './clock.js';
import { Connection } from './connection.js';
import { Requests } from './requests.js';
import { Topic } from './topic.js';

/** Asking again for a snapshot is dear to the server: at most this often. */
const REFRESH_EVERY_MS = 5_000;
const MESSAGE_BYTES = 65_536;
/** Channels whose rows are never merged. */
const ONE_BY_ONE = new Set(['trades', 'news']);

/**
 * A client of the service: follows channels across losses of the connection, resumes where it was, and checks that nothing
 * is missing (`seq - n` of each row, `crc` of each heartbeat). What is found missing is fetched by a fresh snapshot.
 *
 * Events: those of {@link Connection}, and
 * `rows` (detail: channel, interval, snapshot (whether they set), rows: those that were new, in order),
 * `gap` (detail: channel, interval, symbol, from, to, reason: events that will not come),
 * `violation` (detail: channel, interval, symbol, expected, received: what should not be),
 * `rejected` (detail: channel, rejected), `synchronised` (what is followed of `ticker` stands as on the server),
 * `alert` (detail: the alert as it was set, with value, seq, ts), `alert-refused` (detail: as it was set, with cause).
 */
export class Client extends EventTarget {
    #connection;
    #clock;
    #book = new Book();
    #topics = new Map();
    #requests = new Requests();
    #alerts;
    #configuration = {};
    #epoch;
    #resumes = false;
    #expected = new Map();
    #synchronised = false;
    #violations = 0;
    #refreshes = new Map();

    /** @param {string} address of the socket; @param {object} [options] as of {@link Connection} */
    constructor(address, options = {}) {
        super();
        this.#clock = options.clock ?? browserClock;
        this.#connection = new Connection(address, options);
        this.#alerts = new Alerts(
            (request) => this.request(request),
            (symbol) => (this.#resumes ? this.#topics.get('ticker')?.received(symbol) : undefined),
        );
        this.#connection.addEventListener('message', ({ detail }) => this.#heard(detail));
        this.#connection.addEventListener('open', () => this.#open());
        this.#connection.addEventListener('state', () => this.#changed());
        for (const type of ['latency', 'fault']) {
            this.#connection.addEventListener(type, ({ detail }) => this.#say(type, detail));
        }
    }

    get state() {
        return this.#connection.state;
    }

    get latency() {
        return this.#connection.latency;
    }

    get retryInMs() {
        return this.#connection.retryInMs;
    }

    get closure() {
        return this.#connection.closure;
    }

    get welcome() {
        return this.#connection.welcome;
    }

    /** Last values of the channel `ticker`. */
    get book() {
        return this.#book;
    }

    get alerts() {
        return this.#alerts;
    }

    /** Whether what is followed of `ticker` stands as on the server. */
    get synchronised() {
        return this.#synchronised;
    }

    /** How often something was found missing. */
    get violations() {
        return this.#violations;
    }

    start() {
        this.#connection.start();
    }

    stop() {
        this.#connection.stop();
    }

    probe() {
        this.#connection.probe();
    }

    /**
     * Follows entries (symbols, `PREFIX*`, `*`) now, and again after each reconnect.
     *
     * @param {object} [how] interval (of `bars`), maxRate (rows per second and symbol)
     */
    subscribe(channel, entries, { interval, maxRate } = {}) {
        const key = topicKey(channel, interval);
        if (!this.#topics.has(key)) {
            this.#topics.set(key, new Topic(channel, interval));
        }
        this.#topics.get(key).add(entries, maxRate);
        this.#ask(this.#topics.get(key), entries);
    }

    /** Follows entries no longer; all of the channel where none are named. */
    unsubscribe(channel, entries, { interval } = {}) {
        const key = topicKey(channel, interval);
        const topic = this.#topics.get(key);
        if (!topic) {
            return;
        }
        const symbols = entries ?? topic.entries;
        for (const symbol of topic.remove(symbols)) {
            if (channel === 'ticker') {
                this.#book.remove(symbol);
            }
        }
        if (topic.empty) {
            this.#topics.delete(key);
        }
        if (this.state === 'live' && symbols.length > 0) {
            const request = { type: 'unsubscribe', channel, ...(interval && { interval }), symbols };
            this.#expected.set(this.#connection.send(request), topic);
        }
    }

    /** Sets `max_rate`, `paused`, `visible` of the connection, now and after each reconnect; what is left out stays. */
    configure(fields) {
        Object.assign(this.#configuration, fields);
        this.#answer({ type: 'configure', ...fields });
    }

    /** Sends any request; answers with its reply, and rejects with a `RequestError`. */
    request(request) {
        return this.#requests.add(this.#connection.send(request));
    }

    async search(query, limit = 20) {
        return (await this.request({ type: 'symbols', query, limit })).data;
    }

    /** Asks for a fresh snapshot of a channel, or of the entries that cover one symbol of it. */
    refresh(channel, { interval, symbol } = {}) {
        const topic = this.#topics.get(topicKey(channel, interval));
        const entries = symbol === undefined ? undefined : topic?.covering(symbol);
        const name = `${topicKey(channel, interval)} ${entries?.join(' ') ?? ''}`;
        if (!topic || this.#refreshes.get(name)?.timer !== undefined) {
            return;
        }
        const wait = (this.#refreshes.get(name)?.at ?? -Infinity) + REFRESH_EVERY_MS - this.#clock.now();
        const timer = this.#clock.after(Math.max(0, wait), () => {
            this.#refreshes.set(name, { at: this.#clock.now() });
            this.#ask(topic, entries ?? topic.entries);
        });
        this.#refreshes.set(name, { ...this.#refreshes.get(name), timer });
    }

    #open() {
        if (Object.keys(this.#configuration).length > 0) {
            this.#answer({ type: 'configure', ...this.#configuration });
        }
        for (const topic of this.#topics.values()) {
            this.#ask(topic, topic.entries, this.#resumes ? this.#epoch : undefined);
        }
        this.#settle();
        this.#alerts.restore().then((refused) => refused.forEach((alert) => this.#say('alert-refused', alert)));
    }

    #ask(topic, entries, epoch) {
        const bytes = this.welcome?.limits?.message_bytes ?? MESSAGE_BYTES;
        if (this.state !== 'live' || entries.length === 0) {
            return;
        }
        this.#expected.delete(retryOf(topic));
        for (const request of topic.requests(entries, bytes, epoch)) {
            const id = this.#connection.send(request);
            this.#expected.set(id, topic);
        }
    }

    /** Sends a request whose failure has nobody else to tell. */
    #answer(request) {
        if (this.state === 'live') {
            this.request(request).catch(({ reason, message }) => {
                // Who is not let in hears so of each subscription.
                if (reason !== 'connection_lost' && reason !== 'auth_required') {
                    this.#say('fault', `${request.type}: ${message}`);
                }
            });
        }
    }

    #changed() {
        if (this.state !== 'live') {
            this.#synchronised = false;
            this.#expected.clear();
            this.#requests.abandon();
            for (const { timer } of this.#refreshes.values()) {
                this.#clock.cancel(timer);
            }
            this.#refreshes.clear();
        }
        this.#say('state');
    }

    #heard(message) {
        switch (message.type) {
            case 'welcome':
                this.#welcomed(message);
                break;
            case 'subscribed':
                this.#subscribed(message);
                break;
            case 'unsubscribed':
                this.#expected.delete(message.id);
                this.#settle();
                break;
            case 'snapshot':
                this.#snapshot(message);
                break;
            case 'update':
                this.#update(message);
                break;
            case 'gap':
                this.#gap(message);
                break;
            case 'heartbeat':
                this.#compare(message.crc);
                break;
            case 'alert':
                this.#fired(message);
                break;
            case 'error':
                this.#refused(message);
                break;
            default:
                this.#requests.answered(message);
        }
        this.#say('message', message);
    }

    #welcomed({ epoch }) {
        this.#resumes = epoch === this.#epoch;
        if (!this.#resumes) {
            this.#epoch = epoch;
            this.#book.expire();
            this.#topics.forEach((topic) => topic.forget());
        }
    }

    #subscribed({ id, channel, interval, symbols = [], rejected = [], recovery, total }) {
        const topic = this.#expected.get(id);
        this.#expected.delete(id);
        if (topic && symbols.length > 0 && awaitsSnapshot(recovery, total)) {
            this.#expected.set(topic, topic);
        }
        const mistaken = rejected.filter(({ symbol, reason }) => reason === 'invalid_field' && topic?.received(symbol) !== undefined);
        for (const { symbol } of mistaken) {
            topic.forgetSymbol(symbol);
            this.refresh(channel, { interval, symbol });
        }
        const refused = rejected.filter((row) => !mistaken.includes(row));
        if (refused.length > 0) {
            this.#say('rejected', { channel, interval, rejected: refused });
        }
        this.#settle();
    }

    #refused(message) {
        const topic = this.#expected.get(message.id);
        this.#expected.delete(message.id);
        if (topic && message.retry) {
            this.#expected.set(retryOf(topic), topic);
            this.refresh(topic.channel, topic);
        } else if (topic) {
            this.#say('rejected', { channel: topic.channel, interval: topic.interval, rejected: [{ symbol: '*', ...message }] });
        } else {
            this.#requests.answered(message);
        }
        this.#settle();
    }

    #snapshot({ channel, interval: common, data, end }) {
        const rows = [];
        for (const row of data) {
            const { symbol, seq, interval = common } = row;
            const topic = this.#topics.get(topicKey(channel, interval));
            if (topic?.covers(symbol ?? '*')) {
                const before = topic.set(row);
                if (channel === 'ticker') {
                    this.#book.set(row);
                } else if (ONE_BY_ONE.has(channel) && before < seq) {
                    // Kept one by one, and yet a snapshot jumped over some.
                    this.#say('gap', { channel, interval, symbol, from: before + 1, to: seq, reason: 'snapshot' });
                }
                rows.push(row);
            }
        }
        this.#announce(channel, common ?? data[0]?.interval, rows, true);
        if (end) {
            for (const topic of this.#expected.values()) {
                if (topic.channel === channel) {
                    this.#expected.delete(topic);
                }
            }
            this.#settle();
        }
    }

    #update({ channel, interval: common, data }) {
        const groups = new Map();
        for (const row of data) {
            const interval = row.interval ?? common;
            const topic = this.#topics.get(topicKey(channel, interval));
            if (topic && this.#take(topic, row)) {
                if (!groups.has(interval)) {
                    groups.set(interval, []);
                }
                groups.get(interval).push(row);
            }
        }
        for (const [interval, rows] of groups) {
            this.#announce(channel, interval, rows, false);
        }
    }

    /** Whether a row is new. One after a hole is taken too: its values are the newest, and a snapshot tells the rest. */
    #take(topic, row) {
        const { channel, interval } = topic;
        const { symbol = '*', seq, n = 1 } = row;
        if (!topic.covers(symbol)) {
            // It was on its way when it was left.
            return false;
        }
        const last = topic.received(symbol);
        const standing = topic.accept(row);
        if (standing === 'hole' || (standing === 'unknown' && !this.#asked(topic))) {
            const expected = standing === 'hole' ? last + 1 : 'a snapshot first';
            this.#violated({ channel, interval, symbol, expected, received: seq - n + 1 });
        }
        if (standing === 'old' || standing === 'unknown') {
            return false;
        }
        if (channel === 'ticker') {
            this.#book.update(row);
        }
        return true;
    }

    #gap(gap) {
        const { channel, interval, symbol, to, reason } = gap;
        const topic = this.#topics.get(topicKey(channel, interval));
        if (!topic?.skip(gap)) {
            return;
        }
        if (channel === 'ticker') {
            this.#book.skip(symbol, to);
            if (reason !== 'feed' && reason !== 'history_expired') {
                // What the feed lost nobody has; a snapshot follows by itself on what has expired.
                this.refresh(channel, { symbol });
            }
        }
        this.#say('gap', gap);
    }

    #compare(crc) {
        if (crc === undefined || crc === null || !this.#topics.has('ticker')) {
            return;
        }
        const topic = this.#topics.get('ticker');
        if (this.#asked(topic)) {
            return;
        }
        // It comes only when nothing of the ticker is on its way any more, snapshots included.
        this.#expected.delete(topic);
        this.#settle();
        const own = this.#book.checksum();
        if (own !== undefined && own !== crc) {
            this.#violated({ channel: 'ticker', expected: crc, received: own });
        }
    }

    #violated(detail) {
        this.#violations++;
        this.refresh(detail.channel, { interval: detail.interval, symbol: detail.symbol });
        this.#say('violation', detail);
    }

    #fired(message) {
        const alert = this.#alerts.fired(message.alert);
        if (alert) {
            this.#say('alert', { ...alert, reached: message.value, seq: message.seq, ts: message.ts });
        }
    }

    /** Whether a request about a topic is not answered yet. */
    #asked(topic) {
        for (const [id, about] of this.#expected) {
            if (about === topic && id !== topic) {
                return true;
            }
        }
        return false;
    }

    #settle() {
        if (!this.#synchronised && this.state === 'live' && ![...this.#expected.values()].some(({ channel }) => channel === 'ticker')) {
            this.#synchronised = true;
            this.#forgetWhatWasNotRepeated();
            this.#say('synchronised');
        }
    }

    /** A restarted server may no longer know every symbol. */
    #forgetWhatWasNotRepeated() {
        const gone = [...this.#book.symbols()].filter((symbol) => !this.#book.current(symbol));
        gone.forEach((symbol) => this.#book.remove(symbol));
        this.#announce('ticker', undefined, gone.map((symbol) => ({ symbol })), false);
    }

    #announce(channel, interval, rows, snapshot) {
        if (rows.length > 0) {
            this.#say('rows', { channel, interval, snapshot, rows });
        }
    }

    #say(type, detail) {
        this.dispatchEvent(new CustomEvent(type, { detail }));
    }
}

function topicKey(channel, interval) {
    return interval === undefined ? channel : `${channel} ${interval}`;
}

function retryOf({ channel, interval }) {
    return `again ${topicKey(channel, interval)}`;
}

function awaitsSnapshot(recovery, total) {
    if (total === 0) {
        return false;
    }
    const recovered = Object.values(recovery ?? {});
    return recovered.length < total || recovered.includes('snapshot');
}
