import { connect, createServer } from 'node:net';

/** A wire between the browser and the service that can be cut, joined again, and led to another service. */
export class Wire {
    #server;
    #sockets = new Set();
    #port = 0;
    #target;

    constructor(target) {
        this.#target = new URL(target);
    }

    get address() {
        return `http://127.0.0.1:${this.#port}/`;
    }

    leadTo(target) {
        this.#target = new URL(target);
    }

    join() {
        this.#server = createServer((near) => {
            const far = connect(Number(this.#target.port), this.#target.hostname);
            for (const [one, other] of [
                [near, far],
                [far, near],
            ]) {
                this.#sockets.add(one);
                one.pipe(other);
                one.on('error', () => other.destroy());
                one.on('close', () => {
                    this.#sockets.delete(one);
                    other.destroy();
                });
            }
        });
        return new Promise((done) =>
            this.#server.listen(this.#port, '127.0.0.1', () => {
                this.#port = this.#server.address().port;
                done();
            }),
        );
    }

    cut() {
        const closed = new Promise((done) => this.#server.close(done));
        this.#sockets.forEach((socket) => socket.destroy());
        return closed;
    }
}
