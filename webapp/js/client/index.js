export { socketAddress } from './address.js';
export { backOff, mayReconnect } from './backoff.js';
export { Book } from './book.js';
export { canonical, crc32 } from './checksum.js';
export { Client } from './client.js';
export { Connection } from './connection.js';
export { PRICE_FIELDS, ProtocolError, SUBPROTOCOL, TICKER_FIELDS, parse } from './protocol.js';
export { RequestError } from './requests.js';
