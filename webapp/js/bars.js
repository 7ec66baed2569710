/** How long a bar of each interval is; a day is sometimes an hour longer or shorter. */
export const INTERVALS = { '1s': 1_000, '1m': 60_000, '5m': 300_000, '15m': 900_000, '1h': 3_600_000, '1d': 86_400_000 };

const PAGE = 300;
/** A window of time without a bar is followed by a wider one, so many times at most. */
const WINDOWS = 4;
/** The most that an answer may hold. */
const LIMIT = 1_000;

/**
 * The bars of one symbol and interval, oldest first: those of the past as they are asked for, and the live one.
 *
 * Events: `reset` (all are others), `bar` (detail: the bar that changed or is new), `trouble` (detail: the reason's word).
 */
export class Bars extends EventTarget {
    #client;
    #symbol;
    #interval;
    #bars = new Map();
    #sorted = [];
    #ended = false;
    #asking = false;
    /** When it was asked for while there was no connection. */
    #missed;
    #heard = ({ detail }) => this.#rows(detail);
    #refused = ({ detail }) => this.#reject(detail);
    #returned = () => this.#client.state === 'live' && this.#missed !== undefined && this.earlier(this.#missed);

    constructor(client, symbol, interval) {
        super();
        this.#client = client;
        this.#symbol = symbol;
        this.#interval = interval;
    }

    get interval() {
        return this.#interval;
    }

    /** All that are known, oldest first. */
    get all() {
        return this.#sorted;
    }

    open() {
        this.#client.addEventListener('rows', this.#heard);
        this.#client.addEventListener('rejected', this.#refused);
        this.#client.addEventListener('state', this.#returned);
        this.#client.subscribe('bars', [this.#symbol], { interval: this.#interval });
    }

    close() {
        this.#client.removeEventListener('rows', this.#heard);
        this.#client.removeEventListener('rejected', this.#refused);
        this.#client.removeEventListener('state', this.#returned);
        this.#client.unsubscribe('bars', [this.#symbol], { interval: this.#interval });
        this.#ended = true;
    }

    /** Fetches bars before those that are known, where the server still has some. */
    async earlier(now) {
        if (this.#ended || this.#asking) {
            return;
        }
        this.#asking = true;
        this.#missed = undefined;
        try {
            await this.#fetchBefore(this.#sorted[0]?.start ?? now + INTERVALS[this.#interval]);
        } catch (cause) {
            this.#missed = cause.reason === 'connection_lost' ? now : undefined;
            // Without history the live bars are all that there is.
            this.#ended ||= cause.reason !== 'connection_lost' && cause.reason !== 'rate_limited';
            if (this.#ended) {
                this.#tell('trouble', cause.reason === 'unknown_type' ? 'no_history' : cause.reason);
            }
        } finally {
            this.#asking = false;
        }
    }

    async #fetchBefore(end) {
        let to = end;
        let width = PAGE * INTERVALS[this.#interval];
        for (let window = 0; window < WINDOWS; window++, width *= 4) {
            const from = Math.max(0, to - width);
            const { bars, wholeAfter } = await this.#fetch(from, to);
            bars.forEach((bar) => this.#bars.has(bar.start) || this.#set(bar));
            // What was forgotten does not come back.
            this.#ended ||= wholeAfter >= from;
            if (bars.length > 0) {
                this.#sort();
                this.#tell('reset');
                return;
            }
            if (this.#ended) {
                return;
            }
            to = from;
        }
        this.#ended = true;
    }

    /** All bars that begin at `from` or later and before `to`. */
    async #fetch(from, to) {
        const bars = [];
        let wholeAfter;
        for (let start = from; start !== undefined; ) {
            const { data, next, whole_after: after } = await this.#client.request({
                type: 'history',
                channel: 'bars',
                symbol: this.#symbol,
                interval: this.#interval,
                from: start,
                to,
                limit: LIMIT,
            });
            bars.push(...data);
            wholeAfter ??= after;
            start = next > start ? next : undefined;
        }
        return { bars, wholeAfter };
    }

    #rows({ channel, interval, snapshot, rows }) {
        if (channel !== 'bars' || interval !== this.#interval) {
            return;
        }
        for (const row of rows) {
            if (row.symbol === this.#symbol && row.start !== undefined) {
                this.#take(row, snapshot);
            }
        }
    }

    #take(row, snapshot) {
        const newest = this.#sorted.at(-1)?.start ?? -Infinity;
        this.#set(row);
        if (row.close === undefined || row.start < newest) {
            // Taken back altogether, or a correction of the past.
            this.#sort();
            this.#tell('reset');
        } else {
            if (row.start > newest) {
                this.#sorted.push(row);
            } else {
                this.#sorted[this.#sorted.length - 1] = row;
            }
            this.#tell(snapshot ? 'reset' : 'bar', row);
        }
    }

    #set(row) {
        if (row.close === undefined) {
            this.#bars.delete(row.start);
        } else {
            this.#bars.set(row.start, row);
        }
    }

    #sort() {
        this.#sorted = [...this.#bars.values()].sort((a, b) => a.start - b.start);
    }

    #reject({ channel, interval, rejected: [{ reason }] }) {
        if (channel === 'bars' && (interval ?? this.#interval) === this.#interval) {
            this.#tell('trouble', reason);
        }
    }

    #tell(type, detail) {
        this.dispatchEvent(new CustomEvent(type, { detail }));
    }
}
