// Accounts: who may sign in, with which password.

package postgres
