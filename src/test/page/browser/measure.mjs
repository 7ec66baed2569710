/*
 * Measures what the page costs in Chromium: scripting time, layouts that scripts forced, DOM writes, heap, frames.
 *
 *     node measure.mjs BASE_URL SECONDS
 *
 * Prints one line of JSON for each interval and one for all. CHROMIUM names the browser, where it isn't /usr/bin/chromium.
 */
import { chromium } from 'playwright-core';

const INTERVAL_S = 30;
const TRACED_S = 10;
const [base, seconds] = process.argv.slice(2);
if (!base || !(Number(seconds) > 0)) {
    console.error('usage: node measure.mjs BASE_URL SECONDS');
    process.exit(1);
}

const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-background-networking', '--js-flags=--expose-gc'],
});
try {
    // 50 rows of 36 px, and what stands above them.
    const page = await browser.newPage({ viewport: { width: 1600, height: 50 * 36 + 250 } });
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Performance.enable');
    const begun = Date.now();
    await page.goto(base);
    await page.waitForFunction(() => [...document.querySelectorAll('#ticker tbody .last')].some((cell) => cell.textContent !== ''), undefined, { polling: 'raf' });
    console.log(JSON.stringify({ firstPriceMs: Date.now() - begun, transfer: await transferred(page) }));
    await page.waitForTimeout(5_000);
    console.log(JSON.stringify({ forcedLayouts: await forcedLayouts(cdp, page), tracedSeconds: TRACED_S }));
    await count(page);
    const first = await read(cdp, page);
    let before = first;
    for (let passed = 0; passed < seconds; passed += INTERVAL_S) {
        await page.waitForTimeout(INTERVAL_S * 1_000);
        const now = await read(cdp, page);
        console.log(JSON.stringify(between(before, now)));
        before = now;
    }
    console.log(JSON.stringify({ all: between(first, before) }));
} finally {
    await browser.close();
}

/** Bytes over the wire until the first price, headers included. */
async function transferred(page) {
    return page.evaluate(() => performance.getEntries().reduce((sum, { transferSize = 0 }) => sum + transferSize, 0));
}

/** Layouts that began while a script was running, which then had to wait for them. */
async function forcedLayouts(cdp, page) {
    const events = [];
    const complete = new Promise((done) => cdp.once('Tracing.tracingComplete', done));
    cdp.on('Tracing.dataCollected', ({ value }) => events.push(...value));
    await cdp.send('Tracing.start', { categories: 'devtools.timeline,disabled-by-default-devtools.timeline.stack', transferMode: 'ReportEvents' });
    await page.waitForTimeout(TRACED_S * 1_000);
    await cdp.send('Tracing.end');
    await complete;
    return events.filter(({ name, args }) => name === 'Layout' && args?.beginData?.stackTrace?.length > 0).length;
}

/** Counts frames, and how often the text of one cell was written between two of them. */
async function count(page) {
    await page.evaluate(() => {
        window.counted = { frames: 0, writes: 0, most: 0 };
        let cells = new Map();
        new MutationObserver((records) => {
            for (const { target } of records) {
                const writes = (cells.get(target) ?? 0) + 1;
                cells.set(target, writes);
                window.counted.writes++;
                window.counted.most = Math.max(window.counted.most, writes);
            }
        }).observe(document.querySelector('#ticker'), { characterData: true, subtree: true });
        requestAnimationFrame(function frame() {
            window.counted.frames++;
            // The observer is told in a microtask after each task, so that what this frame writes is counted in the next.
            cells = new Map();
            requestAnimationFrame(frame);
        });
    });
}

async function read(cdp, page) {
    await page.evaluate(() => window.gc());
    const { metrics } = await cdp.send('Performance.getMetrics');
    const metric = Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
    const counted = await page.evaluate(() => ({ ...window.counted, rows: document.querySelectorAll('#ticker tr[data-symbol]').length, state: document.getElementById('connection').textContent, notices: document.getElementById('notices').textContent }));
    return { ...metric, ...counted };
}

function between(one, other) {
    const seconds = other.Timestamp - one.Timestamp;
    const share = (name) => Number((((other[name] - one[name]) / seconds) * 100).toFixed(1));
    const perSecond = (name) => Math.round((other[name] - one[name]) / seconds);
    return {
        seconds: Math.round(seconds),
        scriptPercent: share('ScriptDuration'),
        layoutPercent: share('LayoutDuration'),
        stylePercent: share('RecalcStyleDuration'),
        taskPercent: share('TaskDuration'),
        framesPerSecond: perSecond('frames'),
        writesPerSecond: perSecond('writes'),
        mostWritesOfACellInAFrame: other.most,
        heapMegabytes: Number((other.JSHeapUsedSize / 1e6).toFixed(1)),
        nodes: other.Nodes,
        rows: other.rows,
        state: other.state,
        notices: other.notices,
    };
}
