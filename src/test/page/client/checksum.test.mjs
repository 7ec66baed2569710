import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Book } from '../../../../webapp/js/client/book.js';
import { canonical, crc32, exact } from '../../../../webapp/js/client/checksum.js';

test('the check value of CRC-32 comes out', () => {
    assert.equal(crc32('123456789'), 0xcbf43926);
    assert.equal(crc32(''), 0);
});

test('numbers are written without an exponent', () => {
    const texts = [
        [189.3, '189.3'],
        [0, '0'],
        [-0, '0'],
        [1e-7, '0.0000001'],
        [-1.5e-7, '-0.00000015'],
        [1.25e21, '1250000000000000000000'],
        [undefined, ''],
        [null, ''],
    ];
    for (const [number, text] of texts) {
        assert.equal(canonical(number), text);
    }
});

test('more digits than a double keeps are no basis for a comparison', () => {
    assert.ok(exact(123456.789012345));
    assert.ok(exact(0.000000123456789012345));
    assert.ok(exact(undefined));
    assert.equal(exact(1234567.789012345), false);
    const book = new Book();
    book.set({ symbol: 'A', seq: 1, last: 1234567.789012345 });
    assert.equal(book.checksum(), undefined);
    book.set({ symbol: 'A', seq: 2, last: 1.5 });
    assert.notEqual(book.checksum(), undefined);
});

test('a book keeps up the exclusive or of its rows', () => {
    const book = new Book();
    assert.equal(book.checksum(), 0);
    book.set({ symbol: 'AAPL', seq: 5, last: 189.32, trades: 4 });
    book.set({ symbol: 'MSFT', seq: 0, trades: 0 });
    const both = (crc32('AAPL|5|189.32|4\n') ^ crc32('MSFT|0||0\n')) >>> 0;
    assert.equal(book.checksum(), both);
    book.update({ symbol: 'AAPL', seq: 6, last: 189.4, trades: 5 });
    assert.equal(book.checksum(), (crc32('AAPL|6|189.4|5\n') ^ crc32('MSFT|0||0\n')) >>> 0);
    book.remove('MSFT');
    assert.equal(book.checksum(), crc32('AAPL|6|189.4|5\n'));
    book.skip('AAPL', 9);
    assert.equal(book.checksum(), crc32('AAPL|9|189.4|5\n'));
    book.expire();
    assert.equal(book.checksum(), 0, 'what is not confirmed in this epoch does not count');
    assert.equal(book.row('AAPL').last, 189.4, 'but is still shown');
});

test('a snapshot sets, an update changes, and null takes a field away', () => {
    const book = new Book();
    book.set({ symbol: 'AAPL', seq: 1, name: 'Apple Inc.', last: 189.3, bid: 189.2 });
    book.update({ symbol: 'AAPL', seq: 8, n: 7, hi: 200, lo: 180, last: 190, bid: null });
    assert.deepEqual(book.row('AAPL'), { symbol: 'AAPL', seq: 8, name: 'Apple Inc.', last: 190 });
    book.set({ symbol: 'AAPL', seq: 9, last: 191 });
    assert.deepEqual(book.row('AAPL'), { symbol: 'AAPL', seq: 9, last: 191 });
});
