/** The page's `details.menu`: at most one is open, and Escape or a click elsewhere closes it. */
export class Menus {
    #root;

    constructor(root) {
        this.#root = root;
        root.addEventListener('click', ({ target }) => this.#close(target.closest('details.menu')));
        root.addEventListener('keydown', ({ key }) => {
            const open = root.querySelector('details.menu[open]');
            if (key === 'Escape' && open) {
                open.open = false;
                open.querySelector('summary').focus();
            }
        });
    }

    #close(except) {
        for (const menu of this.#root.querySelectorAll('details.menu[open]')) {
            if (menu !== except) {
                menu.open = false;
            }
        }
    }
}
