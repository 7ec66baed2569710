import { PRICE_FIELDS } from './client/index.js';
import { locale } from './words/words.js';

const MAX_DIGITS = 12;
const MINUS = '\u2212';

/** A day that lies farther off is written with its year. */
const YEAR_MATTERS_MS = 300 * 86_400_000;

const formats = new Map();
const days = new Map();

/** How many decimals a number has as it is written, without rounding: 189.31 has 2, 1e-7 has 7. */
export function decimals(number) {
    const [digits, exponent = '0'] = String(number).split('e');
    const point = digits.indexOf('.');
    const written = point < 0 ? 0 : digits.length - point - 1;
    return Math.min(MAX_DIGITS, Math.max(0, written - Number(exponent)));
}

/** Digits after the point that a currency is usually written with; 2 where the currency is unknown. */
export function currencyDigits(currency) {
    if (!/^[A-Za-z]{3}$/.test(currency ?? '')) {
        return 2;
    }
    return new Intl.NumberFormat(locale(), { style: 'currency', currency }).resolvedOptions().minimumFractionDigits;
}

/**
 * The decimals to print each symbol's prices with: as many as were ever seen of it, so that a column doesn't jump when
 * 189.30 comes as 189.3.
 */
export class PriceDigits {
    #digits = new Map();

    of(row) {
        let digits = this.#digits.get(row.symbol) ?? currencyDigits(row.currency);
        for (const field of PRICE_FIELDS) {
            if (row[field] !== undefined) {
                digits = Math.max(digits, decimals(row[field]));
            }
        }
        this.#digits.set(row.symbol, digits);
        return digits;
    }
}

/** A price or percentage with exactly so many decimals. */
export function fixed(number, digits) {
    return format(digits, digits).format(number);
}

/** A gain or loss: the sign always stands before it, 0 has none. */
export function signed(number, digits) {
    const size = fixed(Math.abs(number), digits);
    if (number > 0) {
        return `+${size}`;
    }
    return number < 0 ? MINUS + size : size;
}

/** A size or a volume: all the decimals that it came with. */
export function quantity(number) {
    return format(0, MAX_DIGITS).format(number);
}

/**
 * A size or a volume for where there is room for so many digits: decimals that find no room are rounded away, and where the
 * digits before the point find none it is written in thousands, millions and so on.
 */
export function amount(number, digits) {
    const whole = Math.max(1, Math.floor(Math.log10(Math.abs(number) || 1)) + 1);
    return whole > digits ? compact(digits - 2).format(number) : format(0, digits - whole).format(number);
}

/** The local time of day of an event; with its date where that isn't today's. */
export function eventTime(ts, now) {
    const time = new Date(ts);
    return sameDay(time, now) ? clock(time) : `${day(time, 'numeric')} ${clock(time)}`;
}

/** As {@link eventTime}, for where there is room for 15 characters: without the year, or without the time of day. */
export function shortTime(ts, now) {
    const time = new Date(ts);
    if (sameDay(time, now)) {
        return clock(time);
    }
    return Math.abs(now - ts) < YEAR_MATTERS_MS ? `${day(time)} ${clock(time)}` : day(time, 'numeric');
}

function clock(time) {
    return [time.getHours(), time.getMinutes(), time.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':');
}

/** A day as the page's language writes it. */
function day(time, year) {
    const key = `${locale()} ${year}`;
    if (!days.has(key)) {
        days.set(key, new Intl.DateTimeFormat(locale(), { year, month: 'short', day: 'numeric' }));
    }
    return days.get(key).format(time);
}

/** Whether two moments, dates or epoch milliseconds, lie in the same local day. */
function sameDay(one, other) {
    const [left, right] = [new Date(one), new Date(other)];
    return left.getDate() === right.getDate() && left.getMonth() === right.getMonth() && left.getFullYear() === right.getFullYear();
}

/** A duration in the coarsest unit that still says something: 40 ms, 12 s, 5 min, 3 h, 9 d. */
export function duration(ms) {
    const steps = [
        [1_000, 1, 'ms'],
        [60_000, 1_000, 's'],
        [3_600_000, 60_000, 'min'],
        [86_400_000, 3_600_000, 'h'],
    ];
    const [, unit, name] = steps.find(([below]) => ms < below) ?? [Infinity, 86_400_000, 'd'];
    return `${Math.floor(ms / unit)} ${name}`;
}

/** In thousands, millions and so on, with so many digits in all. */
function compact(digits) {
    const key = `${locale()} compact ${digits}`;
    if (!formats.has(key)) {
        formats.set(key, new Intl.NumberFormat(locale(), { notation: 'compact', maximumSignificantDigits: digits }));
    }
    return formats.get(key);
}

function format(least, most) {
    const key = `${locale()} ${least} ${most}`;
    if (!formats.has(key)) {
        formats.set(
            key,
            new Intl.NumberFormat(locale(), { minimumFractionDigits: least, maximumFractionDigits: most }),
        );
    }
    return formats.get(key);
}
