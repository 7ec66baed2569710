import { amount, fixed, shortTime, signed } from './numbers.js';
import { say } from './words/words.js';

/** How many digits the columns of these numbers have room for: ticker-table.css. */
const SIZE_DIGITS = 7;
const VOLUME_DIGITS = 9;

const size = (number) => amount(number, SIZE_DIGITS);

/**
 * The table's columns from left to right, as the reader may choose them.
 *
 * `field` is the row's field that is shown and sorted by, `text` prints it, `flashes` marks a price whose moves are
 * pointed out, `tinted` a number whose sign is, `drawn` one that is a picture. `kind` is also the cell's CSS class.
 */
export const COLUMNS = [
    { name: 'symbol', kind: 'words', field: 'symbol', text: String },
    { name: 'name', kind: 'words', field: 'name', text: String },
    { name: 'last', kind: 'number', field: 'last', text: fixed, flashes: true },
    { name: 'change', kind: 'number', field: 'change', text: signed, tinted: true },
    { name: 'percent', kind: 'number', field: 'change_pct', text: (pct) => `${signed(pct, 2)}%`, tinted: true },
    { name: 'trail', kind: 'picture', field: 'change_pct', drawn: true },
    { name: 'range', kind: 'picture', field: 'high', drawn: true },
    { name: 'bid', kind: 'number', field: 'bid', text: fixed, flashes: true },
    { name: 'bid-size', kind: 'number', field: 'bid_size', text: size },
    { name: 'ask', kind: 'number', field: 'ask', text: fixed, flashes: true },
    { name: 'ask-size', kind: 'number', field: 'ask_size', text: size },
    { name: 'volume', kind: 'number', field: 'volume', text: (number) => amount(number, VOLUME_DIGITS) },
    { name: 'time', kind: 'number', field: 'ts', text: (ts, digits, now) => shortTime(ts, now) },
];

export function columnLabel({ name }) {
    return say(`column.${name}`);
}

/** The columns of these names, in the table's own order; the symbol always stands first. */
export function columnsNamed(names) {
    return COLUMNS.filter(({ name }) => name === 'symbol' || names.includes(name));
}
