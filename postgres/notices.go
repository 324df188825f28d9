// Notices to people, and what they have read.

package postgres
