import { movers } from './movers.js';
import { eventTime, fixed, quantity, PriceDigits, signed } from './numbers.js';
import { say } from './words/words.js';

const EVERY_MS = 2_000;
/** A digest for those who listen to the page: seldom enough not to be in the way. */
const DIGEST_EVERY_MS = 60_000;
const STRIP_MOST = 12;

/**
 * The market as a whole: a strip of what moves most, the first of gainers, losers and the most active, and what is halted.
 * Drawn every two seconds, for lists that changed with every tick could not be read.
 */
export class MarketView {
    #market;
    #phases;
    #visible;
    #elements;
    #digits = new PriceDigits();
    #texts = new Map();
    #digestAt = performance.now();
    #paused = () => false;

    /** @param {object} elements strip, toggle, gainers, losers, active, halts, digest; @param {function(): boolean} paused */
    constructor({ market, phases, visible }, elements, paused) {
        this.#market = market;
        this.#phases = phases;
        this.#visible = visible;
        this.#elements = elements;
        this.#paused = paused;
        elements.toggle.addEventListener('click', () => this.#stop(!elements.strip.classList.contains('still')));
        this.#stop(window.matchMedia('(prefers-reduced-motion: reduce)').matches);
        setInterval(() => this.draw(), EVERY_MS);
        market.addEventListener('synchronised', () => this.draw());
        phases.addEventListener('change', () => this.#drawHalts());
    }

    draw() {
        if (document.hidden || this.#paused() || !this.#market.whole) {
            return;
        }
        const { gainers, losers, active, up, down } = movers(this.#market.symbols(), (symbol) => this.#market.row(symbol), STRIP_MOST);
        for (const [name, rows] of Object.entries({ gainers, losers, active })) {
            this.#drawList(this.#elements[name], rows.slice(0, 5), name === 'active' ? volumeOf : moveOf);
        }
        this.#drawStrip([...new Set([...active, ...gainers.slice(0, 4), ...losers.slice(0, 4)])]);
        this.#drawHalts();
        this.#drawDigest(up, down);
    }

    #stop(still) {
        this.#elements.strip.classList.toggle('still', still);
        this.#elements.toggle.textContent = still ? '▶' : '❚❚';
        this.#elements.toggle.setAttribute('aria-label', say(still ? 'strip.resume' : 'strip.pause'));
    }

    #drawStrip(rows) {
        const { strip } = this.#elements;
        const track = strip.firstElementChild;
        rows.sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
        this.#visible.show('strip', rows.map(({ symbol }) => symbol));
        while (track.children.length > rows.length) {
            track.lastElementChild.remove();
        }
        rows.forEach((row, i) => {
            const item = track.children[i] ?? track.appendChild(stripItem());
            const [link] = item.children;
            this.#write(link.children[0], row.symbol);
            this.#write(link.children[1], row.last === undefined ? '–' : fixed(row.last, this.#digits.of(row)));
            this.#write(link.children[2], moveOf(row));
            const tone = toneOf(row);
            if (link.className !== tone) {
                link.className = tone;
            }
            const address = `#/symbol/${encodeURIComponent(row.symbol)}`;
            if (link.getAttribute('href') !== address) {
                link.setAttribute('href', address);
            }
        });
    }

    #drawList(list, rows, textOf) {
        const text = JSON.stringify(rows.map((row) => [row.symbol, textOf(row)]));
        if (this.#texts.get(list) === text) {
            return;
        }
        this.#texts.set(list, text);
        list.replaceChildren(
            ...(rows.length === 0 ? [emptyItem('movers.none')] : rows.map((row) => item(row.symbol, textOf(row), textOf === moveOf ? toneOf(row) : ''))),
        );
    }

    #drawHalts() {
        const { halts: list } = this.#elements;
        const halts = this.#phases.halts();
        const texts = halts.map(({ symbol, reason, ts }) => [
            symbol === '*' ? say('all.of.them') : symbol,
            [reason, ts && say('halts.since', { time: eventTime(ts, Date.now()) })].filter(Boolean).join(', '),
        ]);
        const text = JSON.stringify(texts);
        if (this.#texts.get(list) !== text) {
            this.#texts.set(list, text);
            list.replaceChildren(...(texts.length === 0 ? [emptyItem('halts.none')] : texts.map(([symbol, since]) => item(symbol, since, ''))));
        }
    }

    #drawDigest(gainers, losers) {
        const now = performance.now();
        if (now - this.#digestAt >= DIGEST_EVERY_MS && this.#market.synchronised) {
            this.#digestAt = now;
            this.#elements.digest.textContent = say('digest', { gainers, losers });
        }
    }

    #write(element, text) {
        if (element.textContent !== text) {
            element.textContent = text;
        }
    }
}

function moveOf({ change_pct: pct }) {
    if (pct === undefined) {
        return '';
    }
    return `${pct > 0 ? '▲ ' : pct < 0 ? '▼ ' : ''}${signed(pct, 2)}%`;
}

function volumeOf({ volume }) {
    return quantity(volume);
}

function toneOf({ change_pct: pct = 0 }) {
    if (pct === 0) {
        return '';
    }
    return pct > 0 ? 'gain' : 'loss';
}

function stripItem() {
    const item = document.createElement('li');
    const link = document.createElement('a');
    link.append(document.createElement('b'), document.createElement('span'), document.createElement('span'));
    item.append(link);
    return item;
}

function item(symbol, text, tone) {
    const made = document.createElement('li');
    const link = document.createElement('a');
    link.href = `#/symbol/${encodeURIComponent(symbol)}`;
    link.textContent = symbol;
    const value = document.createElement('span');
    value.className = tone;
    value.textContent = text;
    made.append(link, ' ', value);
    return made;
}

function emptyItem(word) {
    const made = document.createElement('li');
    made.className = 'none';
    made.textContent = say(word);
    return made;
}
