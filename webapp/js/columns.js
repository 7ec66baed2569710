import { eventTime, fixed, quantity, signed } from './numbers.js';

/**
 * The table's columns from left to right.
 *
 * `field` is the row's field that is shown and sorted by, `text` prints it, `flashes` marks a price whose moves are
 * pointed out, `tinted` a number whose sign is. `kind` is also the cell's CSS class.
 */
export const COLUMNS = [
    { name: 'symbol', label: 'Symbol', kind: 'words', field: 'symbol', text: String },
    { name: 'name', label: 'Name', kind: 'words', field: 'name', text: String },
    { name: 'last', label: 'Last', kind: 'number', field: 'last', text: fixed, flashes: true },
    { name: 'change', label: 'Change', kind: 'number', field: 'change', text: signed, tinted: true },
    { name: 'percent', label: 'Change %', kind: 'number', field: 'change_pct', text: (pct) => `${signed(pct, 2)}%`, tinted: true },
    { name: 'bid', label: 'Bid', kind: 'number', field: 'bid', text: fixed, flashes: true },
    { name: 'bid-size', label: 'Bid size', kind: 'number', field: 'bid_size', text: quantity },
    { name: 'ask', label: 'Ask', kind: 'number', field: 'ask', text: fixed, flashes: true },
    { name: 'ask-size', label: 'Ask size', kind: 'number', field: 'ask_size', text: quantity },
    { name: 'volume', label: 'Volume', kind: 'number', field: 'volume', text: quantity },
    { name: 'time', label: 'Time', kind: 'number', field: 'ts', text: (ts, digits, now) => eventTime(ts, now) },
];
