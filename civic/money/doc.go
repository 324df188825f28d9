// Package money counts in fen (分), in whole numbers only: nothing here is ever
// a float, nothing wraps around, and what is divided adds up again.
package money
