/**
 * Everything a client may ask. Made by a decoder on a container's thread, executed on the market thread, or
 * beside it where that takes long. A new command is one
 * more record here, and its reading in the codec.
 */
package tickerplant.command;
