import { duration, eventTime } from './numbers.js';

/** What the page says about its connection: a word with a number, and how good that is. */
export function connectionStatus(connection, synchronised) {
    switch (connection.state) {
        case 'live':
            if (!synchronised) {
                return { tone: 'wait', text: 'loading prices' };
            }
            return {
                tone: 'good',
                text: connection.latency === undefined ? 'live' : `live · ${Math.max(1, Math.round(connection.latency))} ms`,
            };
        case 'connecting':
            return { tone: 'wait', text: connection.closure ? 'reconnecting' : 'connecting' };
        case 'waiting':
            return { tone: 'bad', text: `reconnecting in ${Math.ceil(connection.retryInMs / 1_000)} s` };
        default:
            return { tone: 'bad', text: 'disconnected' };
    }
}

const FEED_TONES = { live: 'good', replay: 'good', stale: 'wait', down: 'bad' };

/** What a heartbeat says about the feed, and the age of its last event. */
export function feedStatus({ feed, feed_age_ms: age }) {
    return { tone: FEED_TONES[feed], text: Number.isFinite(age) ? `feed ${feed} · ${duration(age)}` : `feed ${feed}` };
}

/** Why the prices stand still, for the banner across a page that has some. */
export function frozenReason(connection, since, now) {
    const closure = connection.closure;
    const asOf = `Prices are frozen as of ${eventTime(since, now)}.`;
    switch (connection.state) {
        case 'waiting':
            return `${asOf} ${lossOf(closure)}; trying again in ${Math.ceil(connection.retryInMs / 1_000)} s.`;
        case 'closed':
            return `${asOf} The server has ended this session (${closure.code}${closure.reason && ` ${closure.reason}`}). Reload the page to sign on again.`;
        case 'live':
            return `${asOf} Connected again, waiting for a fresh snapshot.`;
        default:
            return `${asOf} Connecting to the server again.`;
    }
}

function lossOf({ code, reason }) {
    if (code === 0) {
        return `The connection went silent (${reason})`;
    }
    return code === 1001 || code === 1012 ? 'The server is restarting' : `The connection was lost (${code}${reason && ` ${reason}`})`;
}

/**
 * Shows how the page stands with its server: the state in the header, and across the table when its prices are old.
 */
export class StatusView {
    #connection;
    #market;
    #elements;
    #heartbeat;
    #freshAt = Date.now();

    /** @param {object} elements state, feed, phase, banner, announcer, content (what is dimmed while frozen) */
    constructor(connection, market, elements) {
        this.#connection = connection;
        this.#market = market;
        this.#elements = elements;
    }

    heartbeat(message) {
        this.#heartbeat = message;
        this.draw();
    }

    draw() {
        const fresh = this.#connection.state === 'live' && this.#market.synchronised;
        if (fresh) {
            this.#freshAt = Date.now();
        }
        this.#drawState();
        this.#drawFeed();
        this.#drawFrozen(!fresh && this.#market.size > 0);
    }

    #drawState() {
        const status = connectionStatus(this.#connection, this.#market.synchronised);
        show(this.#elements.state, status);
        // Read out when the state changes, not with every second of a countdown.
        write(this.#elements.announcer, status.text.replace(/ (·|in) \d.*/, ''));
    }

    #drawFeed() {
        const known = this.#connection.state === 'live' && this.#heartbeat !== undefined;
        this.#elements.feed.hidden = !known;
        this.#elements.phase.hidden = !known || !this.#heartbeat.market;
        if (known) {
            show(this.#elements.feed, feedStatus(this.#heartbeat));
            write(this.#elements.phase, `market ${this.#heartbeat.market}`);
        }
    }

    #drawFrozen(frozen) {
        const { banner, content } = this.#elements;
        content.classList.toggle('frozen', frozen);
        banner.hidden = !frozen;
        if (frozen) {
            write(banner, frozenReason(this.#connection, this.#freshAt, Date.now()));
        }
    }
}

function show(element, { tone, text }) {
    element.dataset.tone = tone;
    write(element, text);
}

function write(element, text) {
    if (element.textContent !== text) {
        element.textContent = text;
    }
}
