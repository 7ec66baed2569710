package tickerplant.service;

import tickerplant.session.Rights;

/**
 * What a token stands for. Immutable.
 *
 * @param subject whom it was made for, for logs; empty where it doesn't say
 * @param rights what may be done with it
 * @param expiresMillis until when, in milliseconds since the epoch
 */
public record Grant(String subject, Rights rights, long expiresMillis) {}
