// Figures for the civil affairs office.

package postgres
