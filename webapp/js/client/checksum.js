const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) {
        value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    }
    return value;
});

/** Digits that a double keeps whatever they are. */
const EXACT_DIGITS = 15;

/** CRC-32 (IEEE) of a text of ASCII, unsigned. */
export function crc32(text) {
    let crc = 0xffffffff;
    for (let i = 0; i < text.length; i++) {
        crc = TABLE[(crc ^ text.charCodeAt(i)) & 0xff] ^ (crc >>> 8);
    }
    return (crc ^ 0xffffffff) >>> 0;
}

/** A number as it stands on the wire: plain decimals, no exponent; nothing for a value that there isn't. */
export function canonical(number) {
    if (number === undefined || number === null) {
        return '';
    }
    const text = String(number === 0 ? 0 : number);
    const [digits, exponent] = text.split('e');
    if (exponent === undefined) {
        return text;
    }
    const [whole, fraction = ''] = digits.replace('-', '').split('.');
    const point = whole.length + Number(exponent);
    const plain = point > 0 ? (whole + fraction).padEnd(point, '0') : `0.${'0'.repeat(-point)}${whole}${fraction}`;
    return (number < 0 ? '-' : '') + plain;
}

/** Whether a number that was read into a double is surely the one that was written. */
export function exact(number) {
    return number === undefined || canonical(number).replace(/^[-0.]+|\./g, '').length <= EXACT_DIGITS;
}

/** What a ticker row adds to the `crc` of a heartbeat. */
export function rowChecksum({ symbol, seq, last, trades }) {
    return crc32(`${symbol}|${seq}|${canonical(last)}|${canonical(trades)}\n`);
}
