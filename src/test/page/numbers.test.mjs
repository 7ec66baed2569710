import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PriceDigits, amount, currencyDigits, decimals, duration, eventTime, fixed, quantity, shortTime, signed } from '../../../webapp/js/numbers.js';

test('decimals are counted as they are written', () => {
    assert.deepEqual([189, 189.3, 189.31, 1e-7, 1.5e-7, 1e21, -0.25].map(decimals), [0, 1, 2, 7, 8, 0, 2]);
});

test('prices keep the most decimals that were seen of their symbol', () => {
    const digits = new PriceDigits();
    assert.equal(digits.of({ symbol: 'AAPL', currency: 'USD', last: 189 }), 2);
    assert.equal(digits.of({ symbol: 'AAPL', currency: 'USD', last: 189.3125 }), 4);
    assert.equal(digits.of({ symbol: 'AAPL', currency: 'USD', last: 189.3 }), 4);
    assert.equal(digits.of({ symbol: '7203', currency: 'JPY', last: 2731 }), 0);
    assert.deepEqual(['USD', 'JPY', undefined, 'not one'].map(currencyDigits), [2, 0, 2, 2]);
});

test('numbers are printed with their sign and grouping', () => {
    assert.equal(fixed(1234.5, 2), '1,234.50');
    assert.deepEqual([1.32, -1.32, 0].map((change) => signed(change, 2)), ['+1.32', '\u22121.32', '0.00']);
    assert.deepEqual([1203400, 0.00251].map(quantity), ['1,203,400', '0.00251']);
});

test('an amount keeps to the digits that there is room for', () => {
    const volume = (number) => amount(number, 9);
    assert.deepEqual([0, 100, 999_999_999, 1_230.5].map(volume), ['0', '100', '999,999,999', '1,230.5']);
    assert.deepEqual([663.28647053, 12_345.67891234, 0.00012345].map(volume), ['663.286471', '12,345.6789', '0.00012345']);
    assert.deepEqual([1_234_567_890, 9_876_543_210_987].map(volume), ['1.234568B', '9.876543T']);
    assert.deepEqual([0.000123456, 12_345_678].map((size) => amount(size, 7)), ['0.000123', '12.346M']);
});

test('a time of another day stands with its date', () => {
    const noon = new Date(2026, 0, 15, 12, 3, 4).getTime();
    assert.equal(eventTime(noon + 0.482, noon), '12:03:04');
    assert.equal(eventTime(noon, noon + 86_400_000), 'Jan 15, 2026 12:03:04');
    assert.equal(shortTime(noon, noon), '12:03:04');
    assert.equal(shortTime(noon, noon + 86_400_000), 'Jan 15 12:03:04');
    assert.equal(shortTime(noon, noon + 301 * 86_400_000), 'Jan 15, 2026');
});

test('a duration names one unit', () => {
    assert.deepEqual([40, 999, 12_300, 300_000, 10_800_000, 800_000_000].map(duration), ['40 ms', '999 ms', '12 s', '5 min', '3 h', '9 d']);
});
