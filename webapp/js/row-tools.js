import { say } from './words/words.js';

/** The buttons of a row while its list is edited: drag or arrow keys, one up, one down, remove. */
export class RowTools {
    #lists;
    #body;
    #announce;
    #dragged;

    /**
     * @param {HTMLElement} body where the rows lie, each with its `data-symbol`
     * @param {function(string): void} announce tells what was done
     */
    constructor(lists, body, announce) {
        this.#lists = lists;
        this.#body = body;
        this.#announce = announce;
        body.addEventListener('pointermove', (event) => this.#drag(event));
        for (const end of ['pointerup', 'pointercancel', 'lostpointercapture']) {
            body.addEventListener(end, () => this.#drop());
        }
    }

    of(symbol) {
        const tools = document.createElement('span');
        tools.className = 'row-tools';
        const handle = button('⠿', say('move', { symbol }), 'handle');
        handle.addEventListener('pointerdown', (event) => {
            this.#dragged = symbol;
            // The row itself is put elsewhere on the way, and would lose it.
            this.#body.setPointerCapture(event.pointerId);
            event.preventDefault();
            handle.focus();
        });
        handle.addEventListener('keydown', (event) => {
            const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
            if (step) {
                event.preventDefault();
                this.#move(symbol, step, '.handle');
            }
        });
        const up = button('↑', say('move.up', { symbol }), 'up');
        up.addEventListener('click', () => this.#move(symbol, -1, '.up'));
        const down = button('↓', say('move.down', { symbol }), 'down');
        down.addEventListener('click', () => this.#move(symbol, 1, '.down'));
        const remove = button('✕', say('remove', { symbol }), 'remove');
        remove.addEventListener('click', () => this.#remove(symbol));
        tools.append(handle, up, down, remove);
        return tools;
    }

    #move(symbol, step, focus) {
        const { symbols } = this.#lists;
        this.#lists.move(symbol, symbols.indexOf(symbol) + step);
        this.#announce(say('list.moved', { symbol, place: symbols.indexOf(symbol) + 1, count: symbols.length }));
        // The row is put elsewhere in the next frame, which takes the focus away.
        requestAnimationFrame(() => requestAnimationFrame(() => this.#rowOf(symbol)?.querySelector(focus)?.focus()));
    }

    #remove(symbol) {
        const { symbols } = this.#lists;
        const next = symbols[symbols.indexOf(symbol) + 1] ?? symbols[symbols.indexOf(symbol) - 1];
        const name = this.#lists.names[this.#lists.active];
        this.#lists.remove(symbol);
        this.#announce(say('list.removed', { symbol, name }));
        requestAnimationFrame(() => requestAnimationFrame(() => this.#rowOf(next)?.querySelector('.remove')?.focus()));
    }

    #drag({ clientX, clientY }) {
        if (this.#dragged === undefined) {
            return;
        }
        this.#rowOf(this.#dragged)?.classList.add('dragged');
        const over = document.elementFromPoint(clientX, clientY)?.closest('tr[data-symbol]')?.dataset.symbol;
        if (over !== undefined && over !== this.#dragged) {
            this.#lists.move(this.#dragged, this.#lists.symbols.indexOf(over));
        }
    }

    #drop() {
        if (this.#dragged !== undefined) {
            const symbol = this.#dragged;
            this.#dragged = undefined;
            this.#rowOf(symbol)?.classList.remove('dragged');
            const { symbols } = this.#lists;
            this.#announce(say('list.moved', { symbol, place: symbols.indexOf(symbol) + 1, count: symbols.length }));
        }
    }

    #rowOf(symbol) {
        return [...this.#body.querySelectorAll('tr[data-symbol]')].find(({ dataset }) => dataset.symbol === symbol);
    }
}

function button(text, label, kind) {
    const made = document.createElement('button');
    made.type = 'button';
    made.className = kind;
    made.textContent = text;
    made.setAttribute('aria-label', label);
    made.title = label;
    return made;
}
