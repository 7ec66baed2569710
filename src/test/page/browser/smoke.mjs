/*
 * Opens the page of a running service in Chromium and waits until its prices move.
 *
 *     node smoke.mjs BASE_URL
 *
 * Exit code 0 when they do and the browser has nothing to complain about. CHROMIUM names the browser, where it isn't
 * /usr/bin/chromium.
 */
import { chromium } from 'playwright-core';

const [base] = process.argv.slice(2);
if (!base) {
    console.error('usage: node smoke.mjs BASE_URL');
    process.exit(1);
}
const complaints = [];
const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-background-networking'],
});
try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(60_000);
    // violations of the content security policy, failed loads and uncaught errors all are console errors
    page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') {
            complaints.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
        }
    });
    page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
    await page.goto(base);
    await page.waitForFunction(() => /^live · \d+ ms$/.test(document.getElementById('connection').textContent));
    await page.waitForFunction(() => document.querySelector('#ticker tbody tr[data-symbol] .last')?.textContent.match(/\d/));
    const prices = () =>
        page.evaluate(() => [...document.querySelectorAll('#ticker tbody tr[data-symbol]')].map((row) => row.textContent).join());
    const before = await prices();
    await page.waitForFunction(
        (text) => [...document.querySelectorAll('#ticker tbody tr[data-symbol]')].map((row) => row.textContent).join() !== text,
        before,
    );
} catch (error) {
    complaints.push(error.message);
} finally {
    await browser.close();
}
for (const complaint of complaints) {
    console.error(`FAILED ${complaint}`);
}
process.exitCode = complaints.length === 0 ? 0 : 1;
