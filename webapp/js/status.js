import { duration, eventTime } from './numbers.js';
import { known, say } from './words/words.js';

/**
 * What the page says about its connection: a word with a number, and how good that is.
 *
 * @param {number} [merged] updates that were merged because this client is slow
 */
export function connectionStatus(connection, synchronised, merged = 0) {
    switch (connection.state) {
        case 'live':
            if (!synchronised) {
                return { tone: 'wait', text: say('connection.loading') };
            }
            if (merged > 0) {
                return { tone: 'wait', text: say('connection.merged', { n: merged }) };
            }
            return {
                tone: 'good',
                text:
                    connection.latency === undefined
                        ? say('connection.live')
                        : say('connection.live.ms', { ms: Math.max(1, Math.round(connection.latency)) }),
            };
        case 'connecting':
            return { tone: 'wait', text: say(connection.closure ? 'connection.reconnecting' : 'connection.connecting') };
        case 'waiting':
            return { tone: 'bad', text: say('connection.waiting', { s: Math.ceil(connection.retryInMs / 1_000) }) };
        default:
            return { tone: 'bad', text: say('connection.disconnected') };
    }
}

const FEED_TONES = { live: 'good', replay: 'good', stale: 'wait', down: 'bad' };

/** What a heartbeat says about the feed, and the age of its last event. */
export function feedStatus({ feed: state, feed_age_ms: age }) {
    const feed = say(`feed.${state}`);
    return { tone: FEED_TONES[state], text: Number.isFinite(age) ? say('feed.age', { feed, age: duration(age) }) : say('feed', { feed }) };
}

/** A phase of trading in the page's language. */
export function phaseName(phase) {
    return known(`phase.${phase}`) ? say(`phase.${phase}`) : phase;
}

/** Why the prices stand still, for the banner across a page that has some. */
export function frozenReason(connection, since, now) {
    const closure = connection.closure;
    const asOf = say('frozen', { time: eventTime(since, now) });
    switch (connection.state) {
        case 'waiting':
            return `${asOf} ${say('frozen.again', { loss: lossOf(closure), s: Math.ceil(connection.retryInMs / 1_000) })}`;
        case 'closed':
            return `${asOf} ${say('frozen.ended', { closure: codeOf(closure) })}`;
        case 'live':
            return `${asOf} ${say('frozen.snapshot')}`;
        default:
            return `${asOf} ${say('frozen.connecting')}`;
    }
}

function lossOf(closure) {
    if (closure.code === 0) {
        return say('frozen.silent', closure);
    }
    return closure.code === 1001 || closure.code === 1012 ? say('frozen.restarting') : say('frozen.lost', { closure: codeOf(closure) });
}

function codeOf({ code, reason }) {
    return reason ? `${code} ${reason}` : String(code);
}

/** By how much the clocks here and there may differ; what is dated farther ahead says nothing of when it came. */
const CLOCKS_DIFFER_MS = 60_000;

/**
 * Shows how the page stands with its server: the state in the header, and across the table when its prices are old.
 */
export class StatusView {
    #connection;
    #market;
    #elements;
    #heartbeat;
    #merged;
    #now;
    #heardAt;
    #frozenAt;

    /**
     * @param {object} elements state, feed, phase, banner, announcer, content (what is dimmed while frozen)
     * @param {function(): number} [now] the time of day in epoch milliseconds
     */
    constructor(connection, market, elements, now = Date.now) {
        this.#connection = connection;
        this.#market = market;
        this.#elements = elements;
        this.#now = now;
        this.#heardAt = now();
    }

    /** The server has said something. */
    heard() {
        if (this.#fresh) {
            this.#heardAt = this.#now();
        }
    }

    heartbeat(message) {
        this.#heartbeat = message;
        this.draw();
    }

    /** Updates that were merged for a client that is slow; undefined once it isn't any more. */
    slow(merged) {
        this.#merged = merged;
    }

    draw() {
        this.#drawState();
        this.#drawFeed();
        this.#drawFrozen(!this.#fresh && this.#market.size > 0);
    }

    get #fresh() {
        return this.#connection.state === 'live' && this.#market.synchronised;
    }

    #drawState() {
        const status = connectionStatus(this.#connection, this.#market.synchronised, this.#merged);
        show(this.#elements.state, status);
        // Read out when the state changes, not with every second of a countdown.
        write(this.#elements.announcer, this.#fresh ? say('connection.live') : status.text.replace(/ ?\d+.*/, ''));
    }

    #drawFeed() {
        const known = this.#connection.state === 'live' && this.#heartbeat !== undefined;
        this.#elements.feed.hidden = !known;
        this.#elements.phase.hidden = !known || !this.#heartbeat.market;
        if (known) {
            show(this.#elements.feed, feedStatus(this.#heartbeat));
            write(this.#elements.phase, say('market', { phase: phaseName(this.#heartbeat.market) }));
        }
    }

    #drawFrozen(frozen) {
        const { banner, content } = this.#elements;
        content.classList.toggle('frozen', frozen);
        banner.hidden = !frozen;
        if (frozen) {
            // Never before what a row says of itself, by the server's clock.
            this.#frozenAt ??= Math.max(this.#heardAt, this.#market.newest(this.#heardAt + CLOCKS_DIFFER_MS));
            write(banner, frozenReason(this.#connection, this.#frozenAt, this.#now()));
        } else {
            this.#frozenAt = undefined;
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
