import { say } from './words/words.js';

/** The row of lists to choose from, and what can be done with the one that is chosen. */
export class ListBar {
    #lists;
    #elements;
    #editing = false;
    #onEdit;

    /**
     * @param {object} elements names, create, edit, form (with an input for the name), name, remove
     * @param {function(boolean): void} onEdit is told when editing begins or ends
     */
    constructor(lists, elements, onEdit) {
        this.#lists = lists;
        this.#elements = elements;
        this.#onEdit = onEdit;
        const { create, edit, form, name, remove } = elements;
        create.addEventListener('click', () => {
            lists.create(say('list.new'));
            this.#edit(true);
            name.select();
        });
        edit.addEventListener('click', () => this.#edit(!this.#editing));
        form.addEventListener('submit', (event) => {
            event.preventDefault();
            this.#edit(false);
        });
        name.addEventListener('change', () => lists.rename(name.value));
        remove.addEventListener('click', () => {
            lists.delete();
            this.#edit(false);
        });
        lists.addEventListener('change', () => this.#draw());
        this.#draw();
    }

    get editing() {
        return this.#editing;
    }

    #edit(on) {
        this.#editing = on && this.#lists.active >= 0;
        this.#draw();
        this.#onEdit(this.#editing);
        if (this.#editing) {
            this.#elements.name.focus();
        }
    }

    #draw() {
        const { names, create, edit, form, name, remove } = this.#elements;
        const { active } = this.#lists;
        const focused = [...names.children].indexOf(document.activeElement);
        const buttons = [say('list.all'), ...this.#lists.names].map((label, i) => this.#button(label, i - 1));
        names.replaceChildren(...buttons);
        buttons[focused]?.focus();
        if (active < 0) {
            this.#editing = false;
        }
        create.hidden = this.#editing;
        edit.hidden = active < 0;
        edit.textContent = say(this.#editing ? 'list.done' : 'list.edit');
        edit.setAttribute('aria-expanded', this.#editing);
        form.hidden = !this.#editing;
        if (active >= 0) {
            name.value = this.#lists.names[active];
            remove.setAttribute('aria-label', say('list.delete.sure', { name: name.value }));
        }
        reveal(buttons[active + 1], names);
    }

    #button(label, index) {
        const button = document.createElement('button');
        button.type = 'button';
        button.textContent = label;
        button.setAttribute('aria-pressed', index === this.#lists.active);
        button.addEventListener('click', () => {
            const wasEditing = this.#editing;
            this.#editing = false;
            this.#lists.choose(index);
            if (wasEditing) {
                this.#onEdit(false);
            }
        });
        return button;
    }
}

/** Scrolls the row of lists, where it is narrow, until the button is in sight; the page around it stays where it is. */
function reveal(button, row) {
    const [inner, outer] = [button.getBoundingClientRect(), row.getBoundingClientRect()];
    row.scrollLeft += Math.max(0, inner.right - outer.right) || Math.min(0, inner.left - outer.left);
}
