// The audit trail: reading it, and finding out whether it is whole.

package postgres
