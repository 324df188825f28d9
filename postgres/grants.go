// Grants of roles: proposed by one person, confirmed by another.

package postgres
