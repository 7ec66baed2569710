/** Left of a message's bytes for what stands around symbols and sequences. */
const FRAME_BYTES = 512;

/**
 * What is followed of one channel (of `bars`, of one interval), and how far each symbol has been received.
 *
 * An entry is a symbol, a prefix with `*`, or `*`. The sequence is checked here: `seq - n` of a row is what was received
 * last, or something is missing.
 */
export class Topic {
    #entries = new Map();
    #wildcards = new Set();
    #received = new Map();

    constructor(channel, interval) {
        this.channel = channel;
        this.interval = interval;
    }

    get empty() {
        return this.#entries.size === 0;
    }

    get entries() {
        return [...this.#entries.keys()];
    }

    /** The last `seq` of a symbol, undefined before its first row. */
    received(symbol) {
        return this.#received.get(symbol);
    }

    add(entries, maxRate) {
        for (const entry of entries) {
            this.#entries.set(entry, maxRate);
            if (entry.endsWith('*')) {
                this.#wildcards.add(entry);
            }
        }
    }

    /** Answers with the symbols that are not followed any more. */
    remove(entries) {
        for (const entry of entries) {
            this.#entries.delete(entry);
            this.#wildcards.delete(entry);
        }
        const left = [...this.#received.keys()].filter((symbol) => !this.covers(symbol));
        left.forEach((symbol) => this.#received.delete(symbol));
        return left;
    }

    /** The entries that a symbol is followed by; what concerns the whole market comes with any. */
    covering(symbol) {
        if (symbol === '*') {
            return this.entries;
        }
        const wildcards = [...this.#wildcards].filter((entry) => under(entry, symbol));
        return this.#entries.has(symbol) ? [symbol, ...wildcards] : wildcards;
    }

    covers(symbol) {
        return this.covering(symbol).length > 0;
    }

    /** Another epoch: its sequences have nothing to do with those of before. */
    forget() {
        this.#received.clear();
    }

    /** The server doesn't know this sequence: what is known of the symbol is of no use. */
    forgetSymbol(symbol) {
        this.#received.delete(symbol);
    }

    /** A snapshot's row sets; answers with what was received before it. */
    set({ symbol = '*', seq }) {
        const before = this.#received.get(symbol);
        this.#received.set(symbol, seq);
        return before;
    }

    /** What an update's row is: `next`, `old` (it came already), `hole` before it, or `unknown` (no snapshot before it). */
    accept({ symbol = '*', seq, n = 1 }) {
        const last = this.#received.get(symbol);
        if (last === undefined && symbol !== '*') {
            return 'unknown';
        }
        if (seq <= last) {
            return 'old';
        }
        this.#received.set(symbol, seq);
        // The first word ever about the whole market comes without a snapshot.
        return last === undefined || seq - n === last ? 'next' : 'hole';
    }

    /** The server says what is missing; answers whether that is news. */
    skip({ symbol, to }) {
        const last = this.#received.get(symbol);
        if (last === undefined || to <= last) {
            return false;
        }
        this.#received.set(symbol, to);
        return true;
    }

    /**
     * The requests that bring the server to where this stands, each within its limit of bytes.
     *
     * @param {string[]} entries those to ask for
     * @param {string} [epoch] of what was received: then only what was missed is asked for
     */
    requests(entries, messageBytes, epoch) {
        const room = messageBytes - FRAME_BYTES;
        const requests = [];
        for (const [maxRate, alike] of this.#byRate(entries)) {
            let request;
            let left = 0;
            for (const entry of alike) {
                const known = epoch === undefined ? [] : this.#known(entry);
                const cost = entry.length + 3 + known.reduce((sum, [symbol, seq]) => sum + seqCost(symbol, seq), 0);
                if (!request || cost > left) {
                    request = this.#request(maxRate, epoch);
                    requests.push(request);
                    left = room;
                }
                request.symbols.push(entry);
                left -= entry.length + 3;
                for (const [symbol, seq] of known) {
                    left -= seqCost(symbol, seq);
                    // What finds no room is not lost: it begins with a snapshot.
                    if (left < 0) {
                        break;
                    }
                    request.resume.seq[symbol] = seq;
                }
            }
        }
        return requests;
    }

    #request(maxRate, epoch) {
        return {
            type: 'subscribe',
            channel: this.channel,
            ...(this.interval && { interval: this.interval }),
            symbols: [],
            ...(maxRate !== undefined && { max_rate: maxRate }),
            ...(epoch !== undefined && { resume: { epoch, seq: {} } }),
        };
    }

    #byRate(entries) {
        const groups = new Map();
        for (const entry of entries) {
            const rate = this.#entries.get(entry);
            if (!groups.has(rate)) {
                groups.set(rate, []);
            }
            groups.get(rate).push(entry);
        }
        return groups;
    }

    #known(entry) {
        if (!entry.endsWith('*')) {
            return this.#received.has(entry) ? [[entry, this.#received.get(entry)]] : [];
        }
        return [...this.#received].filter(([symbol]) => symbol !== '*' && under(entry, symbol));
    }
}

function under(entry, symbol) {
    return entry.endsWith('*') ? symbol.startsWith(entry.slice(0, -1)) : symbol === entry;
}

function seqCost(symbol, seq) {
    return symbol.length + String(seq).length + 4;
}
