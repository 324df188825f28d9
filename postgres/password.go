// Passwords: how they are hashed and compared.

package postgres
