/*
 * The service is killed while its page is open, and another one takes its place; the page is hidden, and seen again; and a
 * service asks for a token.
 *
 *     node outage.mjs SCREENSHOT_DIR
 *
 * Starts the services itself, see service.mjs. Exit code as of page.mjs.
 */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { Service } from './service.mjs';
import { aPriceMoves, hide, pricesAreLive, thePageTellsTheTruth, troubles, until, Visit } from './visit.mjs';
import { Wire } from './wire.mjs';

const [screenshots] = process.argv.slice(2);
const TICKER = /^\{"type":"(update|snapshot)","channel":"ticker"/;
const HEARTBEAT = /^\{"type":"heartbeat"/;

const visit = await Visit.begin(screenshots);
let service = await Service.start('simulated?symbols=30&rate=300&seed=1');
const wire = new Wire(service.address);
await wire.join();
let table;
let chart;

await visit.run([
    ['a table and a chart with an alert are open', begin],
    ['the service is killed: both pages are frozen, and say so', theServiceIsKilled],
    ['another service takes its place: the pages tell its truth', anotherTakesItsPlace],
    ['a hidden page is sent nothing, and gets what it missed at once', aHiddenPageRests],
    ['a service that asks for a token says how, and serves who brings one', aTokenLetsIn],
]);
await wire.cut();
await service.kill();

async function begin() {
    // Its clock stands behind the service's, so that its rows seem to come from times that are still to come.
    table = await visit.open(wire.address, { clockBehindMs: 3_000 });
    await pricesAreLive(table);
    assert.equal(await table.locator('#ticker').getAttribute('aria-rowcount'), '31');
    chart = await visit.open(`${wire.address}#/symbol/AAPL`, { colorScheme: 'dark', width: 390, height: 844 });
    await chart.waitForFunction(() => document.querySelectorAll('#tape tr').length > 2);
    await chart.getByLabel('When the last price').selectOption('is below');
    await chart.getByLabel('Price or per cent').fill('0.01');
    await chart.getByRole('button', { name: 'Set alert' }).click();
    await chart.locator('#alert-list li').waitFor();
}

async function theServiceIsKilled() {
    visit.expectsLosses = true;
    await service.kill();
    for (const page of [table, chart]) {
        await page.locator('#banner', { hasText: 'Prices are frozen as of' }).waitFor();
        await page.locator('#connection', { hasText: /^reconnecting/ }).waitFor();
    }
    await table.bringToFront();
    assert.match(await table.locator('#ticker tbody').nth(1).evaluate((body) => getComputedStyle(body).filter), /grayscale/);
    assert.ok(await table.locator('#banner').isVisible());
    await theBannerNamesNoTimeBeforeTheRows(table);
    await visit.photograph(table, 'killed-1280');
    await visit.photograph(chart, 'killed-chart-390');
}

async function theBannerNamesNoTimeBeforeTheRows(page) {
    const [frozen, ...rows] = await page.evaluate(() =>
        ['#banner', '#ticker tbody .time'].flatMap((cells) => [...document.querySelectorAll(cells)].map(({ textContent }) => textContent.match(/\d\d:\d\d:\d\d/)?.[0])),
    );
    const newest = rows.filter(Boolean).sort().at(-1);
    assert.ok(newest && (frozen >= newest || (frozen < '01' && newest > '23')), `frozen as of ${frozen}, and a row is of ${newest}`);
}

async function anotherTakesItsPlace() {
    // It has other prices, fewer symbols, and counts anew; it is so quiet that page and service can be compared.
    service = await Service.start('simulated?symbols=20&rate=5&seed=2');
    wire.leadTo(service.address);
    await pricesAreLive(table);
    visit.expectsLosses = false;
    await table.waitForFunction(() => document.getElementById('ticker').getAttribute('aria-rowcount') === '21');
    assert.equal(await table.locator('body').evaluate((body) => body.classList.contains('frozen')), false);
    await thePageTellsTheTruth(table, service);
    await aPriceMoves(table);
    assert.deepEqual(await troubles(table), []);

    await chart.locator('#banner').waitFor({ state: 'hidden' });
    await until('the chart shows the last price', async () => {
        const seen = await chart.locator('#symbol-last').textContent();
        const [{ last = 0 }] = await service.rows(['AAPL']);
        return { holds: seen === last.toFixed(2), seen, last };
    });
    // The new service knows the alert: it can be removed there.
    await chart.getByRole('button', { name: /^Remove alert/ }).click();
    await chart.locator('#alert-list li').waitFor({ state: 'detached' });
    assert.deepEqual(await troubles(chart), []);
    await chart.close();
}

async function aHiddenPageRests() {
    await Promise.all([visit.hears(table, /^\{"type":"configured".*"paused":true/, 1), hide(table, true)]);
    const meanwhile = await visit.hears(table, /^\{"type":"(update|snapshot|heartbeat)"/, 3);
    assert.ok(meanwhile.every((text) => HEARTBEAT.test(text)), `a hidden page was sent ${meanwhile}`);
    const [[caughtUp]] = await Promise.all([visit.hears(table, TICKER, 1), hide(table, false)]);
    const { type, data } = JSON.parse(caughtUp);
    assert.equal(type, 'update', 'nothing was forgotten');
    assert.equal(new Set(data.map(({ symbol }) => symbol)).size, data.length, 'one row for each symbol');
    assert.ok(data.some(({ n = 1 }) => n > 1), `nothing was merged: ${caughtUp.slice(0, 300)}`);
    await pricesAreLive(table);
    await thePageTellsTheTruth(table, service);
    assert.deepEqual(await troubles(table), []);
    await table.close();
}

async function aTokenLetsIn() {
    const secret = 'a secret of the tests, of more than 32 bytes';
    await service.kill();
    service = await Service.startWith(['--feed', 'simulated?symbols=20&rate=50&seed=2', '--auth', 'jwt', '--auth-key', secret]);
    const page = await visit.open(service.address);
    await page.locator('#notices li', { hasText: '#token=' }).waitFor();
    assert.equal((await troubles(page)).length, 1);

    const part = (object) => Buffer.from(JSON.stringify(object)).toString('base64url');
    const text = `${part({ alg: 'HS256' })}.${part({ exp: Math.floor(Date.now() / 1_000) + 3_600, scope: '*' })}`;
    const token = `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
    await page.goto(`${service.address}#token=${token}`);
    await pricesAreLive(page);
    assert.equal(page.url(), service.address, 'a token stands in the address');
    await page.reload();
    await pricesAreLive(page);
    await page.close();
}
