import { PriceDigits, fixed, quantity, shortTime } from './numbers.js';
import { known, say } from './words/words.js';

const ROWS = 200;
/** Of the past, as many as fill it at first. */
const PAST = 100;

/**
 * Time and sales: every trade of one symbol, the newest first. It stands still while the reader has scrolled down; what comes
 * meanwhile waits, up to as many as are shown.
 */
export class Tape {
    #client;
    #symbol;
    #elements;
    #trades = [];
    #waiting = [];
    #digits = new PriceDigits();
    #frame;
    /** Whether the past is being asked for: what comes live waits for it. */
    #asking = false;
    #epoch;
    #closed = false;
    #heard = ({ detail }) => this.#rows(detail);
    #missing = ({ detail }) => this.#gap(detail);
    #scrolled = () => this.#schedule();

    /** @param {object} elements body (of the table), scroller, more (a button that goes to the newest) */
    constructor(client, elements, symbol) {
        this.#client = client;
        this.#elements = elements;
        this.#symbol = symbol;
    }

    open() {
        this.#elements.body.replaceChildren();
        this.#elements.scroller.scrollTop = 0;
        this.#elements.scroller.addEventListener('scroll', this.#scrolled, { passive: true });
        this.#elements.more.onclick = () => {
            this.#elements.scroller.scrollTop = 0;
        };
        this.#client.addEventListener('rows', this.#heard);
        this.#client.addEventListener('gap', this.#missing);
        this.#client.subscribe('trades', [this.#symbol]);
        this.#schedule();
    }

    close() {
        this.#closed = true;
        this.#client.unsubscribe('trades', [this.#symbol]);
        this.#client.removeEventListener('rows', this.#heard);
        this.#client.removeEventListener('gap', this.#missing);
        this.#elements.scroller.removeEventListener('scroll', this.#scrolled);
        cancelAnimationFrame(this.#frame);
    }

    #rows({ channel, snapshot, rows }) {
        if (channel !== 'trades') {
            return;
        }
        for (const row of rows) {
            if (row.symbol !== this.#symbol) {
                continue;
            }
            if (snapshot) {
                this.#begin(row);
            } else {
                this.#add(row);
            }
        }
        this.#schedule();
    }

    /** A snapshot has the last trade alone: those before it are asked for, unless they came one by one. */
    async #begin(last) {
        const { epoch } = this.#client.welcome ?? {};
        if (this.#epoch !== undefined && epoch === this.#epoch) {
            return;
        }
        // What was counted in another epoch is of no number any more.
        [...this.#trades, ...this.#waiting].forEach((trade) => (trade.seq = undefined));
        this.#epoch = epoch;
        this.#asking = true;
        let past = last.price === undefined ? [] : [last];
        try {
            const { data } = await this.#client.request({
                type: 'history',
                channel: 'trades',
                symbol: this.#symbol,
                after_seq: Math.max(0, last.seq - PAST),
                limit: PAST,
                epoch,
            });
            past = data.filter(({ seq }) => seq <= last.seq);
        } catch {
            // A server that keeps no history has told the last trade, and that is where this begins.
        }
        if (this.#epoch === epoch && !this.#closed) {
            this.#asking = false;
            const live = this.#waiting.filter(({ seq }) => seq !== undefined);
            this.#waiting = this.#waiting.filter(({ seq }) => seq === undefined);
            [...past, ...live].forEach((row) => this.#add(row));
            this.#schedule();
        }
    }

    #add(row) {
        if (row.cancels !== undefined && !this.#asking) {
            this.#take(row.cancels);
        } else if (row.price !== undefined || row.cancels !== undefined) {
            this.#waiting.push(row);
        }
        this.#waiting.splice(0, this.#waiting.length - ROWS);
    }

    /** A trade was taken back: it stays, struck through. */
    #take(seq) {
        this.#waiting.filter((row) => row.seq === seq).forEach((row) => (row.taken = true));
        const shown = this.#trades.find((trade) => trade.seq === seq);
        shown?.element.classList.add('taken');
    }

    #gap({ channel, symbol, from, to }) {
        if (channel === 'trades' && symbol === this.#symbol) {
            this.#waiting.push({ missing: to - from + 1 });
            this.#schedule();
        }
    }

    #schedule() {
        this.#frame ??= requestAnimationFrame(() => {
            this.#frame = undefined;
            this.#draw();
        });
    }

    #draw() {
        const { body, scroller, more } = this.#elements;
        if (this.#asking) {
            return;
        }
        const still = scroller.scrollTop > 4;
        more.hidden = !still || this.#waiting.length === 0;
        if (still) {
            more.textContent = say('tape.more', { n: this.#waiting.length });
            return;
        }
        const made = this.#waiting.splice(0).map((row) => ({ seq: row.seq, element: this.#row(row) }));
        if (made.length > 0) {
            made.reverse();
            body.prepend(...made.map(({ element }) => element));
            this.#trades.unshift(...made);
            this.#trades.splice(ROWS).forEach(({ element }) => element.remove());
        }
    }

    #row({ missing, price, size, side, cond = [], ts, taken }) {
        const row = document.createElement('tr');
        if (missing !== undefined) {
            const cell = row.insertCell();
            cell.colSpan = 4;
            cell.textContent = say('tape.missing', { n: missing });
            return row;
        }
        row.classList.toggle('taken', taken === true);
        const digits = this.#digits.of({ symbol: this.#symbol, currency: this.#client.book.row(this.#symbol)?.currency, last: price });
        const words = [side && say(`side.${side}`), ...cond.map((word) => (known(`cond.${word}`) ? say(`cond.${word}`) : word))];
        for (const [text, kind] of [
            [shortTime(ts, Date.now()), 'words'],
            [fixed(price, digits), `number ${side === 'buy' ? 'gain' : side === 'sell' ? 'loss' : ''}`],
            [quantity(size), 'number'],
            [words.filter(Boolean).join(', '), 'words cond'],
        ]) {
            const cell = row.insertCell();
            cell.textContent = text;
            cell.className = kind;
        }
        return row;
    }
}
