import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** The runnable WAR as a process of its own, which may be killed and started again. SERVICE_JAVA and SERVICE_WAR say where. */
export class Service {
    #process;

    /** Resolves once it serves, on a free port. */
    static start(...feeds) {
        return Service.startWith(feeds.flatMap((feed) => ['--feed', feed]));
    }

    /** The same with any options. */
    static async startWith(options) {
        const service = new Service();
        const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TICKERPLANT_')));
        service.#process = spawn(
            process.env.SERVICE_JAVA ?? 'java',
            ['-XX:+UseSerialGC', '-Xmx256m', '-jar', process.env.SERVICE_WAR, '--port', '0', ...options],
            { env: environment, stdio: ['ignore', 'pipe', 'pipe'] },
        );
        process.once('exit', () => service.#process.kill('SIGKILL'));
        let complaints = '';
        service.#process.stderr.on('data', (text) => (complaints = (complaints + text).slice(-2_000)));
        const lines = createInterface({ input: service.#process.stdout });
        service.address = await new Promise((done, failed) => {
            lines.once('line', done);
            service.#process.once('exit', (code) => failed(new Error(`the service ended with ${code}: ${complaints}`)));
        });
        return service;
    }

    /** As a crash would: nobody is told. */
    async kill() {
        if (this.#process.exitCode === null && this.#process.signalCode === null) {
            const gone = new Promise((done) => this.#process.once('exit', done));
            this.#process.kill('SIGKILL');
            await gone;
        }
    }

    /** The last values of some symbols as the service itself tells them. */
    async rows(symbols) {
        const answer = await fetch(`${this.address}api/v1/ticker?symbols=${symbols.map(encodeURIComponent).join()}`);
        return (await answer.json()).data;
    }
}
