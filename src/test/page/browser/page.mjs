/*
 * Opens the page of a running service in Chromium and uses it as a reader would.
 *
 *     node page.mjs BASE_URL SCREENSHOT_DIR
 *
 * Exit code 0 when all went well, 1 with a line for what did not. CHROMIUM names the browser, where it isn't
 * /usr/bin/chromium.
 */
import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { Wire } from './wire.mjs';

const DEADLINE_MS = 60_000;
const [service, screenshots] = process.argv.slice(2);
if (!service || !screenshots) {
    console.error('usage: node page.mjs BASE_URL SCREENSHOT_DIR');
    process.exit(1);
}

const complaints = [];
const steps = [
    ['prices are live', pricesAreLive],
    ['a price moves', aPriceMoves],
    ['only the rows in sight are there, and scrolling brings the others', scrollingBringsOthers],
    ['a symbol is found as one types, and added', aSymbolIsFoundAndAdded],
    ['a list is put in order by keyboard, by buttons and by dragging, and kept', aListIsPutInOrder],
    ['columns are chosen', columnsAreChosen],
    ['headers sort by click and by keyboard', headersSort],
    ['who has never seen it opens a chart, sets an alert and hears it', aNewReaderFindsTheirWay],
    ['the market is shown as a whole, and its strip can be stopped', theMarketIsShown],
    ['a lost connection is said, and resumed where it was', aLossIsResumed],
    ['pause holds the table still, resume lets it go', pauseHolds],
];

const axe = await readFile(new URL('./node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const wire = new Wire(service);
await wire.join();
const base = wire.address;
/** While the wire is cut, the browser's console says so, and is right. */
let expectsLosses = false;

await mkdir(screenshots, { recursive: true });
const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-background-networking'],
});
try {
    await use(await open({ colorScheme: 'light', width: 1280, height: 800 }));
    await photograph({ colorScheme: 'dark', width: 1280, height: 800 });
    await photograph({ colorScheme: 'light', width: 390, height: 844 });
    await photograph({ colorScheme: 'dark', width: 390, height: 844 });
    await everythingIsAccessible();
    await theLanguageIsTheReaders();
    await theDiagnosticsWork();
} catch (error) {
    complaints.push(error.message);
} finally {
    await browser.close();
    await wire.cut();
}
for (const complaint of complaints) {
    console.error(`FAILED ${complaint}`);
}
process.exitCode = complaints.length === 0 ? 0 : 1;

async function use(page) {
    for (const [name, step] of steps) {
        try {
            await step(page);
            console.log(`ok ${name}`);
        } catch (error) {
            await page.screenshot({ path: path.join(screenshots, 'failed.png') });
            throw new Error(`${name}: ${error.message}`, { cause: error });
        }
    }
    await page.screenshot({ path: path.join(screenshots, 'light-1280.png') });
    await page.close();
}

async function photograph(look) {
    const page = await open(look);
    await pricesAreLive(page);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= look.width, `the page is ${width} px wide in a window of ${look.width} px`);
    const name = `${look.colorScheme}-${look.width}.png`;
    await page.screenshot({ path: path.join(screenshots, name) });
    await page.close();
    console.log(`ok ${name}`);
}

async function open({ colorScheme, width, height, locale = 'en-US', reducedMotion = 'no-preference' }) {
    const page = await browser.newPage({ colorScheme, viewport: { width, height }, locale, reducedMotion });
    page.setDefaultTimeout(DEADLINE_MS);
    // Chromium reports violations of the content security policy, failed loads and uncaught errors all as console errors.
    page.on('console', (message) => {
        if (!expectsLosses && (message.type() === 'error' || message.type() === 'warning')) {
            complaints.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
        }
    });
    page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
    page.on('request', (request) => sameHost(request.url()));
    page.on('websocket', (socket) => sameHost(socket.url()));
    await page.goto(base);
    return page;
}

function sameHost(url) {
    if (!url.startsWith('data:') && new URL(url).host !== new URL(base).host) {
        complaints.push(`a request to another host: ${url}`);
    }
}

async function pricesAreLive(page) {
    await page.waitForFunction(
        () => {
            const prices = [...document.querySelectorAll('#ticker tbody tr[data-symbol] .last')];
            return (
                /^live · \d+ ms$/.test(document.getElementById('connection').textContent) &&
                !document.getElementById('feed').hidden &&
                document.getElementById('banner').hidden &&
                prices.some((cell) => /^[\d,.]+$/.test(cell.textContent))
            );
        },
        undefined,
        { timeout: DEADLINE_MS },
    );
    assert.equal(await page.locator('#notices li').count(), 0, `notices: ${await page.locator('#notices').textContent()}`);
}

/** Symbols and last prices of the rows in the window. */
function visiblePrices(page) {
    return page.evaluate(() =>
        Object.fromEntries(
            [...document.querySelectorAll('#ticker tbody tr[data-symbol]')]
                .filter((row) => row.getBoundingClientRect().top < innerHeight)
                .map((row) => [row.dataset.symbol, row.querySelector('.last').textContent]),
        ),
    );
}

async function aPriceMoves(page) {
    const before = await visiblePrices(page);
    await page.waitForFunction(
        (prices) =>
            [...document.querySelectorAll('#ticker tbody tr[data-symbol]')].some((row) => {
                const known = prices[row.dataset.symbol];
                return known && known !== row.querySelector('.last').textContent;
            }),
        before,
    );
}

async function scrollingBringsOthers(page) {
    const rows = () => page.locator('#ticker tbody tr[data-symbol]').evaluateAll((all) => all.map(({ dataset }) => dataset.symbol));
    const first = await rows();
    const all = Number(await page.locator('#ticker').getAttribute('aria-rowcount')) - 1;
    assert.ok(all > 90 && first.length < 60, `${first.length} rows of ${all}`);
    await page.locator('#scroller').evaluate((scroller) => scroller.scrollTo(0, scroller.scrollHeight));
    await page.locator(`#ticker tbody tr[aria-rowindex="${all + 1}"] .last`, { hasText: /\d/ }).waitFor();
    assert.ok(!(await rows()).includes(first[0]), 'the first row is still there');
    await page.locator('#scroller').evaluate((scroller) => scroller.scrollTo(0, 0));
    await page.locator(`#ticker tbody tr[data-symbol="${first[0]}"]`).waitFor();
}

async function listedAre(page, symbols) {
    await page.waitForFunction(
        (expected) => [...document.querySelectorAll('#ticker tbody tr[data-symbol]')].map(({ dataset }) => dataset.symbol).join() === expected,
        symbols.join(),
    );
}

async function aSymbolIsFoundAndAdded(page) {
    await page.fill('#search', 'no company is called that');
    await page.locator('#search-news', { hasText: 'Nothing is called' }).waitFor();
    // By its name and with the keys alone.
    await page.fill('#search', 'apple');
    await page.locator('#found li', { hasText: 'AAPL' }).waitFor();
    await page.keyboard.press('ArrowDown');
    assert.equal(await page.locator('#found [aria-selected=true] .found-symbol').textContent(), 'AAPL');
    await page.keyboard.press('Enter');
    await listedAre(page, ['AAPL']);
    // By its symbol and with the pointer.
    for (const symbol of ['MSFT', 'JPM', 'BTC-USD']) {
        await page.fill('#search', symbol.toLowerCase());
        await page.locator('#found li', { hasText: symbol }).first().click();
    }
    await listedAre(page, ['AAPL', 'MSFT', 'JPM', 'BTC-USD']);
    await page.locator('#lists button[aria-pressed=true]', { hasText: 'My list' }).waitFor();
}

async function aListIsPutInOrder(page) {
    await page.click('#list-edit');
    await page.focus('tr[data-symbol="JPM"] .handle');
    await page.keyboard.press('ArrowUp');
    await listedAre(page, ['AAPL', 'JPM', 'MSFT', 'BTC-USD']);
    await page.waitForFunction(() => document.activeElement.matches('tr[data-symbol="JPM"] .handle'));
    await page.keyboard.press('ArrowUp');
    await listedAre(page, ['JPM', 'AAPL', 'MSFT', 'BTC-USD']);
    await page.click('tr[data-symbol="AAPL"] .down');
    await listedAre(page, ['JPM', 'MSFT', 'AAPL', 'BTC-USD']);
    const from = await page.locator('tr[data-symbol="BTC-USD"] .handle').boundingBox();
    const to = await page.locator('tr[data-symbol="JPM"] .handle').boundingBox();
    await page.mouse.move(from.x + 5, from.y + 5);
    await page.mouse.down();
    await page.mouse.move(to.x + 5, to.y + 5, { steps: 8 });
    await page.mouse.up();
    await listedAre(page, ['BTC-USD', 'JPM', 'MSFT', 'AAPL']);
    await page.click('tr[data-symbol="BTC-USD"] .remove');
    await listedAre(page, ['JPM', 'MSFT', 'AAPL']);
    await page.fill('#list-name', 'Large');
    await page.keyboard.press('Enter');
    await page.locator('#lists button[aria-pressed=true]', { hasText: 'Large' }).waitFor();
    await page.reload();
    await listedAre(page, ['JPM', 'MSFT', 'AAPL']);
    await pricesAreLive(page);
    await aPriceMoves(page);
    await page.click('#lists button:has-text("All symbols")');
    await page.waitForFunction(() => document.querySelectorAll('#ticker tbody tr[data-symbol]').length > 10);
}

async function columnsAreChosen(page) {
    const heads = () => page.locator('#ticker thead th').evaluateAll((all) => all.map(({ className }) => className.split(' ')[1]));
    await page.click('summary:has-text("Columns")');
    await page.locator('#columns label', { hasText: 'Bid size' }).locator('input').uncheck();
    await page.locator('#columns label', { hasText: 'Name' }).locator('input').uncheck();
    assert.deepEqual((await heads()).slice(0, 3), ['symbol', 'last', 'change']);
    await page.click('#columns-default');
    await page.keyboard.press('Escape');
    assert.deepEqual((await heads()).slice(0, 3), ['symbol', 'name', 'last']);
    assert.equal(await page.locator('#columns').isVisible(), false);
}

async function headersSort(page) {
    const sorted = (how) => page.locator(`#ticker thead .symbol[aria-sort="${how}"]`).waitFor();
    assert.equal(await page.locator('#ticker thead [aria-sort]').count(), 0);
    await page.click('#ticker thead .symbol button');
    await sorted('ascending');
    await page.click('#ticker thead .symbol button');
    await sorted('descending');
    await page.waitForFunction(() => {
        const rows = [...document.querySelectorAll('#ticker tbody tr[data-symbol]')].map(({ dataset }) => dataset.symbol);
        return rows.every((symbol, i) => i === 0 || rows[i - 1] > symbol);
    });
    await page.focus('#ticker thead .last button');
    await page.keyboard.press('Enter');
    await page.locator('#ticker thead .last[aria-sort="descending"]').waitFor();
    assert.equal(await page.locator('#ticker thead [aria-sort]').count(), 1);
    // Prices move on between two orderings, so only the ends are compared.
    await page.waitForFunction(() => {
        const prices = [...document.querySelectorAll('#ticker tbody tr[data-symbol] .last')]
            .map((cell) => Number(cell.textContent.replaceAll(',', '')))
            .filter((price) => price > 0);
        return prices.length < 10 || prices[0] > prices.at(-1);
    });
    await page.click('#ticker thead .symbol button');
    await sorted('ascending');
}

/** By what is written on the page alone, as somebody would who has never seen it. */
async function aNewReaderFindsTheirWay(page) {
    await page.getByRole('combobox', { name: 'Add a symbol' }).fill('nvidia');
    await page.getByRole('option', { name: 'NVDA' }).click();
    await page.locator('#ticker').getByRole('link', { name: 'NVDA', exact: true }).click();
    await page.getByRole('heading', { name: 'NVDA' }).waitFor();
    await page.getByRole('button', { name: '1 s', exact: true }).click();
    await page.locator('#legend', { hasText: /O [\d.,]+ +H [\d.,]+ +L [\d.,]+ +C [\d.,]+ +Vol/ }).waitFor();
    await page.locator('#chart canvas').first().waitFor();
    await page.waitForFunction(() => document.querySelectorAll('#tape tr').length > 2);
    await page.screenshot({ path: path.join(screenshots, 'symbol-1280.png') });

    await page.getByRole('button', { name: 'Line' }).click();
    await page.locator('#chart').click({ position: { x: 200, y: 150 } });
    await page.waitForFunction(() => Number(document.getElementById('alert-value').value) > 0);
    await page.getByLabel('When the last price').selectOption('is above');
    await page.getByLabel('Price or per cent').fill('0.01');
    await page.getByRole('button', { name: 'Set alert' }).click();
    await page.locator('#notices li', { hasText: 'NVDA is above 0.01' }).waitFor();
    assert.equal(await page.locator('#alert-list li').count(), 0, 'an alert that has fired is gone');
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await page.getByLabel('When the last price').selectOption('is below');
    await page.getByLabel('Price or per cent').fill('0.01');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Remove alert/ }).click();
    await page.locator('#alert-list li').waitFor({ state: 'detached' });

    // The tape stands still for who has scrolled, and says what waits.
    await page.waitForFunction(() => document.querySelectorAll('#tape tr').length > 20);
    await page.locator('#tape-scroller').evaluate((scroller) => scroller.scrollTo(0, 150));
    await page.locator('#tape-more', { hasText: 'newer trades' }).click();
    await page.locator('#tape-more').waitFor({ state: 'hidden' });

    await page.getByRole('link', { name: 'All prices' }).click();
    await page.locator('tr[data-symbol="NVDA"]').waitFor();
    await page.getByRole('button', { name: 'All symbols' }).click();
}

async function pauseHolds(page) {
    await page.click('#pause');
    await page.locator('#paused', { hasText: 'Paused' }).waitFor();
    // The frame that was under way when the button was pressed may still draw.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const writes = await page.evaluate(
        () =>
            new Promise((done) => {
                let seen = 0;
                const observer = new MutationObserver((records) => (seen += records.length));
                observer.observe(document.querySelectorAll('#ticker tbody')[1], {
                    characterData: true,
                    childList: true,
                    subtree: true,
                });
                setTimeout(() => {
                    observer.disconnect();
                    done(seen);
                }, 1_500);
            }),
    );
    assert.equal(writes, 0, `${writes} changes were drawn while paused`);
    await page.click('#pause');
    await page.locator('#paused').waitFor({ state: 'hidden' });
    await aPriceMoves(page);
}

async function theMarketIsShown(page) {
    await page.waitForFunction(() => ['gainers', 'losers', 'active'].every((id) => document.querySelectorAll(`#${id} a`).length === 5));
    await page.locator('#halts', { hasText: 'Nothing is halted.' }).waitFor();
    await page.waitForFunction(() => document.querySelectorAll('#strip li').length >= 12);
    const moves = () => page.locator('#strip ul').evaluate((list) => getComputedStyle(list).animationName);
    assert.equal(await moves(), 'strip');
    await page.getByRole('button', { name: 'Stop the strip' }).click();
    assert.equal(await moves(), 'none');
    await page.getByRole('button', { name: 'Let the strip run' }).click();
    assert.equal(await moves(), 'strip');
}

async function aLossIsResumed(page) {
    await page.evaluate(() => {
        window.notices = [];
        new MutationObserver(() => window.notices.push(document.getElementById('notices').textContent)).observe(document.getElementById('notices'), { childList: true });
    });
    expectsLosses = true;
    await wire.cut();
    await page.locator('#banner', { hasText: 'Prices are frozen as of' }).waitFor();
    await page.locator('#connection', { hasText: /^reconnecting/ }).waitFor();
    assert.equal(await page.locator('body').evaluate((body) => body.classList.contains('frozen')), true);
    await page.screenshot({ path: path.join(screenshots, 'frozen-1280.png') });
    await wire.join();
    await pricesAreLive(page);
    await aPriceMoves(page);
    // Nine heartbeats' worth of checksums would be better; one comes within five seconds, and disagrees at once if anything is missing.
    await page.waitForTimeout(6_000);
    assert.deepEqual(await page.evaluate(() => window.notices.filter(Boolean)), []);
    expectsLosses = false;
}

/** What axe finds, in both themes, wide and narrow, on each view. */
async function everythingIsAccessible() {
    for (const [colorScheme, width] of [
        ['light', 1280],
        ['dark', 390],
        ['dark', 1280],
        ['light', 390],
    ]) {
        const page = await open({ colorScheme, width, height: 900, reducedMotion: 'reduce' });
        await pricesAreLive(page);
        await check(page, `prices ${colorScheme} ${width}`);
        if (width > 400) {
            await page.click('summary:has-text("Columns")');
            await page.fill('#search', 'a');
            await page.locator('#found li').first().waitFor();
            await check(page, `menus ${colorScheme} ${width}`);
        }
        await page.goto(`${base}#/symbol/AAPL`);
        await page.locator('#chart canvas').first().waitFor();
        await page.waitForFunction(() => document.querySelectorAll('#tape tr').length > 2);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(wide <= width, `the symbol's view is ${wide} px wide in a window of ${width} px`);
        await check(page, `symbol ${colorScheme} ${width}`);
        await page.screenshot({ path: path.join(screenshots, `symbol-${colorScheme}-${width}.png`) });
        await page.goto(`${base}diagnostics`);
        await check(page, `diagnostics ${colorScheme} ${width}`);
        await page.close();
    }
    if (!complaints.some((complaint) => complaint.startsWith('axe'))) {
        console.log('ok axe finds nothing');
    }
}

async function check(page, where) {
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() =>
        window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }),
    );
    for (const { id, help, nodes } of violations) {
        complaints.push(`axe, ${where}: ${id}, ${help}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(' | ')}`);
    }
}

async function theLanguageIsTheReaders() {
    const page = await open({ colorScheme: 'light', width: 1280, height: 800, locale: 'zh-CN' });
    await page.locator('#connection', { hasText: '实时' }).waitFor();
    assert.equal(await page.locator('html').getAttribute('lang'), 'zh');
    await page.screenshot({ path: path.join(screenshots, 'chinese-1280.png') });
    await page.click('summary[aria-label="设置"]');
    await page.selectOption('#language', 'en');
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await page.click('summary[aria-label="Settings"]');
    await page.selectOption('#theme', 'dark');
    assert.equal(await page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor), 'rgb(11, 15, 20)');
    await page.close();
    console.log('ok the language and the colours are the reader\'s');
}

async function theDiagnosticsWork() {
    const page = await open({ colorScheme: 'light', width: 1280, height: 800 });
    await page.getByRole('link', { name: 'Diagnostics' }).click();
    await page.locator('#state', { hasText: 'none' }).waitFor();
    await page.getByRole('button', { name: 'Connect' }).click();
    await page.locator('#state', { hasText: '1 OPEN' }).waitFor();
    await page.locator('#protocol', { hasText: 'tickerplant.v1' }).waitFor();
    await page.getByRole('button', { name: 'Send' }).click();
    await page.locator('#frames li', { hasText: '← {"type":"subscribed","id":1' }).waitFor();
    await page.locator('#latency', { hasText: /^[\d.]+ ms$/ }).waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.locator('#closed', { hasText: '1000' }).waitFor();
    await page.screenshot({ path: path.join(screenshots, 'diagnostics-1280.png') });
    await page.fill('#address', 'ftp://nowhere/');
    await page.getByRole('button', { name: 'Connect' }).click();
    await page.locator('#complaint', { hasText: 'refuses this address' }).waitFor();
    await page.close();
    console.log('ok the diagnostics show what goes over a socket');
}
