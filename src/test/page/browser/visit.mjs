/*
 * What the tests in Chromium have in common. A step waits for a condition, for as long as DEADLINE_MS where the machine is
 * slow, and never for a time to pass.
 */
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { chromium } from 'playwright-core';

/** Only a page that will never get there should reach it: a busy machine of two cores takes tens of seconds. */
export const DEADLINE_MS = 90_000;

/** Chromium, the pages opened in it, and what they complain of. CHROMIUM names the browser, where it isn't /usr/bin/chromium. */
export class Visit {
    #browser;
    #screenshots;
    #slowdown = Number(process.env.SLOWDOWN ?? 1);
    #heard = new WeakMap();
    #open = new Set();
    complaints = [];
    /** While the wire is cut, the browser's console says so, and is right. */
    expectsLosses = false;

    static async begin(screenshots, args = []) {
        await mkdir(screenshots, { recursive: true });
        const visit = new Visit();
        visit.#screenshots = screenshots;
        visit.#browser = await chromium.launch({
            executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
            args: ['--no-sandbox', '--disable-background-networking', ...args],
            timeout: DEADLINE_MS,
        });
        return visit;
    }

    /** Runs the parts in order; says on one line what went wrong, and exits with 1 then. */
    async run(parts) {
        try {
            for (const [name, part] of parts) {
                await this.step(name, part);
            }
        } catch (error) {
            this.complaints.push(error.message);
        } finally {
            await this.#browser.close();
        }
        for (const complaint of this.complaints) {
            console.error(`FAILED ${complaint}`);
        }
        process.exitCode = this.complaints.length === 0 ? 0 : 1;
    }

    async step(name, action) {
        const begun = Date.now();
        console.log(`.. ${name}`);
        try {
            await action();
        } catch (error) {
            throw await this.#explained(name, error);
        }
        console.log(`ok ${name} (${((Date.now() - begun) / 1_000).toFixed(1)} s)`);
    }

    /** A page of its own, at an address, whose clock may be wrong; SLOWDOWN is how many times slower its processor is made. */
    async open(address, { colorScheme = 'light', width = 1280, height = 800, locale = 'en-US', reducedMotion = 'no-preference', clockBehindMs = 0 } = {}) {
        const page = await this.#browser.newPage({ colorScheme, viewport: { width, height }, locale, reducedMotion });
        page.setDefaultTimeout(DEADLINE_MS);
        await page.addInitScript((behind) => {
            const now = Date.now;
            Date.now = () => now() - behind;
        }, clockBehindMs);
        this.#open.add(page);
        page.on('close', () => this.#open.delete(page));
        if (this.#slowdown > 1) {
            const cdp = await page.context().newCDPSession(page);
            await cdp.send('Emulation.setCPUThrottlingRate', { rate: this.#slowdown });
        }
        // Chromium reports violations of the content security policy, failed loads and uncaught errors all as console errors.
        page.on('console', (message) => {
            if (!this.expectsLosses && (message.type() === 'error' || message.type() === 'warning')) {
                this.complaints.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
            }
        });
        page.on('pageerror', (error) => this.complaints.push(`uncaught: ${error.message}`));
        page.on('request', (request) => this.#sameHost(request.url(), address));
        page.on('websocket', (socket) => {
            this.#sameHost(socket.url(), address);
            socket.on('framereceived', ({ payload }) => this.#hear(page, payload));
        });
        await page.goto(address);
        return page;
    }

    /** Resolves with so many more messages that come to a page and whose text matches. */
    async hears(page, pattern, count) {
        const heard = [];
        let timer;
        let hear;
        await new Promise((done, failed) => {
            timer = setTimeout(() => failed(new Error(`${heard.length} of ${count} messages like ${pattern} came`)), DEADLINE_MS);
            hear = (text) => pattern.test(text) && heard.push(text) === count && done();
            this.#listeners(page).add(hear);
        }).finally(() => {
            clearTimeout(timer);
            this.#listeners(page).delete(hear);
        });
        return heard;
    }

    async photograph(page, name) {
        await page.screenshot({ path: path.join(this.#screenshots, `${name}.png`), timeout: DEADLINE_MS });
    }

    #hear(page, payload) {
        const text = String(payload);
        this.#listeners(page).forEach((hear) => hear(text));
    }

    #listeners(page) {
        if (!this.#heard.has(page)) {
            this.#heard.set(page, new Set());
        }
        return this.#heard.get(page);
    }

    #sameHost(url, address) {
        if (!url.startsWith('data:') && new URL(url).host !== new URL(address).host) {
            this.complaints.push(`a request to another host: ${url}`);
        }
    }

    /** In a single line where it happened, what was waited for, and what the page said at that time. */
    async #explained(name, error) {
        if (error.cause) {
            return error;
        }
        const line = error.stack?.match(/(\w+\.mjs:\d+)(?=:\d+\)?\s*$)/m)?.[1] ?? '';
        const said = [];
        for (const page of this.#open) {
            said.push(await page.evaluate(pageSays).catch(() => 'it does not answer'));
            await page.screenshot({ path: path.join(this.#screenshots, 'failed.png'), timeout: 10_000 }).catch(() => {});
        }
        const text = error.message.replaceAll(/\s+/g, ' ').slice(0, 600);
        return new Error(`${name}: ${text} (${line}); the page says: ${said.join(' / ')}`, { cause: error });
    }
}

/** Runs in the page. */
function pageSays() {
    const text = (id) => document.getElementById(id)?.textContent.trim().replaceAll(/\s+/g, ' ') ?? '';
    const rows = [...document.querySelectorAll('#ticker tbody tr[data-symbol]')].slice(0, 3).map((row) => row.textContent.slice(0, 40));
    return JSON.stringify({ at: location.href, connection: text('connection'), banner: text('banner'), notices: text('notices'), count: text('count'), rows });
}

/** The page is connected, knows everything, and shows prices. */
export async function pricesAreLive(page) {
    await page.waitForFunction(() => {
        const prices = [...document.querySelectorAll('#ticker tbody tr[data-symbol] .last')];
        return (
            /^live · \d+ ms$/.test(document.getElementById('connection').textContent) &&
            !document.getElementById('feed').hidden &&
            document.getElementById('banner').hidden &&
            prices.some((cell) => /^[\d,.]+$/.test(cell.textContent))
        );
    });
    assert.deepEqual(await troubles(page), []);
}

/** Notices in the page, but for the one that says that this machine is slow. */
export function troubles(page) {
    return page.locator('#notices li:not([data-cause="flow"])').allTextContents();
}

export async function aPriceMoves(page) {
    const before = await page.evaluate(() =>
        Object.fromEntries(
            [...document.querySelectorAll('#ticker tbody tr[data-symbol]')]
                .filter((row) => row.getBoundingClientRect().top < innerHeight)
                .map((row) => [row.dataset.symbol, row.querySelector('.last').textContent]),
        ),
    );
    await page.waitForFunction(
        (prices) =>
            [...document.querySelectorAll('#ticker tbody tr[data-symbol]')].some((row) => {
                const known = prices[row.dataset.symbol];
                return known && known !== row.querySelector('.last').textContent;
            }),
        before,
    );
}

/** Tells the page that nobody looks at it, or that somebody does: a browser without a window takes each tab for one that is seen. */
export function hide(page, hidden) {
    return page.evaluate((hides) => {
        Object.defineProperty(document, 'hidden', { configurable: true, get: () => hides });
        document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
}

/** What the table shows of last price, change and volume, by symbol. */
export function shown(page) {
    return page.evaluate(() =>
        Object.fromEntries(
            [...document.querySelectorAll('#ticker tbody tr[data-symbol]')].map((row) => [
                row.dataset.symbol,
                ['last', 'change', 'volume'].map((name) => Number(row.querySelector(`.${name}`).textContent.replaceAll(',', '').replace('\u2212', '-'))),
            ]),
        ),
    );
}

/** The table shows what the service itself says at that time. It moves on meanwhile, so that this needs a quiet moment. */
export async function thePageTellsTheTruth(page, service) {
    await until('the page shows what the service says', async () => {
        const seen = await shown(page);
        const rows = await service.rows(Object.keys(seen));
        const truth = Object.fromEntries(rows.map(({ symbol, last = 0, change = 0, volume = 0 }) => [symbol, [last, change, volume]]));
        return { holds: rows.length > 0 && isDeepStrictEqual(seen, truth), seen, truth };
    });
}

/** Asks again and again until an answer `holds`. */
export async function until(what, ask, deadline = DEADLINE_MS) {
    const end = Date.now() + deadline;
    for (;;) {
        const answer = await ask();
        if (answer.holds) {
            return answer;
        }
        assert.ok(Date.now() < end, `${what}: ${JSON.stringify(answer).slice(0, 400)}`);
        await new Promise((done) => setTimeout(done, 50));
    }
}
