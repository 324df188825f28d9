// Attachments: what is known of a file; its bytes lie elsewhere.

package postgres
