import { Bars, INTERVALS } from './bars.js';
import { Chart } from './chart.js';
import { PriceDigits, eventTime, fixed, quantity, signed } from './numbers.js';
import { phaseName } from './status.js';
import { Tape } from './tape.js';
import { known, say } from './words/words.js';

const FIGURES = ['bid', 'ask', 'open', 'high', 'low', 'prev_close', 'volume', 'trades', 'currency', 'phase', 'ts'];

/** One symbol in full: its chart, key figures, time and sales, and alerts. Open for one symbol at a time. */
export class SymbolView {
    #client;
    #market;
    #phases;
    #alarms;
    #elements;
    #symbol;
    #bars;
    #tape;
    #chart;
    #making;
    #interval = '1m';
    #kind = 'candles';
    #digits = new PriceDigits();
    #frame;
    #shown = new Map();

    /** @param {object} world client, market, phases, alarms; @param {object} elements see app.js */
    constructor({ client, market, phases, alarms }, elements) {
        this.#client = client;
        this.#market = market;
        this.#phases = phases;
        this.#alarms = alarms;
        this.#elements = elements;
        market.addEventListener('rows', ({ detail }) => detail.includes(this.#symbol) && this.#schedule());
        phases.addEventListener('change', ({ detail }) => detail.includes(this.#symbol) && this.#schedule());
        alarms.addEventListener('change', () => this.#drawAlerts());
        this.#choice(elements.intervals, Object.keys(INTERVALS), 'interval', () => this.#interval, (interval) => {
            this.#interval = interval;
            this.#openBars();
        });
        this.#choice(elements.kinds, ['candles', 'line'], 'kind', () => this.#kind, (kind) => {
            this.#kind = kind;
            this.#chart?.show(kind);
            this.#drawAlerts();
        });
        elements.form.addEventListener('submit', (event) => {
            event.preventDefault();
            this.#setAlert();
        });
    }

    get symbol() {
        return this.#symbol;
    }

    open(symbol) {
        this.close();
        this.#symbol = symbol;
        this.#shown.clear();
        this.#elements.root.hidden = false;
        this.#elements.title.textContent = symbol;
        this.#elements.value.value = '';
        this.#elements.complaint.textContent = '';
        this.#tape = new Tape(this.#client, this.#elements.tape, symbol);
        this.#tape.open();
        this.#openBars();
        this.#drawAlerts();
        this.#schedule();
    }

    close() {
        if (this.#symbol === undefined) {
            return;
        }
        this.#symbol = undefined;
        this.#elements.root.hidden = true;
        this.#tape.close();
        this.#bars.close();
        this.#bars = undefined;
    }

    /** The page's colours have changed. */
    paint() {
        this.#chart?.paint();
        this.#chart?.set(this.#bars?.all ?? []);
    }

    async #openBars() {
        this.#bars?.close();
        const bars = new Bars(this.#client, this.#symbol, this.#interval);
        this.#bars = bars;
        this.#say('');
        this.#legend(undefined);
        bars.addEventListener('trouble', ({ detail }) => this.#say(known(`chart.${detail}`) ? say(`chart.${detail}`) : detail));
        bars.addEventListener('reset', () => this.#reset());
        bars.addEventListener('bar', ({ detail }) => {
            if (this.#bars === bars) {
                this.#chart?.update(detail);
                this.#legend(undefined);
            }
        });
        bars.open();
        await this.#makeChart();
        if (this.#bars === bars) {
            this.#reset();
            await bars.earlier(Date.now());
        }
        if (this.#bars === bars) {
            this.#chart?.home();
        }
    }

    async #makeChart() {
        // Two intervals chosen in haste must not make two charts.
        this.#making ??= this.#newChart();
        try {
            this.#chart = await this.#making;
        } catch {
            this.#making = undefined;
            this.#say(say('chart.missing'));
        }
    }

    async #newChart() {
        const chart = await Chart.in(this.#elements.chart);
        chart.addEventListener('pointed', ({ detail }) => this.#legend(detail));
        chart.addEventListener('left-end', () => this.#bars?.earlier(Date.now()));
        chart.addEventListener('picked', ({ detail: price }) => {
            this.#elements.value.value = price;
            this.#elements.alerts.open = true;
            this.#elements.value.focus();
        });
        return chart;
    }

    #reset() {
        const all = this.#bars?.all ?? [];
        if (all.length > 0) {
            this.#say('');
        }
        this.#chart?.set(all);
        this.#legend(undefined);
        this.#drawAlerts();
    }

    #say(text) {
        this.#elements.news.textContent = text;
    }

    #legend(pointed) {
        const bar = pointed ?? this.#bars?.all.at(-1);
        if (!bar) {
            this.#elements.legend.textContent = '';
            return;
        }
        const digits = this.#digits.of({ symbol: this.#symbol, last: bar.close });
        const price = (name) => `${say(`bar.${name}`)} ${fixed(bar[name], digits)}`;
        this.#elements.legend.textContent = [
            eventTime(bar.start, Date.now()),
            ...['open', 'high', 'low', 'close'].map(price),
            `${say('bar.volume')} ${quantity(bar.volume)}`,
        ].join('  ');
    }

    #schedule() {
        this.#frame ??= requestAnimationFrame(() => {
            this.#frame = undefined;
            if (this.#symbol !== undefined) {
                this.#draw();
            }
        });
    }

    #draw() {
        const row = this.#market.row(this.#symbol) ?? { symbol: this.#symbol };
        const digits = this.#digits.of(row);
        this.#chart?.digits(digits);
        const price = (value) => (value === undefined ? '–' : fixed(value, digits));
        const { name, last, change, price: head, figures } = this.#elements;
        this.#write(name, row.name ?? '');
        this.#write(last, price(row.last));
        const moved = row.change === undefined ? '' : `${row.change > 0 ? '▲ ' : row.change < 0 ? '▼ ' : ''}${signed(row.change, digits)} (${signed(row.change_pct ?? 0, 2)}%)`;
        this.#write(change, moved);
        head.className = `head-price ${row.change > 0 ? 'gain' : row.change < 0 ? 'loss' : ''}`;
        const side = (at, size) => (at === undefined ? '–' : `${fixed(at, digits)} × ${quantity(size ?? 0)}`);
        const phase = this.#phases.of(this.#symbol);
        const texts = {
            bid: side(row.bid, row.bid_size),
            ask: side(row.ask, row.ask_size),
            open: price(row.open),
            high: price(row.high),
            low: price(row.low),
            prev_close: price(row.prev_close),
            volume: row.volume === undefined ? '–' : quantity(row.volume),
            trades: row.trades === undefined ? '–' : quantity(row.trades),
            currency: row.currency ?? '–',
            phase: phase ? phaseName(phase) : '–',
            ts: row.ts === undefined ? '–' : eventTime(row.ts, Date.now()),
        };
        if (figures.childElementCount === 0) {
            figures.append(...FIGURES.map(figure));
        }
        FIGURES.forEach((field, i) => this.#write(figures.children[i].lastElementChild, texts[field]));
    }

    #write(element, text) {
        if (this.#shown.get(element) !== text) {
            this.#shown.set(element, text);
            element.textContent = text;
        }
    }

    async #setAlert() {
        const { op, value, complaint } = this.#elements;
        const symbol = this.#symbol;
        complaint.textContent = '';
        if (!(Number(value.value) > 0)) {
            complaint.textContent = say('alert.value');
            value.focus();
            return;
        }
        try {
            await this.#alarms.set({ symbol, field: 'last', op: op.value, value: Number(value.value) });
            value.value = '';
        } catch (cause) {
            complaint.textContent = say('alert.refused', { message: cause.message });
        }
    }

    #drawAlerts() {
        if (this.#symbol === undefined) {
            return;
        }
        const alerts = this.#alarms.of(this.#symbol);
        const digits = this.#digits.of(this.#market.row(this.#symbol) ?? { symbol: this.#symbol });
        this.#elements.list.replaceChildren(
            ...alerts.map((alert) => {
                const item = document.createElement('li');
                const text = this.#alarms.describe(alert, digits);
                const remove = document.createElement('button');
                remove.type = 'button';
                remove.textContent = '✕';
                remove.setAttribute('aria-label', say('alert.remove', { alert: text }));
                remove.addEventListener('click', () => this.#alarms.remove(alert.key));
                item.append(text, ' ', remove);
                return item;
            }),
        );
        this.#chart?.mark(
            alerts.filter(({ op }) => op !== 'moves_pct').map(({ key, value }) => ({ key, price: value, title: say('alert') })),
        );
    }

    #choice(group, values, word, current, choose) {
        const buttons = values.map((value) => {
            const button = document.createElement('button');
            button.type = 'button';
            button.textContent = say(`${word}.${value}`);
            button.dataset.value = value;
            button.setAttribute('aria-pressed', value === current());
            button.addEventListener('click', () => {
                choose(value);
                buttons.forEach((each) => each.setAttribute('aria-pressed', each.dataset.value === current()));
            });
            return button;
        });
        group.append(...buttons);
    }
}

function figure(field) {
    const pair = document.createElement('div');
    const term = document.createElement('dt');
    term.textContent = say(`figure.${field}`);
    pair.append(term, document.createElement('dd'));
    return pair;
}
