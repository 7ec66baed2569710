/** A client of the ticker protocol `tickerplant.v1`. */

export type Channel = 'ticker' | 'trades' | 'bars' | 'status' | 'news';
export type State = 'connecting' | 'live' | 'waiting' | 'closed';
export type GapReason = 'slow_client' | 'configured' | 'history_expired' | 'feed' | 'snapshot';

export interface Clock {
    now(): number;
    after(delay: number, action: () => void): unknown;
    cancel(timer: unknown): void;
}

export interface ConnectionOptions {
    /** A token for the server; called again before it expires, and once when one was refused. */
    token?: () => string | Promise<string>;
    /** `message` (default) shows it in an `auth` message, `query` in the address. */
    tokenIn?: 'message' | 'query';
    open?: (address: string, protocol: string) => WebSocket;
    clock?: Clock;
    random?: () => number;
}

export interface Welcome {
    type: 'welcome';
    protocol: string;
    server: string;
    session: string;
    epoch: string;
    ts: number;
    heartbeat_ms: number;
    auth?: 'none' | 'required' | 'ok';
    channels?: string[];
    intervals?: string[];
    limits?: { symbols?: number; message_bytes?: number; frame_bytes?: number; requests_per_s?: number; max_rate?: number };
}

export interface TickerRow {
    symbol: string;
    seq: number;
    name?: string;
    currency?: string;
    last?: number;
    last_size?: number;
    bid?: number;
    bid_size?: number;
    ask?: number;
    ask_size?: number;
    open?: number;
    high?: number;
    low?: number;
    prev_close?: number;
    change?: number;
    change_pct?: number;
    volume?: number;
    trades?: number;
    /** Epoch milliseconds. */
    ts?: number;
}

export interface Row {
    symbol?: string;
    seq: number;
    n?: number;
    [field: string]: unknown;
}

export interface AlertRule {
    symbol: string;
    field: string;
    op: 'crosses' | 'above' | 'below' | 'moves_pct';
    value: number;
}

export interface Found {
    symbol: string;
    name: string;
    currency: string;
    exchange: string;
}

export interface Message {
    type: string;
    [field: string]: unknown;
}

export interface Closure {
    /** A close code; 0 when this side gave the connection up. */
    code: number;
    reason: string;
}

export interface ConnectionEvents {
    state: CustomEvent<undefined>;
    latency: CustomEvent<undefined>;
    message: CustomEvent<Message>;
    fault: CustomEvent<string>;
}

export interface ClientEvents extends ConnectionEvents {
    rows: CustomEvent<{ channel: Channel; interval?: string; snapshot: boolean; rows: Row[] }>;
    gap: CustomEvent<{ channel: Channel; interval?: string; symbol: string; from: number; to: number; reason: GapReason }>;
    violation: CustomEvent<{ channel: Channel; interval?: string; symbol?: string; expected: number | string; received: number }>;
    rejected: CustomEvent<{ channel: Channel; interval?: string; rejected: { symbol: string; reason: string; did_you_mean?: string[] }[] }>;
    synchronised: CustomEvent<undefined>;
    alert: CustomEvent<AlertRule & { key: number; reached: number; seq: number; ts: number }>;
    'alert-refused': CustomEvent<AlertRule & { key: number; cause: RequestError }>;
}

export class Client extends EventTarget {
    constructor(address: string, options?: ConnectionOptions);
    readonly state: State;
    /** Milliseconds of the last ping's round trip. */
    readonly latency: number | undefined;
    /** Milliseconds until the next attempt, 0 when not waiting. */
    readonly retryInMs: number;
    readonly closure: Closure | undefined;
    readonly welcome: Welcome | undefined;
    readonly book: Book;
    readonly alerts: Alerts;
    readonly synchronised: boolean;
    readonly violations: number;
    start(): void;
    stop(): void;
    /** The network may have changed: retries at once, or has a live connection prove itself. */
    probe(): void;
    subscribe(channel: Channel, entries: string[], how?: { interval?: string; maxRate?: number }): void;
    unsubscribe(channel: Channel, entries?: string[], how?: { interval?: string }): void;
    configure(fields: { max_rate?: number | null; paused?: boolean | null; visible?: string[] | null }): void;
    request(request: { type: string; [field: string]: unknown }): Promise<Message>;
    search(query: string, limit?: number): Promise<Found[]>;
    refresh(channel: Channel, which?: { interval?: string; symbol?: string }): void;
    addEventListener<K extends keyof ClientEvents>(type: K, listener: (event: ClientEvents[K]) => void, options?: boolean | AddEventListenerOptions): void;
    addEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | AddEventListenerOptions): void;
    removeEventListener<K extends keyof ClientEvents>(type: K, listener: (event: ClientEvents[K]) => void, options?: boolean | EventListenerOptions): void;
    removeEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | EventListenerOptions): void;
}

export class Connection extends EventTarget {
    constructor(address: string, options?: ConnectionOptions);
    readonly state: State;
    readonly latency: number | undefined;
    readonly retryInMs: number;
    readonly closure: Closure | undefined;
    readonly welcome: Welcome | undefined;
    start(): void;
    stop(): void;
    probe(): void;
    /** The `id` that the request was given; undefined while the connection is not live. */
    send(request: { type: string; [field: string]: unknown }): number | undefined;
    addEventListener<K extends keyof ConnectionEvents>(type: K, listener: (event: ConnectionEvents[K]) => void, options?: boolean | AddEventListenerOptions): void;
    addEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | AddEventListenerOptions): void;
    removeEventListener<K extends keyof ConnectionEvents>(type: K, listener: (event: ConnectionEvents[K]) => void, options?: boolean | EventListenerOptions): void;
    removeEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | EventListenerOptions): void;
}

/** Last values of the channel `ticker`. */
export class Book {
    readonly size: number;
    symbols(): IterableIterator<string>;
    row(symbol: string): Readonly<TickerRow> | undefined;
    checksum(): number | undefined;
}

export interface Alerts {
    list(): (AlertRule & { key: number })[];
    add(rule: AlertRule): Promise<number>;
    remove(key: number): Promise<void>;
}

export class RequestError extends Error {
    readonly reason: string;
    readonly field?: string;
    readonly retry: boolean;
    readonly code?: number;
}

export class ProtocolError extends Error {}

export const SUBPROTOCOL: 'tickerplant.v1';
export const PRICE_FIELDS: readonly string[];
export const TICKER_FIELDS: readonly string[];
export function parse(data: unknown): Message;
export function socketAddress(base: string): string;
export function backOff(attempt: number, random: () => number): number;
export function mayReconnect(code: number): boolean;
export function crc32(text: string): number;
export function canonical(number: number | null | undefined): string;
