/**
 * The messages of the wire protocol `tickerplant.v1`, checked field by field.
 *
 * Numbers become JavaScript doubles here. That is right for a screen: a price of up to 15 digits prints as it was sent.
 */

export const SUBPROTOCOL = 'tickerplant.v1';

/** A ticker row's prices, in the units of the symbol's currency. */
export const PRICE_FIELDS = ['last', 'bid', 'ask', 'open', 'high', 'low', 'prev_close', 'change'];

/** Everything of a ticker row that is state. `n`, `hi` and `lo` describe one update and are not kept. */
export const TICKER_FIELDS = [
    'name',
    'currency',
    ...PRICE_FIELDS,
    'last_size',
    'bid_size',
    'ask_size',
    'change_pct',
    'volume',
    'trades',
    'ts',
];

/** A message that breaks the protocol; its text names the field and what was expected there. */
export class ProtocolError extends Error {}

/**
 * Reads one text message. Unknown fields are left in place and unknown types come back unchecked, for later versions
 * of the protocol add both.
 *
 * @param {string} data a WebSocket message's data
 * @throws {ProtocolError} when it is no message, or a field that the library uses is not what the protocol says
 */
export function parse(data) {
    if (typeof data !== 'string') {
        throw new ProtocolError('a text message was expected, not a binary one');
    }
    let message;
    try {
        message = JSON.parse(data);
    } catch (cause) {
        throw new ProtocolError(`not JSON: ${data.slice(0, 64)}`, { cause });
    }
    const wrong = object({ type: string })(message);
    if (wrong) {
        throw new ProtocolError(`message${wrong}`);
    }
    const check = checkFor(message);
    const wrongField = check && check(message);
    if (wrongField) {
        throw new ProtocolError(`${message.type}${wrongField}`);
    }
    return message;
}

/* A check answers nothing when a value is right, else where it is wrong and what was expected. The path is put
   together only then: most checks run for every row of every message. */

const expect = (what, holds) => (value) => (holds(value) ? undefined : ` must be ${what}`);
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

const string = expect('a string', (value) => typeof value === 'string');
const boolean = expect('true or false', (value) => typeof value === 'boolean');
const number = expect('a finite number', Number.isFinite);
const count = expect('an integer of at least 0', (value) => Number.isSafeInteger(value) && value >= 0);
const positive = expect('an integer of at least 1', (value) => Number.isSafeInteger(value) && value >= 1);
const duration = expect('a number of milliseconds', (value) => Number.isFinite(value) && value >= 0);
const symbol = expect('a symbol', (value) => typeof value === 'string' && /^[A-Z0-9.\-/:=^_+#$@!~]{1,24}$/.test(value));
const key = (value) => (value === '*' ? undefined : symbol(value));

const optional = (check) => (value) => (value === undefined ? undefined : check(value));
const nullable = (check) => (value) => (value === null ? undefined : check(value));
const oneOf = (...words) => expect(`one of ${words.join(', ')}`, (value) => words.includes(value));

function list(check) {
    return (values) => {
        if (!Array.isArray(values)) {
            return ' must be a list';
        }
        for (let i = 0; i < values.length; i++) {
            const wrong = check(values[i]);
            if (wrong) {
                return `[${i}]${wrong}`;
            }
        }
        return undefined;
    };
}

function object(fields) {
    const checks = Object.entries(fields);
    return (value) => {
        if (!isObject(value)) {
            return ' must be an object';
        }
        for (const [name, check] of checks) {
            const wrong = check(value[name]);
            if (wrong) {
                return `.${name}${wrong}`;
            }
        }
        return undefined;
    };
}

const TEXT_FIELDS = new Set(['name', 'currency']);
const tickerFields = (wrap) =>
    Object.fromEntries(TICKER_FIELDS.map((name) => [name, wrap(TEXT_FIELDS.has(name) ? string : number)]));

const CHECKS = {
    welcome: object({
        session: string,
        epoch: string,
        ts: number,
        heartbeat_ms: positive,
        auth: optional(string),
        channels: optional(list(string)),
        intervals: optional(list(string)),
        limits: optional(object({ message_bytes: optional(positive), requests_per_s: optional(positive) })),
    }),
    authenticated: object({ expires: optional(number) }),
    subscribed: object({
        channel: string,
        total: count,
        rejected: optional(list(object({ symbol: string, reason: string }))),
        recovery: optional(object({})),
    }),
    unsubscribed: object({ channel: string, total: count }),
    heartbeat: object({
        ts: number,
        feed: oneOf('live', 'stale', 'replay', 'down'),
        // A feed that has said nothing yet has no age.
        feed_age_ms: optional(nullable(duration)),
        market: optional(nullable(string)),
        crc: optional(nullable(count)),
    }),
    flow: object({ level: oneOf('full', 'conflating', 'reduced', 'paused'), reason: optional(string) }),
    gap: object({ channel: string, symbol: key, from: count, to: count, reason: string }),
    pong: object({ server_ts: optional(number) }),
    goaway: object({ reason: string, reconnect_ms: duration }),
    symbols: object({ data: list(object({ symbol, name: optional(string) })) }),
    history: object({ channel: string, symbol, data: list(object({ seq: count })) }),
    alert_set: object({ alert: string }),
    alert: object({ alert: string, symbol, value: number, seq: count, ts: number }),
    error: object({ reason: string, message: string, field: optional(string), retry: optional(boolean) }),
};

const text = optional(string);
const amount = optional(number);

/** The rows of each channel, as a snapshot and as an update has them. */
const ROWS = {
    ticker: {
        snapshot: { symbol, seq: count, ...tickerFields(optional) },
        update: { symbol, seq: positive, n: optional(positive), ...tickerFields((check) => optional(nullable(check))) },
    },
    trades: both({ symbol, seq: count, price: amount, size: amount, side: text, cond: optional(list(string)), cancels: optional(count), ts: amount }),
    bars: both({
        symbol,
        interval: string,
        seq: count,
        n: optional(positive),
        start: amount,
        open: amount,
        high: amount,
        low: amount,
        close: amount,
        volume: amount,
        trades: optional(count),
        final: optional(boolean),
    }),
    status: both({ symbol: key, seq: count, n: optional(positive), phase: text, reason: text, ts: amount }),
    news: both({ symbol: optional(symbol), seq: count, headline: text, url: text, source: text, ts: amount }),
};

function both(fields) {
    return { snapshot: fields, update: fields };
}

const ROW_CHECKS = Object.fromEntries(
    Object.entries(ROWS).map(([channel, { snapshot, update }]) => [
        channel,
        {
            snapshot: object({ end: optional(boolean), data: list(object(snapshot)) }),
            update: object({ data: list(object(update)) }),
        },
    ]),
);

const OTHER_ROWS = object({ channel: string, data: list(object({ seq: count })) });

function checkFor(message) {
    if (message.type === 'snapshot' || message.type === 'update') {
        return Object.hasOwn(ROW_CHECKS, message.channel) ? ROW_CHECKS[message.channel][message.type] : OTHER_ROWS;
    }
    return Object.hasOwn(CHECKS, message.type) ? CHECKS[message.type] : undefined;
}
