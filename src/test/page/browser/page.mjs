/*
 * Opens the page of a running service in Chromium and uses it as a reader would.
 *
 *     node page.mjs BASE_URL SCREENSHOT_DIR
 *
 * Exit code 0 when all went well, 1 with a line for what did not. SLOWDOWN=4 makes the browser four times slower.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { aPriceMoves, pricesAreLive, troubles, Visit } from './visit.mjs';
import { Wire } from './wire.mjs';

const [service, screenshots] = process.argv.slice(2);
if (!service || !screenshots) {
    console.error('usage: node page.mjs BASE_URL SCREENSHOT_DIR');
    process.exit(1);
}

const UPDATE = /^\{"type":"update","channel":"ticker"/;

const steps = [
    ['prices are live', pricesAreLive],
    ['a price moves', aPriceMoves],
    ['only the rows in sight are there, and scrolling brings the others', scrollingBringsOthers],
    ['a symbol is found as one types, and added', aSymbolIsFoundAndAdded],
    ['no number is cut, however long, in a window of any width', noNumberIsCut],
    ['a list is put in order by keyboard, by buttons and by dragging, and kept', aListIsPutInOrder],
    ['columns are chosen', columnsAreChosen],
    ['headers sort by click and by keyboard', headersSort],
    ['who has never seen it opens a chart, sets an alert and hears it', aNewReaderFindsTheirWay],
    ['a symbol that nobody knows is said to be none', anUnknownSymbolIsSaid],
    ['the market is shown as a whole, and its strip can be stopped', theMarketIsShown],
    ['a lost connection is said, and resumed where it was', aLossIsResumed],
    ['pause holds the table still, resume lets it go', pauseHolds],
];

const axe = await readFile(new URL('./node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const wire = new Wire(service);
await wire.join();
const base = wire.address;
const visit = await Visit.begin(screenshots);
const narrow = { width: 390, height: 844 };

await visit.run([
    ['the page is used', use],
    ['it is light and wide', () => photograph({ colorScheme: 'light' })],
    ['it is dark and wide', () => photograph({ colorScheme: 'dark' })],
    ['it is light and narrow', () => photograph({ colorScheme: 'light', ...narrow })],
    ['it is dark and narrow', () => photograph({ colorScheme: 'dark', ...narrow })],
    ['axe finds nothing', everythingIsAccessible],
    ["the language and the colours are the reader's", theLanguageIsTheReaders],
    ['the diagnostics show what goes over a socket', theDiagnosticsWork],
]);
await wire.cut();

async function use() {
    const page = await visit.open(base);
    for (const [name, step] of steps) {
        await visit.step(name, () => step(page));
    }
    await page.close();
}

async function photograph(look) {
    const page = await visit.open(base, look);
    await pricesAreLive(page);
    const [wide, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(wide <= window, `the page is ${wide} px wide in a window of ${window} px`);
    await visit.photograph(page, `${look.colorScheme}-${window}`);
    await page.close();
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

/** Of all that the columns have room for, and of the recording, whose volumes have eight decimals. */
async function noNumberIsCut(page) {
    const answer = await fetch(new URL('api/v1/feed', service), {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({
            type: 'publish',
            data: [
                { kind: 'instrument', symbol: 'LONG-USD', name: 'Long numbers', currency: 'USD', prev_close: 102760.12 },
                { kind: 'quote', symbol: 'LONG-USD', bid: 105123.44, bid_size: 12345.678912, ask: 105123.46, ask_size: 0.000123 },
                { kind: 'trade', symbol: 'LONG-USD', price: 105123.45, size: 123456.789123 },
            ],
        }),
    });
    assert.equal(answer.status, 200, await answer.text());
    await page.fill('#search', 'LONG-USD');
    await page.locator('#found li', { hasText: 'LONG-USD' }).click();
    await listedAre(page, ['AAPL', 'MSFT', 'JPM', 'BTC-USD', 'LONG-USD']);
    await page.locator('tr[data-symbol="LONG-USD"] .volume', { hasText: '123,456.789' }).waitFor();
    await page.waitForFunction(() => /\.\d{3}/.test(document.querySelector('tr[data-symbol="BTC-USD"] .volume').textContent));
    const before = page.viewportSize();
    await page.setViewportSize({ width: 390, height: before.height });
    await page.reload();
    await listedAre(page, ['AAPL', 'MSFT', 'JPM', 'BTC-USD', 'LONG-USD']);
    await pricesAreLive(page);
    const [row, chosen] = [await page.locator('#lists').boundingBox(), await page.locator('#lists [aria-pressed=true]').boundingBox()];
    assert.ok(row.x <= chosen.x && chosen.x + chosen.width <= row.x + row.width + 1, 'the chosen list is out of sight');
    for (const width of [390, 768, 1280, 1700, 1920]) {
        await page.setViewportSize({ width, height: before.height });
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
        const cut = await page.evaluate(() =>
            [...document.querySelectorAll('#ticker td.number, #ticker tbody .symbol')]
                .filter((cell) => cell.scrollWidth > cell.clientWidth)
                .map((cell) => `${cell.className} ${cell.textContent}`),
        );
        assert.deepEqual(cut, [], `cut in a window of ${width} px`);
        await visit.photograph(page, `long-${width}`);
    }
    await page.setViewportSize(before);
    await page.click('#list-edit');
    await page.click('tr[data-symbol="LONG-USD"] .remove');
    await page.click('#list-edit');
    await listedAre(page, ['AAPL', 'MSFT', 'JPM', 'BTC-USD']);
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
    const opened = await page.evaluate(() => new Date().toTimeString().slice(0, 8));
    await page.locator('#ticker').getByRole('link', { name: 'NVDA', exact: true }).click();
    await page.getByRole('heading', { name: 'NVDA' }).waitFor();
    await page.getByRole('button', { name: '1 s', exact: true }).click();
    await page.locator('#legend', { hasText: /O [\d.,]+ +H [\d.,]+ +L [\d.,]+ +C [\d.,]+ +Vol/ }).waitFor();
    await page.locator('#chart canvas').first().waitFor();
    // Time and sales begin before they were looked at.
    await page.waitForFunction((opened) => {
        const oldest = document.querySelector('#tape tr:last-child td')?.textContent;
        return oldest && oldest.slice(-8) < opened && document.querySelectorAll('#tape tr').length > 20;
    }, opened);
    await visit.photograph(page, 'symbol-1280');

    await page.getByRole('button', { name: 'Line' }).click();
    await page.locator('#chart').click({ position: { x: 200, y: 150 } });
    await page.waitForFunction(() => Number(document.getElementById('alert-value').value) > 0);
    await page.getByLabel('When the last price').selectOption('is above');
    await page.getByLabel('Price or per cent').fill('0.01');
    await page.getByRole('button', { name: 'Set alert' }).click();
    await page.locator('#notices li', { hasText: 'NVDA is above 0.01' }).waitFor();
    await page.locator('#alert-list li').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await page.getByLabel('When the last price').selectOption('is below');
    await page.getByLabel('Price or per cent').fill('0.01');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Remove alert/ }).click();
    await page.locator('#alert-list li').waitFor({ state: 'detached' });

    // The tape stands still for who has scrolled, and says what waits.
    await page.waitForFunction(() => document.querySelectorAll('#tape tr').length > 20);
    await goToTheNewestTrades(page);

    await page.getByRole('link', { name: 'All prices' }).click();
    await page.locator('tr[data-symbol="NVDA"]').waitFor();
    await page.getByRole('button', { name: 'All symbols' }).click();
}

async function anUnknownSymbolIsSaid(page) {
    const list = page.url();
    await page.goto(`${base}#/symbol/NOSUCH`);
    await page.locator('#chart-news', { hasText: 'This server knows no symbol of this name.' }).waitFor();
    assert.deepEqual(await troubles(page), []);
    await page.goto(list);
    await page.waitForFunction(() => document.querySelectorAll('#ticker tbody tr[data-symbol]').length > 10);
}

/** On a slow machine the browser may bring the button into view just as the tape moves, and miss it: then a reader tries again. */
async function goToTheNewestTrades(page) {
    for (let left = 5; ; left--) {
        try {
            await page.locator('#tape-scroller').evaluate((scroller) => scroller.scrollTo(0, 150));
            await page.locator('#tape-more', { hasText: /^[1-9].* newer trades/ }).click({ timeout: 15_000 });
            await page.locator('#tape-more').waitFor({ state: 'hidden' });
            return;
        } catch (failure) {
            if (left === 0) {
                throw failure;
            }
        }
    }
}

async function pauseHolds(page) {
    await page.click('#pause');
    await page.locator('#paused', { hasText: 'Paused' }).waitFor();
    // The frame that was under way when the button was pressed may still draw.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    await page.evaluate(() => {
        window.writes = 0;
        new MutationObserver((records) => (window.writes += records.length)).observe(document.querySelectorAll('#ticker tbody')[1], {
            characterData: true,
            childList: true,
            subtree: true,
        });
    });
    await visit.hears(page, UPDATE, 20);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    assert.equal(await page.evaluate(() => window.writes), 0, 'changes were drawn while paused');
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
        window.notices = new Set();
        new MutationObserver(() =>
            document.querySelectorAll('#notices li:not([data-cause="flow"])').forEach(({ textContent }) => window.notices.add(textContent)),
        ).observe(document.getElementById('notices'), { childList: true });
    });
    visit.expectsLosses = true;
    await wire.cut();
    await page.locator('#banner', { hasText: 'Prices are frozen as of' }).waitFor();
    await page.locator('#connection', { hasText: /^reconnecting/ }).waitFor();
    assert.equal(await page.locator('body').evaluate((body) => body.classList.contains('frozen')), true);
    await visit.photograph(page, 'frozen-1280');
    await wire.join();
    await pricesAreLive(page);
    await aPriceMoves(page);
    // Each row is checked against the one before it: if anything were missing, a notice would say so.
    await visit.hears(page, UPDATE, 100);
    assert.deepEqual(await page.evaluate(() => [...window.notices]), []);
    assert.deepEqual(await troubles(page), []);
    visit.expectsLosses = false;
}

/** What axe finds, in both themes, wide and narrow, on each view. */
async function everythingIsAccessible() {
    for (const [colorScheme, width] of [
        ['light', 1280],
        ['dark', 390],
        ['dark', 1280],
        ['light', 390],
    ]) {
        const page = await visit.open(base, { colorScheme, width, height: 900, reducedMotion: 'reduce' });
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
        await visit.photograph(page, `symbol-${colorScheme}-${width}`);
        await page.goto(`${base}diagnostics`);
        await check(page, `diagnostics ${colorScheme} ${width}`);
        await page.close();
    }
}

async function check(page, where) {
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() =>
        window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }),
    );
    for (const { id, help, nodes } of violations) {
        visit.complaints.push(`axe, ${where}: ${id}, ${help}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(' | ')}`);
    }
}

async function theLanguageIsTheReaders() {
    const page = await visit.open(base, { colorScheme: 'light', width: 1280, height: 800, locale: 'zh-CN' });
    await page.locator('#connection', { hasText: '实时' }).waitFor();
    assert.equal(await page.locator('html').getAttribute('lang'), 'zh');
    await visit.photograph(page, 'chinese-1280');
    await page.click('summary[aria-label="设置"]');
    await page.selectOption('#language', 'en');
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await pricesAreLive(page);
    await page.click('summary[aria-label="Settings"]');
    await page.selectOption('#theme', 'dark');
    assert.equal(await page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor), 'rgb(11, 15, 20)');
    await page.close();
}

async function theDiagnosticsWork() {
    const page = await visit.open(base, { colorScheme: 'light', width: 1280, height: 800 });
    // Left while it still connects, it would rightly complain.
    await pricesAreLive(page);
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
    await visit.photograph(page, 'diagnostics-1280');
    await page.fill('#address', 'ftp://nowhere/');
    await page.getByRole('button', { name: 'Connect' }).click();
    await page.locator('#complaint', { hasText: 'refuses this address' }).waitFor();
    await page.close();
}
