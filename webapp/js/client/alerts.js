/**
 * Alerts that outlive a connection: the server forgets them when it ends, so they are set again on the next one, and what
 * happened in between is judged from the sequence that was last received.
 */
export class Alerts {
    #request;
    #received;
    #set = new Map();
    #next = 1;

    /**
     * @param {function(object): Promise} request sends a request, answers with its reply
     * @param {function(string): number} received the last `seq` of a symbol in this epoch, or undefined
     */
    constructor(request, received) {
        this.#request = request;
        this.#received = received;
    }

    /** Those that have neither fired nor been removed. */
    list() {
        return [...this.#set].map(([key, { rule }]) => ({ key, ...rule }));
    }

    /** Sets an alert; answers with a key of its own once the server has it, and rejects where the server refuses. */
    async add(rule) {
        const key = this.#next++;
        const alert = { rule, name: undefined };
        this.#set.set(key, alert);
        try {
            await this.#tell(alert, {});
        } catch (cause) {
            // One that got lost with its connection is set again on the next.
            if (cause.reason !== 'connection_lost') {
                this.#set.delete(key);
                throw cause;
            }
        }
        return key;
    }

    async remove(key) {
        const alert = this.#set.get(key);
        this.#set.delete(key);
        if (alert?.name !== undefined) {
            await this.#request({ type: 'unalert', alert: alert.name });
        }
    }

    /** Another connection: sets all of them again; answers with the keys of those that the server refused. */
    async restore() {
        const refused = [];
        for (const [key, alert] of [...this.#set]) {
            alert.name = undefined;
            const seq = this.#received(alert.rule.symbol);
            try {
                await this.#tell(alert, seq === undefined ? {} : { from_seq: seq });
            } catch (cause) {
                if (cause.reason === 'connection_lost') {
                    break;
                }
                this.#set.delete(key);
                refused.push({ key, ...alert.rule, cause });
            }
        }
        return refused;
    }

    /** What fired, as it was set; undefined for an alert that is none of ours. */
    fired(name) {
        for (const [key, alert] of this.#set) {
            if (alert.name === name) {
                this.#set.delete(key);
                return { key, ...alert.rule };
            }
        }
        return undefined;
    }

    async #tell(alert, extra) {
        const { alert: name } = await this.#request({ type: 'alert', ...alert.rule, ...extra });
        alert.name = name;
    }
}
