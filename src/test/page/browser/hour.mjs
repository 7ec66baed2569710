/*
 * An hour of the market, sixty times as fast, in a table and in a symbol's chart: at its end both show the truth, and the
 * page needs no more memory than after the first ten minutes.
 *
 *     node hour.mjs SCREENSHOT_DIR
 *
 * Starts the service itself, see service.mjs. Exit code as of page.mjs.
 */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BEGIN, record } from './recording.mjs';
import { Service } from './service.mjs';
import { pricesAreLive, thePageTellsTheTruth, troubles, until, Visit } from './visit.mjs';

const SYMBOLS = 100;
const MINUTE_MS = 60_000;
/** Far more than an hour takes at this speed. */
const DEADLINE_MS = 240_000;
const GROWTH_MB = 4;
/** A heartbeat that the page compares what it knows with. */
const CHECKED = /^\{"type":"heartbeat".*"crc":/;

const [screenshots] = process.argv.slice(2);
const folder = await mkdtemp(path.join(tmpdir(), 'tickerplant-hour-'));
const file = path.join(folder, 'hour.csv.gz');
const last = await record(file, { symbols: SYMBOLS, seconds: 3_600, perSecond: 100 });
const visit = await Visit.begin(screenshots);
const service = await Service.start(`replay:${file}?speed=60`);
const pages = {};
const early = {};

await visit.run([
    ['a table and a chart are open', begin],
    ['ten minutes are over', tenMinutesAreOver],
    ['the hour is over: both pages tell the truth', theHourIsOver],
    ['memory is where it was', memoryIsSteady],
]);
await service.kill();
await rm(folder, { recursive: true });

async function begin() {
    pages.table = await visit.open(service.address);
    await pricesAreLive(pages.table);
    pages.chart = await visit.open(`${service.address}#/symbol/T000`);
    await pages.chart.getByRole('button', { name: '1 s', exact: true }).click();
    await pages.chart.locator('#legend', { hasText: /Vol/ }).waitFor();
    await pages.chart.waitForFunction(() => document.querySelectorAll('#tape tr').length > 10);
}

async function tenMinutesAreOver() {
    await reaches(BEGIN + 10 * MINUTE_MS);
    for (const [name, page] of Object.entries(pages)) {
        early[name] = await cost(page);
    }
}

async function theHourIsOver() {
    await reaches(last);
    await thePageTellsTheTruth(pages.table, service);
    const [row] = await service.rows(['T000']);
    await pages.chart.waitForFunction((price) => document.getElementById('symbol-last').textContent === price, row.last.toFixed(2));
    await pages.chart.locator('#tape tr:nth-child(200)').waitFor({ state: 'attached' });
    await pages.chart.waitForFunction((price) => document.querySelector('#tape tr td:nth-child(2)').textContent === price, row.last.toFixed(2));
    // Nothing is under way any more, so that each heartbeat carries a checksum of all that the page knows.
    await visit.hears(pages.table, CHECKED, 2);
    for (const page of Object.values(pages)) {
        assert.deepEqual(await troubles(page), []);
    }
    await visit.photograph(pages.chart, 'hour-chart');
    await visit.photograph(pages.table, 'hour-table');
}

async function memoryIsSteady() {
    for (const [name, page] of Object.entries(pages)) {
        const late = await cost(page);
        console.log(`${name}: after 10 minutes ${JSON.stringify(early[name])}, after an hour ${JSON.stringify(late)}`);
        assert.ok(late.heapMb < early[name].heapMb + GROWTH_MB, `the heap of the ${name} grew from ${early[name].heapMb} to ${late.heapMb} MB`);
        assert.ok(late.nodes < early[name].nodes * 1.5 + 1_000, `the nodes of the ${name} grew from ${early[name].nodes} to ${late.nodes}`);
        assert.ok(late.listeners <= early[name].listeners + 50, `the listeners of the ${name} grew from ${early[name].listeners} to ${late.listeners}`);
    }
}

/** The service has told what happened at that time, and what was before. */
function reaches(time) {
    return until(
        `the feed reaches ${new Date(time).toISOString()}`,
        async () => {
            const rows = await service.rows(['T000', 'T001', 'T002', 'T003']);
            const latest = Math.max(...rows.map(({ ts = 0 }) => ts));
            return { holds: latest >= time - 10_000, latest: new Date(latest).toISOString() };
        },
        DEADLINE_MS,
    );
}

/** What a page holds once all garbage is collected. */
async function cost(page) {
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('HeapProfiler.collectGarbage');
    const { usedSize } = await cdp.send('Runtime.getHeapUsage');
    const { nodes, jsEventListeners: listeners } = await cdp.send('Memory.getDOMCounters');
    await cdp.detach();
    return { heapMb: Number((usedSize / 1e6).toFixed(1)), nodes, listeners };
}
