// Deputies: who stands in for a seat, and until when.

package postgres
